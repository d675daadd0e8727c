"""The focus mark: a thick amber ring outside a dark line, the same on every control."""

from collections.abc import Callable, Iterator

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

_REACH = 5
"""Pixels that the mark needs around a control."""


class FocusRing(QWidget):
    """One mark around one control; it follows the control and lets the mouse through."""

    def __init__(self, target: QWidget, amber: str, dark: str) -> None:
        self._host = _host(target)
        super().__init__(self._host)
        self.setObjectName("focus-ring")
        self._target = target
        self._colours = (QColor(amber), QColor(dark))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._watched = _chain(target, self._host)
        for widget in self._watched:
            widget.installEventFilter(self)
        self.follow()
        self.show()

    def follow(self) -> None:
        """Put the mark around its control again."""
        corner = self._target.mapTo(self._host, self._target.rect().topLeft())
        around = QRect(corner, self._target.size())
        self.setGeometry(around.adjusted(-_REACH, -_REACH, _REACH, _REACH))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and shiboken6.isValid(self._target):
            self.follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        amber, dark = self._colours
        painter.setPen(QPen(dark, 2))
        painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -4), 8, 8)
        painter.setPen(QPen(amber, 3))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 10, 10)
        painter.end()


class FocusRings(QObject):
    """Keeps one mark on whatever has the focus."""

    def __init__(self, window: QWidget, colours: Callable[[], tuple[str, str]]) -> None:
        super().__init__(window)
        self._window = window
        self._colours = colours
        self._ring: FocusRing | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_changed)

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._ring is not None and shiboken6.isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None
        if now is None or isinstance(now, QAbstractScrollArea) or now.parentWidget() is None:
            return
        if now.window() is self._window:
            self._ring = FocusRing(now, *self._colours())


def _host(target: QWidget) -> QWidget:
    """The nearest ancestor with room for the mark, inside the scroll area that moves the control."""
    ancestors = list(_ancestors(target))
    for host in ancestors:
        around = QRect(target.mapTo(host, target.rect().topLeft()), target.size())
        above = host.parentWidget()
        in_view = above is not None and isinstance(above.parentWidget(), QAbstractScrollArea)
        if in_view or host.rect().contains(around.adjusted(-_REACH, -_REACH, _REACH, _REACH)):
            return host
    return ancestors[-1]


def _chain(target: QWidget, host: QWidget) -> list[QWidget]:
    """The control and its ancestors below the host: a move of any of them moves the mark."""
    chain = [target]
    for ancestor in _ancestors(target):
        if ancestor is host:
            break
        chain.append(ancestor)
    return chain


def _ancestors(widget: QWidget) -> Iterator[QWidget]:
    """The parents of a control, nearest first, up to its window."""
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = None if parent.isWindow() else parent.parentWidget()
