"""A draft whose form has a newer version: what would become of each answer; to move or to stay."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from kiosk.desk import carry_over
from kiosk.desk.carry_over import Line, Preview
from ui.screens.answers_view import AnswersView, ShownAnswer
from ui.screens.visit_screen import VisitScreen
from ui.widgets.buttons import button
from ui.widgets.words import words
from ui.window import Shell


class NewerFormScreen(VisitScreen):
    """Nothing is changed before the primary action; staying with the old version is as good a choice."""

    name = "newer_form"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("newer_form.title"))
        self.set_primary(self.texts("newer_form.move"), self.go_on)
        self._dossier = ""
        self._ready = False
        self._lead = words(role="muted", name="lead")
        self._stay = button("do:stay", self.texts("newer_form.stay"), self._open_as_it_is)
        self.body.addWidget(words(self.texts("newer_form.heading"), "title"))
        self.body.addWidget(self._lead)
        self.body.addWidget(self._stay, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)

    def entered(self, dossier: str = "", **kwargs: Any) -> None:
        """Show what would become of the answers of this draft."""
        self._dossier = dossier
        self.explain("newer_form")
        self.start_loading(self.texts("newer_form.loading"))
        self.run(lambda: carry_over.preview(self.desk, dossier), self._show)

    def focus_first(self) -> None:
        """On the action, so that Tab leads from there and nothing above is pressed by chance."""
        self.bottom.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """Move the draft, in one step, and open it."""
        if self._ready:
            desk, dossier = self.desk, self._dossier
            self.start_loading(self.texts("newer_form.moving"))
            self.run(lambda: carry_over.carry_over(desk, dossier), lambda _done: self._open_as_it_is())

    def _open_as_it_is(self) -> None:
        self.shell.show("form", dossier=self._dossier, stay=True)

    def _show(self, seen: Preview) -> None:
        self._ready = True
        self._lead.setText(self.say("newer_form.lead", old=seen.old, new=seen.new))
        parts = {"dropped": seen.dropped, "newly_asked": seen.newly_asked, "changed": seen.changed}
        for key, lines in (*parts.items(), ("kept", seen.kept)):
            if lines:
                self.body.insertWidget(self.body.count() - 1, self._card(key, lines))
        self.focus_first()

    def _card(self, key: str, lines: Sequence[Line]) -> AnswersView:
        title = self.texts(f"newer_form.{key}", n=len(lines))
        empty = self.texts("newer_form.to_ask" if key == "newly_asked" else "newer_form.nothing")
        view = AnswersView(title, tuple(self._shown(line) for line in lines), empty)
        view.setObjectName(f"lines:{key}")
        return view

    def _shown(self, line: Line) -> ShownAnswer:
        before = self.texts("newer_form.before", label=line.before) if line.before else ""
        return ShownAnswer(f"{line.label} {before}".strip(), line.text)
