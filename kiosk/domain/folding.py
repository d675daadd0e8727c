"""How words are compared: without case, accents, or the two ways to place a tone mark."""

import unicodedata


def tidy(text: str) -> str:
    """What a person typed, in NFC, outer spaces cut and inner runs made one."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """A key for search and comparison: casefolded, marks stripped, đ → d, spaces made one.

    ``Hoà Vang``, ``Hòa Vang`` and ``hoa vang`` give the same key.
    """
    bare = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(letters.replace("đ", "d").split())
