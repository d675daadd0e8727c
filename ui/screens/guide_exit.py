"""Where a walk stops: what is next, the sheet as it will be printed, and the way to the end."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from kiosk.desk import guide
from kiosk.desk.guide import Walk
from ui.screens.guide_page import RETURN, GuidePage, ends
from ui.screens.guide_parts import address, plain_card, speak
from ui.widgets.buttons import button
from ui.widgets.pdf_preview import PdfPreview, PreviewWords, draw_pages
from ui.widgets.words import words

_SHEET_WIDTH = 620
_BESIDE = 144
"""Pixels of a page that a sheet cannot have."""


class GuideExitScreen(GuidePage):
    """The citizen never leaves without knowing where to go and what to bring."""

    name = "guide_exit"

    def entered(self, walk: Walk | None = None, **kwargs: Any) -> None:
        assert walk is not None  # noqa: S101 - show_walk brings it
        self.begin(walk)
        self._pdf = b""
        self._printed = words(role="ok", name="printed")
        self._print = button("do:print", self.texts("guide.print"), self._send)
        self._preview = PdfPreview(_preview_words(self.texts))
        self.set_primary(self.texts(self._next()), self.go_on, "check")
        self._lay()
        width = max(320, min(_SHEET_WIDTH, self.page_area.viewport().width() - _BESIDE))
        self.run(lambda: self._draw(width), self._show)

    def go_on(self) -> None:
        """The log-out ticks where the browser was used; else the end."""
        if self._next() == "guide.log_out":
            self.shell.show("guide_end", walk=self._walk)
            return
        self.finish()

    def focus_first(self) -> None:
        self._print.setFocus(Qt.FocusReason.OtherFocusReason)

    def _next(self) -> str:
        """The words of what follows: whoever goes on in his visit files with the login that he has just made,
        and logs out there."""
        if RETURN in self.shell.visit.notes and ends(self.node):
            return "guide.go_on_filing"
        return "guide.log_out" if self._walk.must_log_out else "guide.end"

    def _lay(self) -> None:
        sheet = self.node.sheet
        assert sheet is not None  # noqa: S101 - a walk ends only at a node with a sheet
        self.body.addWidget(words(address(self.say, self.node.ask), "huge", "ask"))
        self.body.addWidget(self._print, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._printed)
        self._printed.hide()
        for name, lines in (("where", sheet.where), ("bring", sheet.bring)):
            said = [f"–  {speak(self.say, line, self.node)}" for line in lines]
            self.body.addWidget(plain_card(self.texts(f"guide.{name}"), said, name))
        self.body.addWidget(self._preview)
        self.body.addStretch(1)
        self._preview.hide()
        self.panel("say", "help", self.node.say)
        self.panel("must_not", "notice", self.node.must_not)
        self.draw_diagram(self.aside_column)
        self.aside_column.addStretch(1)
        self.show_aside()

    def _draw(self, width: int) -> tuple[bytes, list[QImage]]:
        pdf = guide.sheet(self.desk, self._walk)
        return pdf, draw_pages(pdf, width)

    def _show(self, drawn: tuple[bytes, list[QImage]]) -> None:
        self._pdf, pages = drawn
        self._preview.show_pages(pages)
        self._preview.setVisible(bool(pages))

    def _send(self) -> None:
        """Print; from now on the code on the sheet leads back to this walk."""
        pdf, printer, walk = self._pdf, self.shell.devices.printer, self._walk
        if not pdf:
            return

        def work() -> Walk:
            kept = walk if ends(walk.node) else guide.keep(self.desk, walk)
            printer.print_pdf(pdf, "phieu-buoc-tiep-theo")
            return kept

        self._print.setEnabled(False)
        self.run(work, self._say_printed, self._failed)

    def _say_printed(self, walk: Walk) -> None:
        self.walk = walk
        self._print.setEnabled(True)
        self._printed.setText(self.texts("guide.printed_last" if ends(walk.node) else "guide.printed"))
        self._printed.show()

    def _failed(self, error: Exception) -> None:
        self._print.setEnabled(True)
        self.shell.fail(error)


def _preview_words(texts: Any) -> PreviewWords:
    return PreviewWords(
        title=texts("guide.preview"),
        page=lambda n, count: texts("review.preview_page", n=n, count=count),
        before=texts("review.previous_page"),
        after=texts("review.next_page"),
    )
