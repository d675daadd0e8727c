"""The printed paper as it will come out, drawn from memory: what is previewed is what is printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from ui.widgets.buttons import button
from ui.widgets.words import words

_LEAST = 300
"""Pixels of width below which a page is not drawn smaller."""


def draw_pages(data: bytes, width: int) -> list[QImage]:
    """The pages of a PDF, each ``width`` pixels wide; slow, for the background. No pages if it is no PDF."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    pages = [_draw(document, number, width) for number in range(document.pageCount())]
    document.close()
    buffer.close()
    return pages


def _draw(document: QPdfDocument, number: int, width: int) -> QImage:
    points = document.pagePointSize(number)
    size = QSize(width, round(width * points.height() / points.width()))
    drawn = document.render(number, size)
    sheet = QImage(size, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return sheet


@dataclass(frozen=True)
class PreviewWords:
    title: str
    page: Callable[[int, int], str]
    """Which page of how many."""
    before: str
    after: str


class Sheet(QLabel):
    """A page; where there is less room it is drawn smaller, so that nothing beside it is pushed out."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._page = QPixmap()

    def show_page(self, page: QImage) -> None:
        self._page = QPixmap.fromImage(page)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self._page.width(), self.pixmap().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, self.pixmap().height())

    def _fit(self) -> None:
        room = max(self.width(), _LEAST)
        if self._page.width() <= room:
            self.setPixmap(self._page)
        else:
            self.setPixmap(self._page.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation))


class PdfPreview(QFrame):
    """One page at a time, with the way to the others where there are any."""

    def __init__(self, said: PreviewWords) -> None:
        super().__init__()
        self.setObjectName("preview")
        self.setProperty("role", "card")
        self._said = said
        self._pages: Sequence[QImage] = ()
        self._at = 0
        self.sheet = Sheet()
        self._number = words(role="muted", name="page-number")
        self._before = button("do:page_before", said.before, lambda: self._turn(-1))
        self._after = button("do:page_after", said.after, lambda: self._turn(1))
        self._lay()

    def show_pages(self, pages: Sequence[QImage]) -> None:
        """Show the first of these pages."""
        self._pages = pages
        self._at = 0
        self._turn(0)

    def _turn(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._pages) - 1))
        if self._pages:
            self.sheet.show_page(self._pages[self._at])
        else:
            self.sheet.clear()
        count = len(self._pages)
        self._number.setText(self._said.page(self._at + 1, count))
        self.sheet.setAccessibleName(f"{self._said.title}. {self._number.text()}")
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at + 1 < count)
        for part in (self._before, self._after, self._number):
            part.setVisible(count > 1)

    def _lay(self) -> None:
        turns = QHBoxLayout()
        for part in (self._before, self._number, self._after):
            turns.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(words(self._said.title, "heading"))
        column.addWidget(self.sheet)
        column.addLayout(turns)
