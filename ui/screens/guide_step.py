"""One question or step of a walkthrough, in large letters; the answers are buttons."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kiosk.desk import guide
from kiosk.desk.guide import Walk
from kiosk.domain.errors import WorldError
from kiosk.guides.model import Site
from kiosk.guides.walk import Dates
from ui.screens.guide_dates import DatesView
from ui.screens.guide_page import GuidePage
from ui.screens.guide_parts import address
from ui.widgets.buttons import button
from ui.widgets.frames import notice
from ui.widgets.words import words
from ui.widgets.wrap_button import WrapButton
from ui.window import Shell

ADDRESSES = {Site.PORTAL: "https://dichvucong.gov.vn", Site.VNEID: "https://vneid.gov.vn"}
"""The only addresses that a guide can open."""
_FEW = 4
"""Answers that leave room for a drawing under them."""


class GuideStepScreen(GuidePage):
    """The digits 1 to 9 choose an answer, as the mouse and Enter do."""

    name = "guide_step"

    def __init__(self, shell: Shell) -> None:
        self._told: QWidget | None = None
        self._dates: DatesView
        super().__init__(shell)
        self._before_answers = words(self.texts("guide.choose"), "muted")

    def entered(self, walk: Walk | None = None, **kwargs: Any) -> None:
        assert walk is not None  # noqa: S101 - show_walk brings it
        self.begin(walk)
        self.answers: dict[str, WrapButton] = {}
        self._reckoned = words(role="ok", name="reckoned")
        self._reckoned.hide()
        self.set_primary("", _nothing)
        self._lay_question()
        self._lay_aside()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = int(event.text()) if event.text() in tuple("123456789") else 0
        buttons = list(self.answers.values())
        if 0 < chosen <= len(buttons):
            buttons[chosen - 1].click()
            event.accept()
        else:
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """The first answer; where dates may be typed they are not in the way."""
        next(iter(self.answers.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_question(self) -> None:
        if self._walk.note:
            self.body.addWidget(notice(address(self.say, self._walk.note), name="note"))
        self.body.addWidget(words(address(self.say, self.node.ask), "huge", "ask"))
        if not self.node.verified:
            self.body.addWidget(words(self.texts("guide.unverified_page"), "warn", "unverified"))
        if self.node.opens is not None:
            opens = self.node.opens
            opener = button("do:open", self.texts(f"guide.open.{opens.value}"), lambda: self._open(opens))
            self.body.addWidget(opener, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._before_answers)
        for number, answer in enumerate(self.node.answers, 1):
            made = WrapButton(f"{number}.  {answer.text}")
            made.setObjectName(f"answer:{answer.key}")
            made.clicked.connect(lambda _on, key=answer.key: self._choose(key))
            self.answers[answer.key] = made
            self.body.addWidget(made)
        self._lay_dates()
        later = button("do:later", self.texts("guide.later"), self._stop_for_today, "plain")
        self.body.addWidget(later, 0, Qt.AlignmentFlag.AlignLeft)
        if not self._is_full():
            self.draw_diagram(self.body)
        self.body.addStretch(1)

    def _is_full(self) -> bool:
        """Whether the drawing has no room under the answers."""
        return self.node.helper is not None or len(self.node.answers) > _FEW

    def _lay_dates(self) -> None:
        """The dates from which an answer follows; they are forgotten with the page."""
        if self.node.helper is not None:
            reading = self.shell.visit.reading
            view = self._dates = DatesView(self.node.helper, reading.card if reading else None, self.texts)
            view.changed.connect(self._reckon)
            view.column.addWidget(self._reckoned)
            self.body.addWidget(view)
            self._reckon(view.dates())

    def _lay_aside(self) -> None:
        self._told = self.panel("say", "help", self.node.say)
        self.panel("must_not", "notice", self.node.must_not)
        self.panel("check", "good", self.node.check)
        if self._is_full():
            self.draw_diagram(self.aside_column)
        self.aside_column.addStretch(1)
        self.show_aside()

    def _place_help(self) -> None:
        """Without room beside the page what is to be said stands above the answers, not below the fold."""
        super()._place_help()
        if self._told is not None and self.has_room:
            self.aside_column.insertWidget(0, self._told)
        elif self._told is not None and self.body.indexOf(self._told) < 0:
            self.body.insertWidget(self.body.indexOf(self._before_answers), self._told)

    def _choose(self, key: str) -> None:
        self.go_to(lambda: guide.answer(self.desk, self._walk, key))

    def _stop_for_today(self) -> None:
        self.go_to(lambda: guide.stop_for_today(self.desk, self._walk))

    def _open(self, site: Site) -> None:
        self.run(lambda: self.shell.devices.browser.open(ADDRESSES[site]), _nothing)

    def _reckon(self, dates: Dates) -> None:
        """Say which answer follows from the dates; the person decides."""
        try:
            answer = guide.suggestion(self.desk, self._walk, dates)
        except WorldError as error:
            self._say_reckoned(self.shell.sentence(error))
            return
        if guide.too_young(self.desk, self._walk, dates):
            self._say_reckoned(self.say("guide.too_young", n=self.node.age_from))
        elif answer is not None:
            self._say_reckoned(self.texts("guide.reckoned", answer=answer.text))
        else:
            self._say_reckoned(self.texts("guide.not_reckoned") if self._dates.is_touched else "")

    def _say_reckoned(self, sentence: str) -> None:
        self._reckoned.setText(sentence)
        self._reckoned.setVisible(bool(sentence))


def _nothing(*_ignored: object) -> None:
    """No action."""
