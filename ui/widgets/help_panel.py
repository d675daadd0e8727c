"""Plain words for the field in focus, on the right of a page."""

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from ui.widgets.words import words


class HelpPanel(QFrame):
    """A heading, what to know about the field, and nothing else; empty help shows the page's own."""

    def __init__(self, heading: str, general: str) -> None:
        super().__init__()
        self.setObjectName("help")
        self.setProperty("role", "help")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._general = general
        self._heading = heading
        self.heading = words(heading, "heading", "help:title")
        self.body = words(general, name="help:text")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self.body)
        column.addStretch(1)

    def show_help(self, subject: str, text: str) -> None:
        """Explain a field; without a text the page's general words come back."""
        self.heading.setText(subject if text else self._heading)
        self.body.setText(text or self._general)

    def spoken(self) -> str:
        """What is read aloud."""
        return f"{self.heading.text()}. {self.body.text()}"
