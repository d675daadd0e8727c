"""A telephone number or another number that is no amount; written with spaces or dots, stored without."""

from PySide6.QtCore import Qt

from kiosk.domain.typed_number import plain_number
from ui.widgets.text_line import TextLine


class NumberLine(TextLine):
    """Stores what ``plain_number`` makes of it; what was typed stays as it was written."""

    def __init__(self, letters: int) -> None:
        super().__init__(letters=letters)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def value(self) -> str:
        return plain_number(super().value())
