"""A line drawing of a guide, as large as its place."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QLabel


class Drawing(QLabel):
    """An SVG on white paper, whatever the contrast of the screen; said in words to who cannot see it."""

    def __init__(self, path: Path, said: str, size: QSize) -> None:
        super().__init__()
        self.setObjectName("drawing")
        self.setProperty("role", "paper")
        self.setAccessibleName(said)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        reader = QImageReader(str(path))
        reader.setScaledSize(size)
        self.setPixmap(QPixmap.fromImageReader(reader))
        self.setFixedSize(size + QSize(16, 16))
