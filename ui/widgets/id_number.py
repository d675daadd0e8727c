"""The number of an identity card, grouped as people read it aloud: 048 095 001234."""

from ui.widgets.text_line import TextLine

_LETTERS = 16


class IdNumber(TextLine):
    """Stores digits without spaces; shows them in groups. A passport's letters stay as typed."""

    def __init__(self) -> None:
        super().__init__(letters=_LETTERS, digits=False)

    def value(self) -> str:
        return "".join(self.edit.text().split()).upper()

    def set_value(self, value: str) -> None:
        if value != self.value():
            self.edit.setText(grouped(value))
            self.edit.setCursorPosition(0)

    def shown(self, text: str) -> str:
        return grouped(text)


def grouped(text: str) -> str:
    """Digits as 048 095 001234 (3, 3, rest); anything else unchanged but for capital letters."""
    bare = "".join(text.split())
    if not (bare.isascii() and bare.isdigit()):
        return text.upper()
    return " ".join(part for part in (bare[:3], bare[3:6], bare[6:]) if part)
