"""The portal road: the citizen files under his own login; here are the lines to copy."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from kiosk.desk import fill, papers_out, portal
from ui.screens.copy_row import CopyRow
from ui.screens.visit_screen import VisitScreen
from ui.widgets.buttons import button
from ui.widgets.error_summary import Mend
from ui.widgets.frames import card
from ui.widgets.text_line import TextLine
from ui.widgets.words import words
from ui.window import Shell

ADDRESS = "https://dichvucong.gov.vn"
"""The national portal; the only address that this program ever opens."""
_CODE_LETTERS = 30


class PortalScreen(VisitScreen):
    """No field here takes a password, passcode or OTP."""

    name = "portal"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("portal.title"))
        self.explain("portal")
        self.set_primary(self.texts("portal.record"), self.go_on)
        self._lines, self._column = card(spacing=4)
        self._code = TextLine(letters=_CODE_LETTERS)
        self._code.edit.setObjectName("portal:code")
        self._lay()

    def entered(self, **kwargs: Any) -> None:
        self.start_loading(self.texts("portal.loading"))
        self.run(self._values, self._show)

    def left(self) -> None:
        QGuiApplication.clipboard().clear()

    def go_on(self) -> None:
        """Note the code that the portal gave; the draft's content is erased with it."""
        typed, filling = self._code.value(), self.filling
        if not typed:
            self.show_mends([Mend(self.say("portal.need.code"), self._code.take_focus, "portal:code")])
            return

        def work() -> tuple[str, bytes]:
            slip = papers_out.slip(self.desk, filling)
            return portal.record_code(self.desk, filling, typed), slip

        self.show_mends([])
        self.start_loading(self.texts("portal.recording"))
        self.run(work, lambda result: self._recorded(*result))

    def go_back(self) -> None:
        self.shell.show("review")

    def _values(self) -> list[tuple[str, str, str]]:
        fill.save(self.desk, self.filling, (), self.name)
        return portal.values_to_copy(self.desk, self.filling)

    def _show(self, rows: Sequence[tuple[str, str, str]]) -> None:
        for label, _key, text in rows:
            self._column.addWidget(CopyRow(label, text, self.say))
        self.focus_first()

    def _recorded(self, code: str, slip: bytes) -> None:
        slip_code = self.filling.slip_code
        self.shell.visit.filling = None
        self.shell.queue_changed.emit()
        self.shell.show("done", code=slip_code, portal_code=code, slip=slip)

    def _open(self) -> None:
        self.run(lambda: self.shell.devices.browser.open(ADDRESS), lambda _none: None)

    def _lay(self) -> None:
        self.body.addWidget(words(self.texts("portal.heading"), "title"))
        self.body.addWidget(words(self.say("portal.lead"), "muted"))
        opener = button("do:open_portal", self.texts("portal.open"), self._open)
        self.body.addWidget(opener, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._lines)
        frame, inside = card(spacing=8)
        inside.addWidget(words(self.texts("portal.code"), "label"))
        inside.addWidget(words(self.texts("portal.code_hint"), "muted"))
        inside.addWidget(self._code)
        self._code.set_named(self.texts("portal.code"), self.texts("portal.code_hint"))
        self.body.addWidget(frame)
        self.body.addStretch(1)
