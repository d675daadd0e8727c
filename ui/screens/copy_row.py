"""One line to copy to the portal: what it is called, what it says, and a button."""

import re
from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.buttons import button
from ui.widgets.words import words

_BREAKS = re.compile(r"[/\\](?=\S)")
"""Where the name of a folder, which has no spaces, may go on in the next line."""


class CopyRow(QWidget):
    """One click puts the text on the clipboard, and the row says so."""

    def __init__(self, label: str, text: str, say: Callable[..., str], *, path: bool = False) -> None:
        """``path``: the text is the name of a folder."""
        super().__init__()
        self._text = text
        self._copied = say("portal.copied")
        self._copy = button("do:copy", say("portal.copy"), self._put)
        self._copy.setAccessibleName(say("portal.copy_named", label=label))
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(words(label, "muted"))
        shown = _BREAKS.sub("\\g<0>\u200b", text) if path else text
        said.addWidget(words(shown, "label", "value"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(16)
        row.addLayout(said, 1)
        row.addWidget(self._copy)

    def _put(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self._copy.setText(self._copied)
