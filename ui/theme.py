"""How everything looks: colour roles, text sizes, and the one style sheet made of them.

Widgets never name a colour; they carry a ``role`` property and the style sheet does the rest.
"""

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from string import Template

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QWidget

FAMILY = "Be Vietnam Pro"


class Size(IntEnum):
    """Height of body text in pixels."""

    M = 18
    L = 24
    XL = 30


@dataclass(frozen=True)
class Palette:
    """Colours by what they mean; every pair used on a screen has a contrast of 4.5 or more."""

    page: str = "#F4F6F8"
    surface: str = "#FFFFFF"
    text: str = "#14212B"
    muted: str = "#4A5A68"
    line: str = "#B9C4CE"
    edge: str = "#5C6B78"
    primary: str = "#0B5CAD"
    primary_pressed: str = "#084884"
    primary_surface: str = "#E7F0FA"
    on_primary: str = "#FFFFFF"
    ok: str = "#0B6B3A"
    ok_surface: str = "#E6F4EC"
    warn: str = "#8A5A00"
    warn_surface: str = "#FFF4D6"
    error: str = "#B3261E"
    error_surface: str = "#FDECEA"
    focus: str = "#FFB000"
    focus_line: str = "#14212B"
    practice: str = "#5B2A86"
    on_practice: str = "#FFFFFF"


HIGH_CONTRAST = Palette(
    page="#000000",
    surface="#000000",
    text="#FFFFFF",
    muted="#FFFFFF",
    line="#FFFFFF",
    edge="#FFFFFF",
    primary="#FFFF00",
    primary_pressed="#FFFFFF",
    primary_surface="#1A1A00",
    on_primary="#000000",
    ok="#7CFF9B",
    ok_surface="#000000",
    warn="#FFFF00",
    warn_surface="#000000",
    error="#FFB3AD",
    error_surface="#000000",
    focus="#FFFF00",
    focus_line="#000000",
    practice="#FFFFFF",
    on_practice="#000000",
)


@dataclass(frozen=True)
class Theme:
    """A palette at a text size."""

    size: Size = Size.M
    high_contrast: bool = False

    @property
    def palette(self) -> Palette:
        return HIGH_CONTRAST if self.high_contrast else Palette()

    def pixels(self, at_m: int) -> int:
        """A text height or icon size that is ``at_m`` pixels at size M."""
        return round(at_m * self.size / Size.M)

    def room(self, at_m: int) -> int:
        """A padding or target size: grows with the text, but half as fast, so that pages still fit."""
        return round(at_m * (1 + (self.size / Size.M - 1) / 2))


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget that is shown already another look (``ok``, ``error`` …); before, set the property."""
    widget.setProperty("role", role)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def load_fonts(folder: Path) -> None:
    """Bring the bundled letters in; the system's own fonts are never relied on."""
    for weight in ("Regular", "SemiBold"):
        QFontDatabase.addApplicationFont(str(folder / f"BeVietnamPro-{weight}.ttf"))


def base_font(theme: Theme) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(int(theme.size))
    return font


