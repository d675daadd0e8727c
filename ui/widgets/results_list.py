"""What a search found: a short list whose rows are picked by Enter or a click."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

_SEEN = 6
"""Rows that are seen without scrolling."""


class ResultsList(QListWidget):
    """Rows of two lines; ``picked`` carries the row's number."""

    picked = Signal(int)

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "big")
        self.setAccessibleName(title)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda item: self.picked.emit(self.row(item)))
        self.itemActivated.connect(lambda item: self.picked.emit(self.row(item)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the marked row and goes no further: the page's primary action must not follow."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()

    def show_rows(self, rows: Sequence[str]) -> None:
        """Show these and mark the first, the one that Enter picks."""
        self.clear()
        for row in rows:
            self.addItem(QListWidgetItem(row))
        self.setVisible(bool(rows))
        self.setCurrentRow(0 if rows else -1)
        height = sum(self.sizeHintForRow(row) for row in range(min(len(rows), _SEEN)))
        self.setFixedHeight(height + 2 * self.frameWidth() + 2)
