"""Finding one of many: words typed into a box, a list under it, one pick by Enter or a click."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit

from ui.widgets.found_list import Found, FoundList
from ui.widgets.question import Choice

_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -6,
    Qt.Key.Key_PageDown: 6,
}
_OTHERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class SearchBox(QLineEdit):
    """A line edit that tells which keys move in the list; while that is closed they go on to the page."""

    step = Signal(int)
    pick = Signal()
    leave = Signal()
    clicked = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("edit")
        self.open = False

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and self._keeps(event):
            event.accept()
            return True
        return super().event(event)

    def _keeps(self, event: QEvent) -> bool:
        """Whether the key is for the open list and not for the page."""
        return self.open and isinstance(event, QKeyEvent) and (event.key() in (*_STEPS, *_OTHERS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _STEPS and (self.open or key == Qt.Key.Key_Down):
            self.step.emit(_STEPS[Qt.Key(key)])
        elif self.open and key == Qt.Key.Key_Escape:
            self.leave.emit()
        elif self.open and key in _OTHERS:
            self.pick.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.clicked.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class Finder(QObject):
    """Opens and closes the list of a search box. The list exists only while it is open."""

    typed = Signal(str)
    picked = Signal(object)
    """The choice that was picked."""

    def __init__(self, box: SearchBox, choices: Sequence[Choice]) -> None:
        super().__init__(box)
        self._box = box
        self.found = Found(choices)
        self._list: FoundList | None = None
        box.textEdited.connect(self._typed)
        box.step.connect(self._step)
        box.pick.connect(self._pick_marked)
        box.leave.connect(self.close)
        box.clicked.connect(self.open)
        box.left.connect(self._left)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Find among these from now on."""
        self.close()
        self.found = Found(choices)

    def open(self, words: str = "") -> None:
        """Open the list of what matches the words."""
        self.found.look_for(words)
        if self._list is None:
            self._list = FoundList(self.found, self._box)
            self._list.clicked.connect(self._clicked)
        self._list.lay()
        self._box.open = self._list.isVisible()

    def close(self) -> None:
        self._box.open = False
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
            self._list = None

    def _typed(self, text: str) -> None:
        self.typed.emit(text)
        self.open(text)

    def _step(self, by: int) -> None:
        if self._list is None:
            self.open()
        else:
            self._list.mark(self._list.marked() + by)

    def _clicked(self, index: QModelIndex) -> None:
        self._pick(self.found.choice(index.row()))

    def _pick_marked(self) -> None:
        if self._list is not None and self._list.marked() >= 0:
            self._pick(self.found.choice(self._list.marked()))

    def _pick(self, choice: Choice) -> None:
        self.close()
        self.picked.emit(choice)

    def _left(self) -> None:
        """The keyboard went elsewhere: what was typed is taken if it can mean one thing only."""
        only = self.found.exact and self.found.rowCount() == 1
        if only and self._box.open and self._box.text().strip():
            self._pick(self.found.choice(0))
        self.close()
