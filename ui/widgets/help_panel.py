"""Plain words for the field in focus, on the right of a page."""

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.scrolled import scrolled
from ui.widgets.words import words


class HelpPanel(QFrame):
    """A heading and what to know; the page decides when it is seen."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("help")
        self.setProperty("role", "help")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.text = ""
        self._title = title
        self.heading = words(title, "heading", "help:title")
        self.body = words("", name="help:text")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self.body)
        column.addStretch(1)
        self._area = scrolled(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(2, 2, 2, 2)
        outer.addWidget(self._area)

    def say(self, text: str, title: str = "") -> None:
        """Explain this; without a title of its own the panel keeps its usual one."""
        self.text = text
        if text != self.body.text():
            self._area.verticalScrollBar().setValue(0)
        self.heading.setText(title or self._title)
        self.body.setText(text)
