"""The papers of a dossier, seen as they will come out, and their way to the printer."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout

from kiosk.desk import papers_out
from kiosk.domain.printed_paper import PrintedPaper
from ui.screens.printing_view import ALL, SLIP, PrintingView
from ui.screens.visit_screen import VisitScreen
from ui.widgets.pdf_preview import PdfPreview, PreviewWords, draw_pages

_SHEET_WIDTH = 620
"""Pixels of the previewed sheet."""
_DECLARATION, _SLIP = "to-khai", "phieu-chuan-bi"
"""Under which names the printer hears of the papers."""


@dataclass(frozen=True)
class Drawn:
    """A paper and its pages as pictures."""

    paper: PrintedPaper
    sheets: list[QImage]


class PaperPrinting:
    """``view`` has the buttons, ``sheets`` the previews; both belong to the screen."""

    def __init__(self, screen: VisitScreen, may_sign: Callable[[], bool]) -> None:
        """``may_sign`` says whether papers may be printed now (the slip always may)."""
        self._screen = screen
        self._may_sign = may_sign
        self.view = PrintingView(screen.say, self._print)
        self.sheets = QVBoxLayout()
        self.sheets.setSpacing(16)

    def begin(self) -> None:
        """Draw the papers in the background and show them."""
        self._screen.run(self._draw, self._show)

    def _draw(self) -> list[Drawn]:
        papers = papers_out.declarations(self._screen.desk, self._screen.filling)
        return [Drawn(paper, draw_pages(paper.pdf, _SHEET_WIDTH)) for paper in papers]

    def _show(self, drawn: list[Drawn]) -> None:
        self.view.show_papers([(each.paper.number, each.paper.title) for each in drawn])
        for each in drawn:
            preview = PdfPreview(_preview_words(self._screen.texts, each.paper.title))
            preview.show_pages(each.sheets)
            self.sheets.addWidget(preview)

    def _print(self, what: str) -> None:
        """Print all papers, one by its number, or the slip."""
        if what != SLIP and not self._may_sign():
            return

        def failed(error: Exception) -> None:
            self.view.show_ready()
            self._screen.shell.fail(error)

        self.view.show_busy()
        self._screen.run(lambda: self._send(what), self.view.show_done, failed)

    def _send(self, what: str) -> str:
        """Draw and send to the printer; returns what to call it. In the background."""
        screen = self._screen
        printer, desk, filling = screen.shell.devices.printer, screen.desk, screen.filling
        if what == SLIP:
            printer.print_pdf(papers_out.slip(desk, filling), _SLIP)
            return screen.texts("review.slip")
        chosen = [each for each in papers_out.declarations(desk, filling) if what in (ALL, str(each.number))]
        for paper in chosen:
            name = _DECLARATION if paper.number == 1 else f"{_DECLARATION}-{paper.number}"
            printer.print_pdf(paper.pdf, name)
        return chosen[0].title if what != ALL and chosen else screen.texts("review.declaration")


def _preview_words(texts: Callable[..., str], paper: str) -> PreviewWords:
    return PreviewWords(
        title=texts("review.preview", paper=paper),
        page=lambda n, count: texts("review.preview_page", n=n, count=count),
        before=texts("review.previous_page"),
        after=texts("review.next_page"),
    )
