"""The end: what was done, what comes next, what to keep; then everything is wiped."""

from typing import Any

from PySide6.QtCore import Qt

from ui.screens.visit_screen import VisitScreen
from ui.widgets.buttons import button
from ui.widgets.frames import card
from ui.widgets.words import words
from ui.window import Shell


class DoneScreen(VisitScreen):
    """One clear page; its only way on is the wiped home."""

    name = "done"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("done.title"))
        self.set_primary(self.texts("done.end"), self.go_on, "check")
        self.set_back(None)
        self._slip = b""
        self._printed = words(role="ok", name="printed")

    def entered(
        self,
        code: str = "",
        slip: bytes = b"",
        portal_code: str = "",
        practice: bool = False,
        **kwargs: Any,
    ) -> None:
        """``slip`` is the finished slip, for another copy: the answers cannot be read here any more."""
        self._slip = slip
        road = "practice" if practice else "portal" if portal_code else "commune"
        panel, inside = card("panel-ok", spacing=8)
        inside.addWidget(words(self.say(f"done.{road}.title"), "panel-title"))
        inside.addWidget(words(self.say(f"done.{road}.lead", code=portal_code), "on-panel"))
        inside.addWidget(words(self.texts("done.code"), "on-panel"))
        inside.addWidget(words(code, "panel-code", "code"))
        self.body.addWidget(panel)
        for part in ("did", "next", "keep"):
            self.body.addWidget(words(self.say(f"done.{part}_heading"), "heading"))
            self.body.addWidget(words(self.say(f"done.{road}.{part}"), name=part))
        if slip:
            again = button("do:slip", self.texts("done.slip_again"), self._print)
            self.body.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._printed)
        self._printed.hide()
        self.body.addStretch(1)

    def go_on(self) -> None:
        """End the visit and show the wiped home."""
        self.go_home()

    def _print(self) -> None:
        slip, printer = self._slip, self.shell.devices.printer
        self.run(lambda: printer.print_pdf(slip, "phieu-chuan-bi"), self._say_printed)

    def _say_printed(self, _none: None) -> None:
        self._printed.setText(self.texts("review.printed", what=self.texts("review.slip")))
        self._printed.show()
