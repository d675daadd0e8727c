"""A number that may have a fraction, written as people here write it: 3,5."""

from ui.widgets.text_line import TextLine

_LETTERS = 12


class DecimalNumber(TextLine):
    """Stores ``3.5`` and shows ``3,5``; either may be typed. What is no number stays as typed."""

    def __init__(self, letters: int = _LETTERS) -> None:
        super().__init__(letters=letters)

    def value(self) -> str:
        bare = "".join(self.edit.text().split())
        return bare.replace(",", ".") if bare.count(",") == 1 and "." not in bare else bare

    def set_value(self, value: str) -> None:
        if value != self.value():
            self.edit.setText(value.replace(".", ",") if value.count(".") == 1 else value)
            self.edit.setCursorPosition(0)
