"""A radio button or check box with words that wrap: long answers are read whole, never cut."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QSizePolicy


class ChoiceRow(QFrame):
    """The whole row is the target of a click or touch; the button keeps keyboard and screen reader."""

    def __init__(self, button: QAbstractButton, name: str, words: str, explanation: str = "") -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button = button
        button.setObjectName(name)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(12)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        self.set_words(words, explanation)

    def set_words(self, words: str, explanation: str = "") -> None:
        """Say it in other words; a second paragraph explains what the choice means."""
        self.button.setAccessibleName(words)
        self.button.setAccessibleDescription(explanation)
        self.label.setText(_rich(words, explanation))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() is Qt.MouseButton.LeftButton and self.button.isEnabled():
            self.button.setFocus(Qt.FocusReason.MouseFocusReason)
            self.button.click()


def _rich(words: str, explanation: str) -> str:
    if not explanation:
        return _escaped(words)
    return f"<b>{_escaped(words)}</b><br>{_escaped(explanation)}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
