"""A whole number, such as how many copies."""

from ui.widgets.text_line import TextLine

_LETTERS = 6


class WholeNumber(TextLine):
    """A narrow box; what is no number stays as typed and the form says what is wrong."""

    def __init__(self) -> None:
        super().__init__(letters=_LETTERS, digits=True)

    def value(self) -> str:
        bare = "".join(self.edit.text().split())
        return str(int(bare)) if bare.isascii() and bare.isdigit() else bare
