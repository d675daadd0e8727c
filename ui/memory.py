"""Memory: what a visit took goes back, and garbage is collected on the screen's thread alone."""

import ctypes
import gc
import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPixmapCache

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Parameters of ``mallopt`` (malloc.h)."""
_LARGE = 128 * 1024
"""Bytes. Larger pieces (pictures, PDFs) lie in pages of their own, which are given back at once."""
_PAUSE = 1000
"""Milliseconds between two looks at how much garbage there is."""
_STEP = 60
"""Milliseconds between two steps of giving back what a visit took."""


def give_memory_back() -> None:
    """One heap for all threads, large pieces apart, as far as the GNU allocator is asked; call it before
    there are threads. Without this most of a visit's memory would be kept."""
    for parameter, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _LARGE)):
        _allocator("mallopt", parameter, value)


def _allocator(function: str, *values: int) -> None:
    """Call a function of the GNU allocator, where this system has it."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), function):
        getattr(library, function)(*values)


class Sweeper(QObject):
    """Python's collector would run on whichever thread happens to allocate, and end timers and widgets from
    there, which Qt forbids; and it would look through everything that was ever imported, which the screen
    feels. From now on it runs here, and only over what came later."""

    def __init__(self) -> None:
        super().__init__()
        self._found_on = gc.isenabled()
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self, interval=_PAUSE)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def see(self, screen: str) -> None:
        """Home is shown: a visit is over, and everything that nobody can reach any more goes. Each step has
        a turn of its own, when the new screen is drawn: together they would be felt."""
        if screen == "home":
            QTimer.singleShot(_STEP, lambda: _do_in_turn([QPixmapCache.clear, gc.collect, _trim]))

    def stop(self) -> None:
        """Leave the collector as it was found. What nobody can reach goes first, here: a collection that
        begins by itself while Qt destroys an object may meet a widget, whose end waits for ever for the lock
        that Qt holds there."""
        self._timer.stop()
        gc.collect()
        gc.unfreeze()
        if self._found_on:
            gc.enable()

    def _look(self) -> None:
        """Collect as Python itself would, by the same thresholds."""
        full = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if any(full):
            gc.collect(max(generation for generation, over in enumerate(full) if over))


def _do_in_turn(steps: Sequence[Callable[[], object]]) -> None:
    """The first step now, each further one a while after the one before it."""
    steps[0]()
    if steps[1:]:
        QTimer.singleShot(_STEP, lambda: _do_in_turn(steps[1:]))


def _trim() -> None:
    _allocator("malloc_trim", 0)
