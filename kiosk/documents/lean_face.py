"""A TrueType face that takes a twentieth of the memory: 8 MB less for the four cuts we print with.

reportlab keeps the whole file and a dictionary entry for each of three thousand letters; a visit prints with
a hundred of them.
"""

import copy
import os
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import TTFontFace

from kiosk.domain.errors import WorldError


class LeanFace(TTFontFace):  # type: ignore[misc]
    """A face whose tables are packed, and whose file is read when letters are taken out of it."""

    def __init__(self, face: TTFontFace, path: Path) -> None:
        """The same face, which was read from ``path`` just now."""
        self.__dict__ |= face.__dict__
        self._path, self._stamp = path, _stamp(path.stat())
        self._ttf_data = b""
        self.charToGlyph = PackedTable(face.charToGlyph, "H")
        self.charWidths = PackedTable(face.charWidths, "d")
        self.glyphPos = array("I", face.glyphPos)
        self.hmetrics = PackedPairs(face.hmetrics)
        del self.glyphToChar  # it only served to read the widths

    def makeSubset(self, subset: Any) -> Any:  # noqa: N802 - so reportlab calls it
        """The font file with these letters alone; on a copy, so that two threads may draw at once.

        ``WorldError`` document.fonts if the file is gone or another one.
        """
        whole = copy.copy(self)
        whole.__dict__["_ttf_data"] = self._read()
        return TTFontFace.makeSubset(whole, subset)

    def _read(self) -> bytes:
        try:
            with self._path.open("rb") as file:
                if _stamp(os.fstat(file.fileno())) == self._stamp:
                    return file.read()
        except OSError as error:
            raise WorldError("document.fonts", file=self._path.name) from error
        raise WorldError("document.fonts", file=self._path.name)


class PackedTable(Mapping[int, float]):
    """A table of numbers by number, in two arrays."""

    def __init__(self, table: Mapping[int, float], kind: str) -> None:
        """``kind`` is that of ``array`` for the values."""
        self._keys = array("I", sorted(table))
        self._values = array(kind, [table[key] for key in self._keys])

    def __getitem__(self, key: int) -> float:
        at = bisect_left(self._keys, key)
        if at < len(self._keys) and self._keys[at] == key:
            number: float = self._values[at]
            return number
        raise KeyError(key)

    def __iter__(self) -> Iterator[int]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class PackedPairs(Sequence[tuple[int, int]]):
    """Pairs of numbers of 16 bits, in one array."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        self._flat = array("H", chain.from_iterable(pairs))

    def __getitem__(self, at: Any) -> Any:
        return self._flat[2 * at], self._flat[2 * at + 1]

    def __len__(self) -> int:
        return len(self._flat) // 2


def _stamp(found: os.stat_result) -> tuple[int, int]:
    return found.st_size, found.st_mtime_ns