def style_sheet(theme: Theme, icons: Path) -> str:
    """The application's whole style sheet at a theme; ``icons`` holds the tick of check boxes."""
    box = theme.room(24)
    ring = box // 3
    values: dict[str, object] = dict(vars(theme.palette))
    values.update({f"px{n}": theme.pixels(n) for n in (14, 16, 18, 20, 22, 28, 36)})
    values.update({f"room{n}": theme.room(n) for n in (4, 8, 10, 12, 16, 24, 28, 32, 44, 56)})
    values |= {"radio_radius": box // 2 + 2, "radio_ring": ring, "radio_dot": box + 4 - 2 * ring}
    values["tick"] = (icons / ("tick-dark.svg" if theme.high_contrast else "tick-light.svg")).as_posix()
    return Template(_SHEET).substitute(values)


_SHEET = """
* { font-family: "Be Vietnam Pro"; }
QWidget { color: $text; font-size: ${px18}px; }
QWidget[role="page"], QWidget[role="page"] > QScrollArea, QWidget[role="scrolled"] { background: $page; }
QScrollArea { border: none; background: transparent; }
QToolTip { color: $text; background: $surface; border: 1px solid $edge; padding: 4px; }

QWidget[role="top"], QWidget[role="bottom"] { background: $surface; }
QWidget[role="top"] { border-bottom: 1px solid $line; }
QWidget[role="bottom"] { border-top: 1px solid $line; }
QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="help"] { background: $primary_surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="errors"] { background: $surface; border: 4px solid $error; border-radius: 8px; }
QFrame[role="notice"] {
  background: $warn_surface; border: 1px solid $warn; border-left: 6px solid $warn;
  border-radius: 8px;
}
QFrame[role="good"] {
  background: $ok_surface; border: 1px solid $ok; border-left: 6px solid $ok; border-radius: 8px;
}
QFrame[role="practice"] { background: $practice; border: none; border-radius: 8px; }
QFrame[role="practice"] QLabel { color: $on_practice; font-weight: 600; }
QFrame[role="question"] { border: none; }
QFrame[role="question"][problem="true"] { border-left: 6px solid $error; }
QFrame[role="choice"] { border-radius: 8px; }
QFrame[role="choice"]:hover { background: $primary_surface; }
QFrame[role="panel-ok"] { background: $ok; border: 3px solid $ok; border-radius: 8px; }
QFrame[role="divider"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QLabel[role="paper"] { background: #FFFFFF; border-radius: 8px; }
QLabel[role="band"] { background: $practice; color: $on_practice; font-weight: 600; padding: 6px 24px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${px28}px; font-weight: 600; }
QLabel[role="huge"] { font-size: ${px36}px; font-weight: 600; }
QLabel[role="heading"] { font-size: ${px22}px; font-weight: 600; }
QLabel[role="label"] { font-weight: 600; }
QLabel[role="bar-title"] { font-weight: 600; font-size: ${px20}px; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="small"] { color: $muted; font-size: ${px16}px; }
QLabel[role="ok"] { color: $ok; font-weight: 600; }
QLabel[role="source"] { color: $ok; font-weight: 600; min-height: ${room44}px; }
QLabel[role="warn"] { color: $warn; font-weight: 600; }
QLabel[role="error"] { color: $error; font-weight: 600; }
QLabel[role="on-panel"] { color: $on_primary; }
QLabel[role="panel-title"] { color: $on_primary; font-size: ${px28}px; font-weight: 600; }
QLabel[role="panel-code"] { color: $on_primary; font-size: ${px36}px; font-weight: 600; }
QLabel[role="boxword"] { color: $muted; font-size: ${px16}px; }

QPushButton {
  background: $surface; color: $primary; border: 2px solid $primary; border-radius: 8px;
  min-height: ${room28}px; padding: ${room8}px ${room16}px; font-weight: 600; text-align: center;
}
QPushButton:hover { background: $primary_surface; }
QPushButton:pressed {
  background: $primary_surface; border-color: $primary_pressed; color: $primary_pressed;
}
QPushButton:disabled { color: $muted; border-color: $line; }
QPushButton[role="primary"] {
  background: $primary; color: $on_primary; min-height: ${room32}px;
  padding: ${room10}px ${room32}px;
}
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed {
  background: $primary_pressed; border-color: $primary_pressed;
}
QPushButton[role="primary"]:disabled { background: $muted; border-color: $muted; color: $surface; }
QPushButton[role="plain"], QPushButton[role="size"] {
  background: transparent; border: 2px solid transparent; padding: ${room8}px ${room12}px;
}
QPushButton[role="plain"]:hover, QPushButton[role="size"]:hover { background: $primary_surface; }
QPushButton[role="size"] { padding: 0 4px; min-width: 36px; min-height: 40px; }
QPushButton[role="size"]:checked { border: 2px solid $primary; }
QPushButton[role="choice"]:checked { background: $primary; color: $surface; }
QPushButton[role="row"] {
  text-align: left; background: $surface; color: $text; border: 1px solid $edge;
  padding: ${room10}px ${room16}px;
}
QPushButton[role="row"]:hover { background: $primary_surface; border-color: $primary; }
QPushButton[role="link"] { background: transparent; border: none; padding: 0; }
QLabel[role="link"] { color: $error; text-decoration: underline; font-weight: 600; }
QLabel[role="row-text"] { font-weight: 600; }

QLineEdit, QPlainTextEdit, QComboBox {
  background: $surface; color: $text; border: 2px solid $edge; border-radius: 8px;
  padding: ${room8}px ${room12}px; min-height: ${room24}px;
  selection-background-color: $primary; selection-color: $on_primary;
}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border-color: $focus_line; }
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"] {
  border: 3px solid $error;
}
QLineEdit:read-only { background: $page; color: $muted; }
QComboBox::drop-down { border: none; width: ${room32}px; }
QAbstractItemView { background: $surface; color: $text; border: 1px solid $edge; outline: none;
  selection-background-color: $primary; selection-color: $on_primary; }
QAbstractItemView::item { min-height: ${room44}px; padding: 0 ${room12}px; }
QListView[role="found"] { border: 2px solid $focus_line; border-radius: 8px; }
QListWidget[role="big"] { border: 1px solid $line; border-radius: 8px; }
QListWidget[role="big"]::item { border-bottom: 1px solid $line; padding: ${room8}px ${room12}px; }
QListWidget[role="big"]::item:hover { background: $primary_surface; color: $text; }
QListWidget[role="big"]::item:selected { background: $primary; color: $on_primary; }

QRadioButton, QCheckBox { spacing: ${room12}px; min-height: ${room44}px; background: transparent; }
QRadioButton::indicator, QCheckBox::indicator {
  width: ${room24}px; height: ${room24}px; border: 2px solid $edge; background: $surface;
}
QRadioButton::indicator { border-radius: ${radio_radius}px; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator:checked {
  border: ${radio_ring}px solid $primary; width: ${radio_dot}px; height: ${radio_dot}px;
}
QCheckBox::indicator:checked { background: $primary; border-color: $primary; image: url("$tick"); }
QScrollBar:vertical { background: $page; width: 18px; margin: 0; }
QScrollBar::handle:vertical { background: $edge; border-radius: 5px; min-height: 48px; margin: 2px 4px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
"""
