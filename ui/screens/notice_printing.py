"""Printing public notices and empty forms from any screen that shows procedures."""

from kiosk.catalogue.catalogue import Found
from kiosk.catalogue.listings import Listing
from kiosk.desk import notices, papers_out
from ui.screens.visit_screen import VisitScreen
from ui.widgets.words import words

_NOTICE, _ALL, _BLANK = "niem-yet", "niem-yet-tat-ca", "mau-trong"
"""Under which names the printer hears of them."""


class NoticePrinting:
    """Draws and prints in the background; ``state`` says what left for the printer."""

    def __init__(self, screen: VisitScreen) -> None:
        self._screen = screen
        self._busy = False
        self.state = words(role="ok", name="printed")
        self.state.hide()

    def print(self, what: str, found: Found | None = None) -> None:
        """``notice`` or ``blank`` of one entry; ``all`` notices. One thing at a time."""
        if self._busy:
            return
        self._busy = True
        self._tell(self._screen.say("choose.printing"))
        self._screen.run(lambda: self._send(what, found), self._done, self._failed)

    def clear(self) -> None:
        self._tell("")

    def _send(self, what: str, found: Found | None) -> int:
        """Draw and print; how many papers. In the background."""
        desk, printer = self._screen.desk, self._screen.shell.devices.printer
        if found is None:
            printer.print_pdf(notices.all_notices(desk), _ALL)
            return 1
        if what == "notice" or isinstance(found, Listing):
            printer.print_pdf(notices.notice(desk, found), _NOTICE)
            return 1
        papers = papers_out.blanks(desk, found)
        for paper in papers:
            printer.print_pdf(paper.pdf, f"{_BLANK}-{paper.number}")
        return len(papers)

    def _done(self, count: int) -> None:
        self._busy = False
        self._tell(self._screen.say("choose.printed", n=count))

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self.clear()
        self._screen.shell.fail(error)

    def _tell(self, sentence: str) -> None:
        self.state.setText(sentence)
        self.state.setVisible(bool(sentence))
