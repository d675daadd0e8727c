"""Our window beside another one: narrow at the right edge of the screen, and back as it was."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

from ui.devices.browser import Place

_LETTERS = 31
"""Text heights of width that the bars of a page need."""
_OTHER = 600
"""Pixels that are of use to the other window; on a screen without them nothing is moved."""


def parted(screen: QRect, letter: int) -> tuple[Place, QRect] | None:
    """Where the other window stands and where ours; ``None`` where both do not fit.

    ``letter`` is the height of our text in pixels.
    """
    ours = _LETTERS * letter
    other = screen.width() - ours
    if other < _OTHER:
        return None
    place = Place(screen.left(), screen.top(), other, screen.height())
    return place, QRect(screen.left() + other, screen.top(), ours, screen.height())


def available(window: QWidget) -> QRect:
    """What windows may cover of the screen where this one stands."""
    return window.screen().availableGeometry()


class Beside:
    """Moves one window aside and brings it back."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._before: tuple[QSize, QRect, bool] | None = None

    def make_room(self, letter: int) -> Place | None:
        """Stand at the right; the place that is free at the left, ``None`` if there is none."""
        split = parted(available(self._window), letter)
        if split is None:
            return None
        place, ours = split
        if self._before is None:
            window = self._window
            self._before = (window.minimumSize(), window.geometry(), window.isMaximized())
        self._window.setMinimumSize(ours.width(), self._before[0].height())
        self._window.showNormal()
        self._window.setGeometry(ours)
        return place

    def give_back(self) -> None:
        """Stand as before; harmless where nothing was moved."""
        if self._before is None:
            return
        (smallest, geometry, maximized), self._before = self._before, None
        self._window.setGeometry(geometry)
        self._window.setMinimumSize(smallest)
        if maximized:
            self._window.showMaximized()
