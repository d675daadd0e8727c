"""The last look: all answers, what is still open, the paper to sign; then hand over, or the portal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.desk import attach_papers, carry_over, checks, fill, hand_over, papers_out
from kiosk.desk.attach_papers import SIGNED_SHEET, ExpectedPaper
from kiosk.domain.consent import Purpose
from kiosk.domain.dossier import Road
from kiosk.forms import Problem
from ui.screens import review_parts
from ui.screens.aside_screen import AsideScreen
from ui.screens.asks_view import AsksView
from ui.screens.contact_view import ContactView
from ui.screens.form import AFTER
from ui.screens.older_parts import older_parts
from ui.screens.paper_printing import PaperPrinting
from ui.screens.paper_rows import PaperRows
from ui.widgets.error_summary import Mend
from ui.widgets.frames import notice
from ui.widgets.words import words
from ui.window import Shell


@dataclass(frozen=True)
class Looked:
    """What the background found out for this screen."""

    problems: tuple[Problem, ...]
    papers: tuple[ExpectedPaper, ...]
    asks: tuple[checks.Ask, ...] = ()
    behind: str = ""
    """The newest version of the form, where the draft stayed with an older one."""
    dropped: tuple[carry_over.Dropped, ...] = ()


class ReviewScreen(AsideScreen):
    """Nothing leaves this screen while something is to be mended."""

    name = "review"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._looked: Looked | None = None
        self._signed = PaperRows(self, lambda paper: paper.key == SIGNED_SHEET)
        self._contact: ContactView | None = None
        self._asks: AsksView | None = None
        self._makers: list[Callable[[], QWidget]] = []
        self._builder = QTimer(self, interval=0)
        self._builder.timeout.connect(self._build_one)
        self._column = QVBoxLayout()
        self._column.setSpacing(16)
        self._printing = PaperPrinting(self, self._may_sign)
        for part in (self._printing.view, self._signed):
            self.aside_column.addWidget(part)
        self.aside_column.addStretch(1)
        self.body.addWidget(words(self.say("review.heading"), "title"))
        self.body.addWidget(words(self.say("review.lead"), "muted"))
        self.body.addWidget(self.asked)
        self.body.addLayout(self._column)
        self.body.addLayout(self._printing.sheets)
        self.body.addStretch(1)
        self._signed.hide()

    def entered(self, **kwargs: Any) -> None:
        filling = self.filling
        count = len(filling.session.screens()) + AFTER
        self.set_step(count, count, self.texts("review.step"))
        self.explain("review")
        self.show_asked()
        self.set_primary(self.texts(_primary(filling)), self.go_on)
        self.start_loading(self.texts("review.loading"))
        self.run(self._look, self._show)

    def go_on(self) -> None:
        """Hand over by the commune's road, or go where the portal's code is noted; practice just ends."""
        if self._looked is not None and self.filling.practice:
            self.shell.show("done", code=self.filling.slip_code, practice=True)
        elif self._looked is None or self._looked.problems or self.unticked():
            self.show_mends([*self.mends(), *self.unticked()])
        elif self.filling.road is Road.PORTAL:
            self.shell.show("portal")
        else:
            self._hand_over()

    def go_back(self) -> None:
        self.shell.show("papers")

    def _look(self) -> Looked:
        fill.save(self.desk, self.filling, (), self.name)
        problems = hand_over.problems(self.desk, self.filling)
        papers = attach_papers.expected(self.desk, self.filling)
        behind = carry_over.newer_version(self.desk, self.filling.dossier)
        dropped = carry_over.dropped(self.desk, self.filling.dossier)
        return Looked(problems, papers, checks.asks(self.desk, self.filling), behind, dropped)

    def _show(self, looked: Looked) -> None:
        self._looked = looked
        papers = [paper for paper in looked.papers if paper.key != SIGNED_SHEET]
        practice = self.filling.practice
        if practice:
            self._column.addWidget(notice(self.say("review.practice"), "practice", "practice-notice"))
        self._column.addWidget(review_parts.verdict(looked.problems, looked.asks, self.say, practice))
        for part in older_parts(looked.behind, looked.dropped, self.say):
            self._column.addWidget(part)
        if looked.asks:
            self._show_asks(looked.asks)
        self._makers = review_parts.cards(self.filling, papers, self.say, self._ways())
        if self.filling.consent.allows(Purpose.CONTACT) and self.filling.road is Road.COMMUNE:
            contact = self._contact = ContactView(_requester(self.filling), self.say)
            self._makers.append(lambda: contact)
        self._builder.start()
        self.show_mends(self.mends())
        self.show_aside()
        if self.filling.road is Road.COMMUNE:
            self._signed.show_papers(looked.papers)
            self._signed.show()
        self.focus_first()
        self._printing.begin()

    def _build_one(self) -> None:
        """One card in each turn, so that the window never stands still."""
        if self._makers:
            self._column.addWidget(self._makers.pop(0)())
        else:
            self._builder.stop()

    def mends(self) -> list[Mend]:
        found = self._looked.problems if self._looked is not None else ()
        return review_parts.mends(self.filling, found, self.say, self._ways())

    def unticked(self) -> list[Mend]:
        """Sentences that the volunteer did not look at yet."""
        return self._asks.unticked() if self._asks is not None else []

    def _may_sign(self) -> bool:
        """Nothing is printed to be signed before all was looked at."""
        missing = self.unticked()
        if missing:
            self.show_mends([*self.mends(), *missing])
        return not missing

    def _show_asks(self, asks: tuple[checks.Ask, ...]) -> None:
        def go_to(box: QWidget) -> None:
            self.page_area.ensureWidgetVisible(box)
            box.setFocus()

        self._asks = AsksView(asks, self.say, go_to)
        self._asks.ticked.connect(self._tick)
        self._column.addWidget(self._asks)

    def _tick(self, key: str, on: bool) -> None:
        """Keep the tick; if that fails, the box shows what is on the disk."""
        desk, filling = self.desk, self.filling

        def failed(error: Exception) -> None:
            if self._asks is not None:
                self._asks.set_ticked(key, not on)
            self.shell.fail(error)

        def ticked(_none: None) -> None:
            if self.errors.isVisible():  # once something was complained of, the list follows the boxes
                self.show_mends([*self.mends(), *self.unticked()])

        self.run(lambda: checks.tick(desk, filling, key, on), ticked, failed)

    def _ways(self) -> review_parts.Ways:
        show = self.shell.show
        return review_parts.Ways(
            page=lambda name: show("form", page=name),
            question=lambda name: show("form", question=name),
            papers=lambda: show("papers"),
        )

    def _hand_over(self) -> None:
        """Seal and queue; the slip is drawn before, because afterwards nobody here can read the answers."""
        filling, contact = self.filling, self._contact.given() if self._contact is not None else None

        def work() -> tuple[hand_over.HandedOver, bytes]:
            slip = papers_out.slip(self.desk, filling)
            return hand_over.hand_over(self.desk, filling, contact), slip

        self.start_loading(self.texts("review.handing_over"))
        self.run(work, lambda result: self._handed_over(*result))

    def _handed_over(self, handed: hand_over.HandedOver, slip: bytes) -> None:
        self.shell.visit.filling = None
        self.shell.queue_changed.emit()
        self.shell.show("done", code=handed.slip_code, slip=slip)


def _requester(filling: fill.Filling) -> str:
    """The name of who asks, to be offered as the one to call."""
    persons = filling.procedure.persons
    return filling.value(persons[0].fields.get("ho_ten", "")) if persons else ""


def _primary(filling: fill.Filling) -> str:
    """Key of the words on the primary button."""
    if filling.practice:
        return "review.end_practice"
    return "review.hand_over" if filling.road is Road.COMMUNE else "review.to_portal"
