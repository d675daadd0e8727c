"""A sentence that leads somewhere: a link that wraps, and that the keyboard reaches."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

_PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class LinkLine(QLabel):
    """Long sentences wrap, which a push button cannot do; Enter, space and a click follow the link."""

    def __init__(self, sentence: str, go: Callable[[], object], name: str = "", role: str = "link") -> None:
        super().__init__(sentence)
        self.setObjectName(name)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(sentence)
        self.setMinimumHeight(44)
        self.setContentsMargins(0, 6, 0, 6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._go = go

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self._go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PRESS:
            self._go()
        else:
            super().keyPressEvent(event)
