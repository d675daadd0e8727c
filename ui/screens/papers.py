"""The papers that go along: which ones, why, and a scan of each."""

from collections.abc import Sequence
from typing import Any

from kiosk.desk import attach_papers, fill
from kiosk.desk.attach_papers import SIGNED_SHEET, ExpectedPaper
from ui.screens.form import AFTER
from ui.screens.paper_rows import PaperRows
from ui.screens.visit_screen import VisitScreen
from ui.widgets.words import words
from ui.window import Shell


class PapersScreen(VisitScreen):
    """One row for each paper that the answers ask for; nothing here is compulsory.

    The signed sheet is not among them: its turn comes after printing.
    """

    name = "papers"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._rows = PaperRows(self, lambda paper: paper.key != SIGNED_SHEET)
        self._none = words(self.texts("papers.none"), "muted", "none")
        self.body.addWidget(words(self.texts("papers.heading"), "title"))
        self.body.addWidget(words(self.say("papers.lead"), "muted"))
        self.body.addWidget(self.asked)
        self.body.addWidget(self._none)
        self.body.addWidget(self._rows)
        self.body.addStretch(1)
        self._none.hide()

    def entered(self, **kwargs: Any) -> None:
        count = len(self.filling.session.screens()) + AFTER
        self.set_step(count - 1, count, self.texts("papers.step"))
        self.explain("papers")
        self.show_asked()
        self.start_loading(self.texts("papers.loading"))
        self.run(self._expected, self._show)

    def go_on(self) -> None:
        self.shell.show("review")

    def go_back(self) -> None:
        self.shell.show("form", page=self.filling.session.screens()[-1].name)

    def _expected(self) -> tuple[ExpectedPaper, ...]:
        fill.save(self.desk, self.filling, (), self.name)
        return attach_papers.expected(self.desk, self.filling)

    def _show(self, papers: Sequence[ExpectedPaper]) -> None:
        self._rows.show_papers(papers)
        self._none.setVisible(self._rows.is_empty())
        self.focus_first()
