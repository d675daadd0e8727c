"""Rows of papers that can be scanned and taken away again; used before and after printing."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.desk import attach_papers
from kiosk.desk.attach_papers import ExpectedPaper
from kiosk.domain.paper import Paper
from ui.screens.paper_row import PaperRow
from ui.screens.visit_screen import VisitScreen

Wanted = Callable[[ExpectedPaper], bool]


class PaperRows(QWidget):
    """Shows the expected papers that ``wanted`` lets through; rows stay, so that the keyboard stays too."""

    def __init__(self, screen: VisitScreen, wanted: Wanted) -> None:
        super().__init__()
        self._screen = screen
        self._wanted = wanted
        self._rows: dict[str, PaperRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)

    def show_papers(self, papers: Iterable[ExpectedPaper]) -> None:
        """Show what is there now."""
        for paper in filter(self._wanted, papers):
            if paper.key not in self._rows:
                self._rows[paper.key] = self._row(paper)
            self._rows[paper.key].show_paper(paper)

    def is_empty(self) -> bool:
        return not self._rows

    def _row(self, paper: ExpectedPaper) -> PaperRow:
        row = PaperRow(paper, self._screen.say)
        row.scan_wanted.connect(self._scan)
        row.removal_wanted.connect(self._remove)
        self._column.addWidget(row)
        return row

    def _scan(self, key: str) -> None:
        """Scan the sheets that lie there and keep them as one paper."""
        screen, filling = self._screen, self._screen.filling

        def work() -> tuple[ExpectedPaper, ...]:
            files = screen.shell.devices.scanner.scan()
            attach_papers.attach(screen.desk, filling.dossier, key, files)
            return attach_papers.expected(screen.desk, filling)

        screen.show_mends(screen.mends())
        self._rows[key].show_busy()
        screen.run(work, self.show_papers, lambda error: self._failed(key, error))

    def _failed(self, key: str, error: Exception) -> None:
        self._rows[key].show_ready()
        self._screen.shell.fail(error)

    def _remove(self, papers: Sequence[Paper]) -> None:
        screen, filling = self._screen, self._screen.filling

        def work() -> tuple[ExpectedPaper, ...]:
            for paper in papers:
                attach_papers.detach(screen.desk, paper.id)
            return attach_papers.expected(screen.desk, filling)

        screen.show_mends(screen.mends())
        screen.run(work, self.show_papers)
