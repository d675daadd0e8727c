"""The letters we print with: Tinos (as wide as Times), every Vietnamese letter in it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from kiosk.documents.lean_face import LeanFace
from kiosk.domain.errors import WorldError

_CUTS = ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")


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


class _Widths(dict[str, float]):
    """Widths of the letters that were asked for: a page has a hundred of the font's three thousand."""

    def __init__(self, face: LeanFace) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, letter: str) -> float:
        if ord(letter) not in self._face.charToGlyph:
            raise KeyError(letter)
        width: float = self._face.charWidths[ord(letter)] / 1000
        self[letter] = width
        return width


class Faces:
    """The four cuts of a family; each is read when it is first printed with."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def regular(self) -> Face:
        return _load(self._folder / _CUTS[0])

    @cached_property
    def bold(self) -> Face:
        return _load(self._folder / _CUTS[1])

    @cached_property
    def italic(self) -> Face:
        return _load(self._folder / _CUTS[2])

    @cached_property
    def bold_italic(self) -> Face:
        return _load(self._folder / _CUTS[3])

    def pick(self, *, bold: bool, italic: bool) -> Face:
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.regular


@lru_cache(maxsize=4)
def load_faces(folder: Path) -> Faces:
    """Tinos from a folder, each cut registered once; ``document.fonts`` if a file is missing or broken."""
    for name in _CUTS:
        if not (folder / name).is_file():
            raise WorldError("document.fonts", file=name)
    return Faces(folder)


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
    font.face = LeanFace(font.face, path)
    pdfmetrics.registerFont(font)
    return Face(name, _Widths(font.face))
