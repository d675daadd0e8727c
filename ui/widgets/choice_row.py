"""A radio button or check box with words that wrap: long answers are read whole, never cut."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from ui.theme import set_role
from ui.widgets.said import Said
from ui.widgets.words import words


class ChoiceRow(QFrame):
    """The whole row is the target of a click or touch; the button keeps keyboard and screen reader."""

    def __init__(self, button: QAbstractButton, name: str, said: str, explanation: str = "") -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button = button
        button.setObjectName(name)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.label = words(role="label" if explanation else "")
        column = QVBoxLayout()
        column.setContentsMargins(0, 10, 0, 8)
        column.setSpacing(2)
        column.addWidget(self.label)
        self.explanation = Said("muted", "explanation", column.addWidget)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.set_words(said, explanation)

    def set_words(self, said: str, explanation: str = "") -> None:
        """Say it in other words; a second paragraph explains what the choice means."""
        self.button.setAccessibleName(said)
        self.button.setAccessibleDescription(explanation)
        self.label.setText(said)
        if explanation and self.label.property("role") != "label":
            set_role(self.label, "label")
        self.explanation.say(explanation)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() is Qt.MouseButton.LeftButton and self.button.isEnabled():
            self.button.setFocus(Qt.FocusReason.MouseFocusReason)
            self.button.click()
