"""How every screen is laid out: the two bars, the page between them, what is to be mended, help."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.bars import BottomBar, TopActions, TopBar, TopWords, set_icon
from ui.widgets.error_summary import ErrorSummary, Mend
from ui.widgets.help_panel import HelpPanel
from ui.widgets.scrolled import scrolled
from ui.widgets.words import words
from ui.window import Shell, TextSource


class Page(QWidget):
    """The look of a screen; what its buttons and keys do is the ``Screen``'s business."""

    def __init__(
        self, shell: Shell, top: TopActions, back: Callable[[], object], primary: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.shell = shell
        self.texts = shell.texts
        self.title_text = ""
        self.on_primary: Callable[[], object] = _nothing
        self.on_back: Callable[[], object] = _nothing
        self.top = TopBar(_top_words(shell.texts), top)
        self.bottom = BottomBar(back, primary)
        self.errors = ErrorSummary(self.texts("shell.errors.title"))
        self.loading = words("", "muted", "loading")
        self.help = HelpPanel(self.texts("shell.help.title"))
        self.body = QVBoxLayout()
        self.beside = _margin(self.help)
        self.page = QWidget()
        self.page_area = scrolled()
        self._primary_icon = "arrow-right"
        self._help_wanted = False
        self._loading_timer = QTimer(self, singleShot=True, interval=300)
        self._loading_timer.timeout.connect(self.loading.show)
        _lay_out(self)

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
        self._primary_icon = icon
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

    def start_loading(self, text: str) -> None:
        """Say what is being loaded if it takes longer than 300 ms; the primary action waits."""
        self.loading.setText(text)
        self._loading_timer.start()
        if self.bottom.primary.hasFocus():
            self.setFocus()  # a button that cannot be pressed would hand the keyboard to some field
        self.bottom.primary.setEnabled(False)

    def stop_loading(self) -> None:
        self._loading_timer.stop()
        self.loading.hide()
        self.bottom.primary.setEnabled(True)
        if self.hasFocus():
            self.bottom.primary.setFocus()

    def theme_changed(self) -> None:
        """Redraw what the style sheet does not reach: icons."""
        icons, theme = self.shell.assets / "icons", self.shell.theme
        self.top.dress(theme, icons)
        set_icon(self.bottom.back, icons, "arrow-left", theme)
        set_icon(self.bottom.primary, icons, self._primary_icon, theme, theme.palette.on_primary)
        self._place_help()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_help()

    def _place_help(self) -> None:
        """The panel stays only where the page keeps room for about fifty letters beside it."""
        self.beside.setVisible(self._help_wanted and self.width() >= 54 * int(self.shell.theme.size))


def _nothing() -> None:
    """No action."""


def _margin(widget: QWidget) -> QWidget:
    """The widget with air around it, as one thing to show and hide."""
    outer = QWidget()
    layout = QVBoxLayout(outer)
    layout.setContentsMargins(0, 24, 24, 24)
    layout.addWidget(widget)
    return outer


def _top_words(texts: TextSource) -> TopWords:
    sizes = (texts("shell.size.m"), texts("shell.size.l"), texts("shell.size.xl"))
    return TopWords(texts("shell.go_home"), texts("shell.read_aloud"), sizes, texts("shell.help.button"))


def _lay_out(page: Page) -> None:
    page.page.setProperty("role", "scrolled")
    inner = QVBoxLayout(page.page)
    inner.setContentsMargins(32, 24, 32, 24)
    inner.setSpacing(16)
    inner.addWidget(page.errors)
    inner.addWidget(page.loading)
    inner.addLayout(page.body, 1)
    page.loading.hide()
    page.page_area.setWidget(page.page)
    middle = QHBoxLayout()
    middle.setContentsMargins(0, 0, 0, 0)
    middle.addWidget(page.page_area, 3)
    middle.addWidget(page.beside, 2)
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(page.top)
    layout.addLayout(middle, 1)
    layout.addWidget(page.bottom)
