"""How words are compared: without case, accents, or the two ways to place a tone mark."""

import unicodedata

_APOSTROPHES = "'’‘ʼʻ`´′＇"
_NO_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)


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


def fold_loosely(text: str) -> str:
    """The folded key without punctuation: apostrophes of any kind gone, other signs as spaces.

    ``H'Mông``, ``H’mông`` and ``hmong`` give the same key.
    """
    key = fold(text.translate(_NO_APOSTROPHES))
    return " ".join("".join(c if c.isalnum() else " " for c in key).split())
