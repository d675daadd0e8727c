"""Runs the steps of a tour inside the window's event loop, and measures how long its turns take."""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer

from ui.tour.hands import Condition, Steps

PATIENCE = 60.0
"""Seconds to wait for one condition: longer means that something is broken."""
GLANCE = 10
"""Milliseconds between two looks at a condition."""

_NOTHING = 0.0003
"""Seconds: a turn that took less had nothing to do, and does not count."""
_REST = 0.001
_DEFERRED_DELETE = QEvent.Type.DeferredDelete.value


class StuckError(Exception):
    """The tour waited in vain; the text names what stood on the screen."""


class Runner(QObject):
    """Drives one generator of steps; ``finished`` is called when it came to its end.

    What the steps raise leaves through Qt to ``sys.excepthook``, as every error of the program does.
    """

    def __init__(self, steps: Steps[None], where: Callable[[], str], finished: Callable[[], object]) -> None:
        super().__init__()
        self._steps = steps
        self._where = where
        self._finished = finished
        self._condition: Condition = lambda: True
        self._since = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _look(self) -> None:
        if self._condition():
            self._go_on()
        elif time.monotonic() - self._since > PATIENCE:
            raise StuckError(f"{_step(self._steps)}; {self._where()}")
        else:
            self._timer.setInterval(GLANCE)

    def _go_on(self) -> None:
        """To the next condition, which is looked at as soon as the window did what it has to do."""
        self._timer.setInterval(0)
        try:
            self._condition = next(self._steps)
        except StopIteration:
            self.stop()
            self._finished()
        self._since = time.monotonic()


def _step(steps: Any) -> str:
    """Where the generators stand that wait for each other: functions and the line of the last one."""
    names, line = [], 0
    while (frame := getattr(steps, "gi_frame", None)) is not None:
        names.append(steps.gi_code.co_name)
        line, steps = frame.f_lineno, steps.gi_yieldfrom
    return f"{' > '.join(names)}:{line}"


class TurnMeter:
    """Runs the event loop turn by turn, and notes how long each turn keeps the screen waiting.

    ``pause`` leaves out the turn that the tour itself makes long (taking a picture of a screen).
    """

    def __init__(self) -> None:
        self.turns: list[float] = []
        self._counts = True

    def pause(self) -> None:
        self._counts = False

    def turn(self) -> None:
        """Do all that waits now; rest for a moment if that was nothing."""
        self._counts, began = True, time.perf_counter()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        QCoreApplication.sendPostedEvents(None, _DEFERRED_DELETE)
        took = time.perf_counter() - began
        if took < _NOTHING:
            time.sleep(_REST)
        elif self._counts:
            self.turns.append(took)

    def told(self) -> dict[str, float]:
        """How many turns, and the milliseconds of the slowest, with and without the last thousandth."""
        slow = (self.percentile(0.999), self.percentile(1.0))
        return {"count": len(self.turns), "p999_ms": round(slow[0], 1), "max_ms": round(slow[1], 1)}

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the turns was done."""
        ordered = sorted(self.turns)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0
