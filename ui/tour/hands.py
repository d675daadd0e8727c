"""The hands of the person in a tour: they click and type on what can be seen, as a person would.

What takes more than one touch is a generator; what it yields is a condition to wait for, so that the
window's own event loop runs in between and no one sleeps. Each key is a turn of that loop of its own.
"""

from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QWidget,
)

Condition = Callable[[], bool]
T = TypeVar("T")
Steps = Generator[Condition, None, T]


class NotThereError(Exception):
    """Something that a person would look for cannot be seen."""


def at_once() -> bool:
    """The condition that holds already: the window gets one turn in between."""
    return True


def seen(root: QWidget, name: str) -> QWidget | None:
    """The visible widget of that name, if there is one."""
    return next((widget for widget in root.findChildren(QWidget, name) if widget.isVisible()), None)


def all_seen(root: QWidget, prefix: str) -> Iterator[QWidget]:
    """The visible widgets whose name begins so, in the order of the screen."""
    for widget in root.findChildren(QWidget):
        if widget.objectName().startswith(prefix) and widget.isVisible():
            yield widget


def look(root: QWidget, name: str) -> QWidget:
    """The visible widget of that name; raises ``NotThereError``."""
    widget = seen(root, name)
    if widget is None:
        raise NotThereError(name)
    return widget


def wait_for(root: QWidget, name: str) -> Steps[QWidget]:
    """Wait until a widget of that name can be seen and used."""

    def usable() -> bool:
        widget = seen(root, name)
        return widget is not None and widget.isEnabled()

    yield usable
    return look(root, name)


def click(widget: QWidget) -> None:
    """Scroll there and click: on the mark of a box or radio button, on the middle of anything else."""
    bring_into_view(widget)
    spot = widget.rect().center()
    if isinstance(widget, QRadioButton | QCheckBox):
        spot = QPoint(14, widget.height() // 2)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=spot)


def tick(box: QWidget, on: bool) -> None:
    """Bring a check box or radio button to the wanted state by a click."""
    if isinstance(box, QRadioButton | QCheckBox) and box.isChecked() != on:
        click(box)


def write(edit: QWidget, text: str) -> Steps[None]:
    """Put the cursor into a line, replace what stands there, letter by letter."""
    bring_into_view(edit)
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton)
    edit.setFocus(Qt.FocusReason.MouseFocusReason)
    if isinstance(edit, QLineEdit | QPlainTextEdit):
        edit.selectAll()
    if not text:
        press(edit, Qt.Key.Key_Delete)
    for letter in text:
        press(edit, Qt.Key.Key_Return if letter == "\n" else Qt.Key.Key_unknown, letter)
        yield at_once


def press(widget: QWidget, key: Qt.Key, text: str = "") -> None:
    """One key, with the letter it gives (Vietnamese letters have no key code of their own)."""
    code = key.value if key is not Qt.Key.Key_unknown else 0
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, text))


def bring_into_view(widget: QWidget) -> None:
    """Scroll as a person would, where a screen is longer than the window."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
