"""The two bars every screen has: where am I (top), and where do I go (bottom)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.theme import Size, Theme
from ui.widgets.buttons import button
from ui.widgets.icons import icon


@dataclass(frozen=True)
class TopActions:
    """What the top bar's buttons do."""

    home: Callable[[], object]
    read_aloud: Callable[[], object]
    size: Callable[[Size], object]
    help: Callable[[], object]


@dataclass(frozen=True)
class TopWords:
    """The words of the top bar."""

    home: str
    read_aloud: str
    size_names: tuple[str, str, str]
    help: str


class TopBar(QWidget):
    """Home, title and step; read aloud, three text sizes, help."""

    def __init__(self, words: TopWords, actions: TopActions) -> None:
        super().__init__()
        self.setProperty("role", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.home = button("do:home", words.home, actions.home, "plain")
        self._named, self._step = "", ""
        self.title = QLabel()
        self.title.setObjectName("title")
        self.title.setProperty("role", "bar-title")
        self.title.setWordWrap(True)
        self.title.setIndent(16)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.read_aloud = button("do:read_aloud", words.read_aloud, actions.read_aloud, "plain")
        self.sizes = [
            _size_button(size, name, actions) for size, name in zip(Size, words.size_names, strict=True)
        ]
        self.help = button("do:help", words.help, actions.help, "plain")
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(4)
        layout.addWidget(self.home)
        layout.addWidget(self.title, 1)
        layout.addWidget(self.read_aloud)
        for size in self.sizes:
            layout.addWidget(size)
        layout.addWidget(self.help)

    def set_title(self, title: str, step: str = "") -> None:
        self._named, self._step = title, step
        self._fit_title()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_title()

    def _fit_title(self) -> None:
        """At most two lines; a long title gives way to the step, and is told whole when asked."""
        whole = f"{self._named}  ·  {self._step}" if self._step else self._named
        letters, room = self.title.fontMetrics(), self.title.contentsRect().width() - self.title.indent()
        tall = letters.boundingRect(QRect(0, 0, room, 0), Qt.TextFlag.TextWordWrap, whole).height()
        if self._step and room > 0 and tall > 2 * letters.lineSpacing():
            short = letters.elidedText(self._named, Qt.TextElideMode.ElideRight, room)
            self.title.setText(f"{short}\n{self._step}")
        else:
            self.title.setText(whole)
        self.title.setToolTip(whole if self.title.text() != whole else "")

    def dress(self, theme: Theme, icons: Path) -> None:
        """Put icons and text sizes on the buttons."""
        pictures = {self.home: "house", self.read_aloud: "volume-2", self.help: "circle-question-mark"}
        for made, name in pictures.items():
            set_icon(made, icons, name, theme)
        for made, size in zip(self.sizes, Size, strict=True):
            made.setChecked(size is theme.size)
            font = made.font()
            font.setPixelSize({Size.M: 16, Size.L: 20, Size.XL: 26}[size])
            made.setFont(font)
            made.setStyleSheet(f"font-size: {font.pixelSize()}px")


class BottomBar(QWidget):
    """Back on the left, what was saved in the middle, the one primary action on the right."""

    def __init__(self, back: Callable[[], object], primary: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back = button("back", "", back)
        self.saved = QLabel()
        self.saved.setObjectName("saved")
        self.saved.setProperty("role", "muted")
        self.primary = button("primary", "", primary, "primary")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(12)
        self._row.addWidget(self.back)
        self._row.addStretch(1)
        self._row.addWidget(self.saved)
        self._row.addStretch(1)
        self._row.addWidget(self.primary)

    def add_before_primary(self, other: QPushButton) -> None:
        """Put a second, quieter button beside the primary one."""
        self._row.insertWidget(self._row.indexOf(self.primary), other)


def set_icon(made: QPushButton, icons: Path, name: str, theme: Theme, colour: str = "") -> None:
    """Put an icon before a button's words."""
    pixels = theme.pixels(20)
    made.setIcon(icon(icons, name, colour or theme.palette.primary, pixels))
    made.setIconSize(QSize(pixels, pixels))


def _size_button(size: Size, name: str, actions: TopActions) -> QPushButton:
    made = button(f"size:{size.name}", "A", lambda: actions.size(size), "size")
    made.setAccessibleName(name)
    made.setToolTip(name)
    made.setCheckable(True)
    return made
