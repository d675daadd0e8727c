"""The summary of what is still wrong: a list of links at the top of a page."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from ui.widgets.link_line import LinkLine
from ui.widgets.words import words


class ErrorSummary(QFrame):
    """Each line leads to its field; ``wanted`` carries the field's name."""

    wanted = Signal(str)

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setObjectName("errors")
        self.setProperty("role", "errors")
        self.setAccessibleName(heading)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(4)
        self._column.addWidget(words(heading, "heading"))
        self.lines: dict[str, LinkLine] = {}
        self.hide()

    def show_problems(self, problems: Sequence[tuple[str, str]]) -> None:
        """List (name, sentence) pairs; nothing to list hides the summary."""
        for line in self.lines.values():
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = {}
        for name, sentence in problems:
            self.lines[name] = self._line(name, sentence)
        self.setVisible(bool(problems))
        self.setAccessibleDescription(" ".join(sentence for _name, sentence in problems))

    def _line(self, name: str, sentence: str) -> LinkLine:
        line = LinkLine(sentence, lambda: self.wanted.emit(name), f"error:{name}")
        self._column.addWidget(line)
        return line
