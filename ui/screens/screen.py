"""What every screen does: it is entered and left, says errors, answers keys, reads itself aloud."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QPushButton,
    QWidget,
)

from kiosk.domain.errors import WorldError
from ui.screens.page import Page
from ui.widgets.bars import TopActions
from ui.widgets.error_summary import Mend
from ui.window import Shell


class Screen(Page):
    """Base of all screens. A subclass fills ``self.body`` in its ``__init__`` and answers ``entered``."""

    name = ""
    """Name in the window's registry; the object name is ``screen:<name>``."""

    def __init__(self, shell: Shell) -> None:
        actions = TopActions(self.go_home, self.read_aloud, shell.set_size, self.toggle_help)
        super().__init__(shell, actions, self.press_back, self.press_primary)
        self.setObjectName(f"screen:{self.name}")
        self.theme_changed()

    def entered(self, **kwargs: Any) -> None:
        """Called when the screen is shown, with what the caller of ``Shell.show`` passed."""

    def left(self) -> None:
        """Called once before the screen is thrown away: save what is not saved yet."""

    def show_world_error(self, error: WorldError) -> None:
        """Say what the world did and what to do; nothing typed is lost."""
        self.show_mends([Mend(self.shell.sentence(error), name=error.code)])

    def press_primary(self) -> None:
        if self.bottom.primary.isEnabled():
            self.on_primary()

    def press_back(self) -> None:
        self.on_back()

    def go_home(self) -> None:
        """Home; everything is saved already."""
        self.shell.show("home")
        self.shell.end_visit()

    def toggle_help(self) -> None:
        """F1: help for this page."""
        if not self.help.text:
            self.help.say(self.texts("shell.help.general"))
        self.beside.setVisible(not self.beside.isVisible())

    def read_aloud(self) -> None:
        """F2: read the page, or be silent again."""
        self.shell.devices.voice.toggle(self.spoken_text())

    def spoken_text(self) -> str:
        """What reading aloud says: the title, what is to be mended, then the words of the page."""
        page = self.page.findChildren(QLabel)
        seen = [label.text() for label in page if label.isVisible() and label.text()]
        return ". ".join([self.title_text, *seen])

    def focus_first(self) -> None:
        """Put the focus on the first thing to answer, else on the primary action."""
        for widget in self.page.findChildren(QWidget):
            if _answers(widget):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.bottom.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Esc, F1, F2, wherever the focus is; controls that need the key themselves keep it."""
        action = _KEYS.get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
            return
        action(self)
        event.accept()

    def press_enter(self) -> None:
        """Enter presses the focused button, else the primary action."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
        elif not isinstance(focused, QAbstractItemView):
            self.press_primary()


_KEYS: dict[Qt.Key, Callable[[Screen], None]] = {
    Qt.Key.Key_Return: Screen.press_enter,
    Qt.Key.Key_Enter: Screen.press_enter,
    Qt.Key.Key_Escape: Screen.press_back,
    Qt.Key.Key_F1: Screen.toggle_help,
    Qt.Key.Key_F2: Screen.read_aloud,
}


def _answers(widget: QWidget) -> bool:
    """Whether the focus may start here."""
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return (
        bool(takes) and widget.isEnabled() and widget.isVisible() and type(widget) is not QAbstractScrollArea
    )
