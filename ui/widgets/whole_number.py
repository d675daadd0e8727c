"""A whole number, such as how many copies."""

import re

from ui.widgets.text_line import TextLine

_LETTERS = 15
"""Room for money: 999.999.999.999."""
_GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
"""As money is written: 80.000.000."""


class WholeNumber(TextLine):
    """A narrow box; what is no number stays as typed and the form says what is wrong."""

    def __init__(self) -> None:
        super().__init__(letters=_LETTERS, digits=True)

    def value(self) -> str:
        bare = "".join(self.edit.text().split())
        if _GROUPED.fullmatch(bare):
            bare = bare.replace(".", "")
        return str(int(bare)) if bare.isascii() and bare.isdigit() else bare
