"""Saving while a person types: after a short pause, and never later than a second."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

PAUSE = 200
"""Milliseconds without a change before answers go to the disk (the promise is 300, the disk included)."""
LONGEST = 1000
"""Milliseconds that an answer waits while the person goes on typing."""

Run = Callable[[Callable[[], datetime], Callable[[datetime], None], Callable[[Exception], None]], None]


class Saver(QObject):
    """Knows what is not on the disk yet. ``saved`` comes only after the commit of the last change."""

    saved = Signal(object)
    """When it was saved (``datetime``)."""
    failed = Signal(object)
    """The error; everything stays unsaved and goes along with the next change."""

    def __init__(self, run: Run, save: Callable[[], datetime]) -> None:
        super().__init__()
        self._run = run
        self._save = save
        self._changes = 0
        self._on_disk = 0
        self._waiting = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.flush)

    def is_clean(self) -> bool:
        """Whether everything is on the disk."""
        return self._on_disk == self._changes

    def changed(self) -> None:
        """Something was answered: save it soon."""
        self._changes += 1
        if not self._timer.isActive():
            self._waiting.start()
        self._timer.start(max(0, min(PAUSE, LONGEST - self._waiting.elapsed())))

    def flush(self) -> None:
        """Save now whatever is not on the disk."""
        self._timer.stop()
        if not self.is_clean():
            upto = self._changes
            self._run(self._save, lambda at: self._done(upto, at), self.failed.emit)

    def _done(self, upto: int, at: datetime) -> None:
        self._on_disk = max(self._on_disk, upto)
        if self.is_clean():
            self.saved.emit(at)
