"""One line to copy to the portal: what it is called, what it says, and a button."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.buttons import button
from ui.widgets.words import words


class CopyRow(QWidget):
    """One click puts the text on the clipboard, and the row says so."""

    def __init__(self, label: str, text: str, say: Callable[..., str]) -> None:
        super().__init__()
        self._text = text
        self._copied = say("portal.copied")
        self._copy = button("do:copy", say("portal.copy"), self._put)
        self._copy.setAccessibleName(say("portal.copy_named", label=label))
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(words(label, "muted"))
        said.addWidget(words(text, "label", "value"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        row.addLayout(said, 1)
        row.addWidget(self._copy)

    def _put(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self._copy.setText(self._copied)
