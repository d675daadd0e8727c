"""The letters we print with: Tinos (as wide as Times), every Vietnamese letter in it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from kiosk.domain.errors import WorldError


@dataclass(frozen=True, eq=False)
class Face:
    """One cut of the family; ``widths`` per letter at a size of one point."""

    name: str
    widths: Mapping[str, float]

    def width(self, text: str) -> float:
        """Points that the text takes at size 1; ``document.glyph`` if a letter cannot be printed."""
        widths = self.widths
        try:
            return sum([widths[letter] for letter in text])
        except KeyError as error:
            raise WorldError("document.glyph", sign=f"U+{ord(error.args[0]):04X}") from None


@dataclass(frozen=True, eq=False)
class Faces:
    """The four cuts of a family."""

    regular: Face
    bold: Face
    italic: Face
    bold_italic: Face

    def pick(self, *, bold: bool, italic: bool) -> Face:
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.regular


@lru_cache(maxsize=4)
def load_faces(folder: Path) -> Faces:
    """Tinos from a folder, registered once; ``document.fonts`` if a file is missing or broken."""
    return Faces(*(_load(folder / f"Tinos-{cut}.ttf") for cut in ("Regular", "Bold", "Italic", "BoldItalic")))


def printable(text: str) -> str:
    """Text as it is printed: NFC, spaces made one, invisible signs left out."""
    visible = (c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
    return " ".join(unicodedata.normalize("NFC", "".join(visible)).split())


def _load(path: Path) -> Face:
    name = str(path)
    try:
        font = TTFont(name, name)
    except TTFError:
        raise WorldError("document.fonts", file=path.name) from None
    pdfmetrics.registerFont(font)
    widths = {
        chr(code): width / 1000
        for code, width in font.face.charWidths.items()
        if code in font.face.charToGlyph
    }
    return Face(name, widths)
