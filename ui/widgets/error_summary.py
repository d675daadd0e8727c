"""The summary of what is still wrong: a list at the top of a page, whose lines lead to their fields."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.link_line import LinkLine
from ui.widgets.words import words


@dataclass(frozen=True)
class Mend:
    """One thing to mend: what to do, and how to get there (``None`` where there is nowhere to go)."""

    sentence: str
    go: Callable[[], object] | None = None
    name: str = ""
    """The question or the error's code; the line is called ``error:<name>``."""


class ErrorSummary(QFrame):
    """Hidden while there is nothing to mend; else the first thing read on the page."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("errors")
        self.setProperty("role", "errors")
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.mends: tuple[Mend, ...] = ()
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(4)
        self._column.addWidget(words(title, "heading"))
        self.hide()

    def show_mends(self, mends: Sequence[Mend]) -> None:
        """List what is to be mended; an empty list hides the summary. The same list is left alone."""
        if [(mend.name, mend.sentence) for mend in mends] == [(m.name, m.sentence) for m in self.mends]:
            return
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.mends = tuple(mends)
        self._lines = [_line(mend) for mend in mends]
        for line in self._lines:
            self._column.addWidget(line)
            line.show()
        self.setVisible(bool(mends))
        self.setAccessibleDescription(" ".join(mend.sentence for mend in mends))

    def take_focus(self) -> None:
        """Put the keyboard on the first line that leads somewhere."""
        leading = [line for line in self._lines if isinstance(line, LinkLine)]
        (leading[0] if leading else self).setFocus()


def _line(mend: Mend) -> QWidget:
    name = f"error:{mend.name}" if mend.name else ""
    if mend.go is None:
        return words(mend.sentence, "error", name)
    return LinkLine(mend.sentence, mend.go, name)
