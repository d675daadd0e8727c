"""The second press of a double click: many people press everything twice, and mean it once."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QPushButton, QWidget


def _announces_a_second(event: QEvent) -> bool:
    """Qt tells a window of a double click twice: as a press with this flag, then as what it is."""
    flag = Qt.MouseEventFlag.MouseEventCreatedDoubleClick
    return isinstance(event, QMouseEvent) and bool(event.flags() & flag)


class SecondPress(QObject):
    """Keeps it from whatever came under the mouse meanwhile, and from the primary button, whose meaning
    may be another by then. Other buttons, and words to be selected, keep it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._turned = False
        window.winId()
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def page_turned(self) -> None:
        """Another screen stands where the first press went."""
        self._turned = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonPress and not _announces_a_second(event):
            self._turned = False
        if event.type() is QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent):
            return self._turned or self._is_primary(event)
        return super().eventFilter(watched, event)

    def _is_primary(self, event: QMouseEvent) -> bool:
        under = self._window.childAt(event.position().toPoint())
        return isinstance(under, QPushButton) and under.property("role") == "primary"
