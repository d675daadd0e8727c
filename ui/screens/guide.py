"""The door of a walkthrough: begin, go on with a sheet in hand, and how earlier walks ended."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from kiosk.desk import guide
from kiosk.desk.guide import Ended, Stopped
from kiosk.guides.model import Guide
from ui.screens.guide_page import RETURN, show_walk
from ui.screens.guide_parts import address, plain_card
from ui.screens.spoken_time import spoken_time
from ui.screens.visit_screen import VisitScreen
from ui.widgets.buttons import button
from ui.widgets.words import words
from ui.widgets.wrap_button import WrapButton
from ui.window import Shell

_MOST = 30
"""Walks that are shown at once; whoever has a sheet in hand comes first."""


class GuideScreen(VisitScreen):
    """Nothing is typed here: a sheet's code is found in the list."""

    name = "guide"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.set_title(self.texts("guide.title"))
        self.explain("guide")
        self.set_primary(self.texts("guide.start"), self.go_on)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(16)
        self._rest: list[Stopped] = []

    def entered(self, back_to: str = "", **kwargs: Any) -> None:
        """``back_to``: the screen of a visit that opened the guide; the walk begins, or goes on, at once."""
        if back_to:
            self.shell.visit.notes[RETURN] = back_to
            self.go_on()
            return
        self.start_loading(self.texts("guide.loading"))
        self.run(self._look, lambda seen: self._show(*seen))

    def go_on(self) -> None:
        """Begin at the first question; in a visit, where it stopped."""
        visit = self.shell.visit.visit
        self.start_loading(self.texts("guide.loading"))
        self.run(
            lambda: guide.start(self.desk, visit=visit.id if visit else ""),
            lambda walk: show_walk(self.shell, walk),
        )

    def _look(self) -> tuple[Guide, Sequence[Stopped], Sequence[Ended]]:
        return guide.guide_of(self.desk), guide.stopped(self.desk), guide.ended(self.desk)

    def _show(self, found: Guide, stopped: Sequence[Stopped], ended: Sequence[Ended]) -> None:
        self.body.addWidget(words(found.title, "huge"))
        self.body.addWidget(words(found.lead))
        self.body.addWidget(
            words(self.texts("guide.as_of", day=f"{found.checked:%d/%m/%Y}"), "muted", "as_of")
        )
        if stopped:
            self.body.addWidget(words(self.texts("guide.stopped"), "heading"))
        self._rest = sorted(stopped, key=lambda one: not one.kept)
        self._more = button("do:more", "", self._show_more)
        self.body.addLayout(self._rows)
        self.body.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_more()
        if ended:
            lines = [
                self.texts("guide.ended_row", **vars(one) | {"month": _spoken(one.month)}) for one in ended
            ]
            self.body.addWidget(plain_card(self.texts("guide.ended"), lines, "ended"))
        self.body.addStretch(1)
        self.bottom.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_more(self) -> None:
        shown, self._rest = self._rest[:_MOST], self._rest[_MOST:]
        for one in shown:
            self._rows.addWidget(self._row(one))
        self._more.setText(self.texts("guide.more", n=len(self._rest)))
        self._more.setAccessibleName(self._more.text())
        self._more.setVisible(bool(self._rest))

    def _row(self, one: Stopped) -> WrapButton:
        when = spoken_time(self.texts, one.changed_at, self.shell.clock.now())
        key = "guide.kept_at" if one.kept else "guide.stopped_at"
        row = WrapButton(one.code, self.say(key, time=when, node=address(self.say, one.node)))
        row.setObjectName(f"walk:{one.code}")
        row.clicked.connect(lambda: self._resume(one.code))
        return row

    def _resume(self, code: str) -> None:
        self.run(lambda: guide.resume(self.desk, code), lambda walk: show_walk(self.shell, walk))


def _spoken(month: str) -> str:
    """A month such as ``2026-11`` as people write it."""
    year, _, number = month.partition("-")
    return f"{number}/{year}"
