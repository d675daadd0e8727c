"""An empty chair locks the screen."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.idle import IdleWatch


def test_nobody_there_locks(qtbot: QtBot) -> None:
    window, locked = QWidget(), []
    qtbot.addWidget(window)
    IdleWatch(window, 0.0005, lambda: locked.append(True))
    qtbot.waitUntil(lambda: locked == [True])


def test_a_touch_begins_the_waiting_anew(qtbot: QtBot) -> None:
    window, locked = QWidget(), []
    qtbot.addWidget(window)
    watch = IdleWatch(window, 10, lambda: locked.append(True))
    window.show()
    watch._timer.stop()
    at = QPointF(5, 5)
    touch = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        at,
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    handle = window.windowHandle()
    assert handle is not None
    QGuiApplication.sendEvent(handle, touch)
    assert watch._timer.isActive()
    assert watch._timer.remainingTime() > 590_000
    assert locked == []


def test_who_works_in_the_portals_window_is_not_locked_out_so_soon(qtbot: QtBot) -> None:
    window, locked, working = QWidget(), [], [True] * 3
    qtbot.addWidget(window)
    asked: list[bool] = []

    def busy() -> bool:
        asked.append(True)
        return len(asked) <= len(working)

    watch = IdleWatch(window, 10, lambda: locked.append(True), busy)
    for _ in working:
        watch._timer.timeout.emit()
        assert watch._timer.isActive()
    assert locked == []
    watch._timer.timeout.emit()
    assert locked == [True]


def test_an_open_portal_is_no_reason_to_stay_open_for_ever(qtbot: QtBot) -> None:
    window, locked = QWidget(), []
    qtbot.addWidget(window)
    watch = IdleWatch(window, 10, lambda: locked.append(True), lambda: True)
    for _ in range(5):
        watch._timer.timeout.emit()
    assert locked == []
    watch._timer.timeout.emit()
    assert locked == [True]
