"""What every screen has: the two bars, the page between them, errors, help, keys, reading aloud."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kiosk.domain.errors import WorldError
from ui.widgets.bars import BottomBar, TopActions, TopBar, TopWords, set_icon
from ui.widgets.error_summary import ErrorSummary, Mend
from ui.widgets.help_panel import HelpPanel
from ui.widgets.words import words
from ui.window import Shell


class Screen(QWidget):
    """Base of all screens. A subclass fills ``self.body`` in its ``__init__`` and answers ``entered``."""

    name = ""
    """Name in the window's registry; the object name is ``screen:<name>``."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.setObjectName(f"screen:{self.name}")
        self.setProperty("role", "page")
        self.shell = shell
        self.texts = shell.texts
        self.title_text = ""
        self.on_primary: Callable[[], object] = _nothing
        self.on_back: Callable[[], object] = _nothing
        self.top = TopBar(
            _top_words(self), TopActions(self.go_home, self.read_aloud, shell.set_size, self.toggle_help)
        )
        self.bottom = BottomBar(self.press_back, self.press_primary)
        self.errors = ErrorSummary(self.texts("shell.errors.title"))
        self.loading = words("", "muted", "loading")
        self.help = HelpPanel(self.texts("shell.help.title"))
        self.body = QVBoxLayout()
        self.beside = _margin(self.help)
        self.page = QWidget()
        self.page_area = QScrollArea()
        self._help_wanted = False
        self._loading_timer = QTimer(self, singleShot=True, interval=300)
        self._loading_timer.timeout.connect(self.loading.show)
        _lay_out(self)
        self.theme_changed()

    def entered(self, **kwargs: Any) -> None:
        """Called when the screen is shown, with what the caller of ``Shell.show`` passed."""

    def left(self) -> None:
        """Called once before the screen is thrown away: save what is not saved yet."""

    def set_title(self, title: str, step: str = "") -> None:
        """Say where we are, in the top bar and in the window's title."""
        self.title_text = title
        self.top.set_title(title, step)
        self.setAccessibleName(f"{title}. {step}" if step else title)

    def set_primary(self, text: str, action: Callable[[], object], icon: str = "arrow-right") -> None:
        """Offer the one primary action; an empty text hides the button."""
        self.on_primary = action
        self.bottom.primary.setText(text)
        self.bottom.primary.setAccessibleName(text)
        self.bottom.primary.setVisible(bool(text))
        theme = self.shell.theme
        set_icon(self.bottom.primary, self.shell.assets / "icons", icon, theme, theme.palette.on_primary)
        self.bottom.primary.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def set_back(self, action: Callable[[], object] | None, text: str = "") -> None:
        """Offer the way back; ``None`` hides the button."""
        self.on_back = action or _nothing
        text = text or self.texts("shell.back")
        self.bottom.back.setText(text)
        self.bottom.back.setAccessibleName(text)
        self.bottom.back.setVisible(action is not None)
        set_icon(self.bottom.back, self.shell.assets / "icons", "arrow-left", self.shell.theme)

    def show_saved(self, text: str) -> None:
        """Draw the saved mark; only after the commit returned."""
        self.bottom.saved.setText(text)

    def set_help(self, text: str, title: str = "") -> None:
        """Keep a help text beside the page; an empty one hides the panel."""
        self._help_wanted = bool(text)
        self.help.say(text, title)
        self._place_help()

    def show_mends(self, mends: Sequence[Mend]) -> None:
        """List what is to be mended at the top of the page; none clears the list."""
        self.errors.show_mends(mends)
        if mends:
            self.stop_loading()
            self.page_area.verticalScrollBar().setValue(0)

    def show_world_error(self, error: WorldError) -> None:
        """Say what the world did and what to do; nothing typed is lost."""
        self.show_mends([Mend(self.shell.sentence(error), name=error.code)])

    def start_loading(self, text: str) -> None:
        """Say what is being loaded if it takes longer than 300 ms; the primary action waits."""
        self.loading.setText(text)
        self._loading_timer.start()
        self.bottom.primary.setEnabled(False)

    def stop_loading(self) -> None:
        self._loading_timer.stop()
        self.loading.hide()
        self.bottom.primary.setEnabled(True)

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

    def theme_changed(self) -> None:
        """Redraw what the style sheet does not reach: icons."""
        icons, theme = self.shell.assets / "icons", self.shell.theme
        self.top.dress(theme, icons)
        set_icon(self.bottom.back, icons, "arrow-left", theme)
        set_icon(self.bottom.primary, icons, "arrow-right", theme, theme.palette.on_primary)
        self._place_help()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_help()

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

    def _place_help(self) -> None:
        """The panel stays only where the page keeps room for about fifty letters beside it."""
        self.beside.setVisible(self._help_wanted and self.width() >= 54 * int(self.shell.theme.size))


_KEYS: dict[Qt.Key, Callable[[Screen], None]] = {
    Qt.Key.Key_Return: Screen.press_enter,
    Qt.Key.Key_Enter: Screen.press_enter,
    Qt.Key.Key_Escape: Screen.press_back,
    Qt.Key.Key_F1: Screen.toggle_help,
    Qt.Key.Key_F2: Screen.read_aloud,
}


def _nothing() -> None:
    """No action."""


def _margin(widget: QWidget) -> QWidget:
    """The widget with air around it, as one thing to show and hide."""
    outer = QWidget()
    layout = QVBoxLayout(outer)
    layout.setContentsMargins(0, 24, 24, 24)
    layout.addWidget(widget)
    return outer


def _answers(widget: QWidget) -> bool:
    """Whether the focus may start here."""
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return (
        bool(takes) and widget.isEnabled() and widget.isVisible() and type(widget) is not QAbstractScrollArea
    )


def _top_words(screen: Screen) -> TopWords:
    texts = screen.texts
    sizes = (texts("shell.size.m"), texts("shell.size.l"), texts("shell.size.xl"))
    return TopWords(texts("shell.go_home"), texts("shell.read_aloud"), sizes, texts("shell.help.button"))


def _lay_out(screen: Screen) -> None:
    screen.page.setProperty("role", "scrolled")
    inner = QVBoxLayout(screen.page)
    inner.setContentsMargins(32, 24, 32, 24)
    inner.setSpacing(16)
    inner.addWidget(screen.errors)
    inner.addWidget(screen.loading)
    inner.addLayout(screen.body, 1)
    screen.loading.hide()
    screen.page_area.setWidgetResizable(True)
    screen.page_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    screen.page_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    screen.page_area.setWidget(screen.page)
    middle = QHBoxLayout()
    middle.setContentsMargins(0, 0, 0, 0)
    middle.addWidget(screen.page_area, 3)
    middle.addWidget(screen.beside, 2)
    layout = QVBoxLayout(screen)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(screen.top)
    layout.addLayout(middle, 1)
    layout.addWidget(screen.bottom)
