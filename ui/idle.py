"""Locks the screen when nobody touches it: a citizen's data must not stay open beside an empty chair."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_TOUCH = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}

_WHILE_BUSY = 6
"""How many times as long the chair may seem empty while the portal's window is open."""


class IdleWatch(QObject):
    """Calls ``lock`` after ``minutes`` without a key, a touch or a move of the mouse.

    While ``busy`` says that somebody works in another window, which we do not see, it waits six times as
    long: locking would close the portal over a half-filled form.
    """

    def __init__(
        self,
        window: QWidget,
        minutes: float,
        lock: Callable[[], None],
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(window)
        self._lock, self._busy = lock, busy
        self._waited = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(minutes * 60_000))
        self._timer.timeout.connect(self._nobody_came)
        window.winId()
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCH:
            self._waited = 0
            self._timer.start()
        return super().eventFilter(watched, event)

    def _nobody_came(self) -> None:
        self._waited += 1
        if self._busy() and self._waited < _WHILE_BUSY:
            self._timer.start()
            return
        self._waited = 0
        self._lock()
