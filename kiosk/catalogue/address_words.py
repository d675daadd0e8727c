"""How an address is taken apart and its names compared, whatever way somebody wrote them."""

import re
import unicodedata
from collections.abc import Iterable

from kiosk.domain.folding import fold, tidy

_KIND = re.compile(
    r"(?P<kind>thanh pho|thi tran|thi xa|dac khu|phuong|huyen|tinh|quan|xa"
    r"|t\.?p|t\.?x|t\.?t|d\.?k|p|q|h|x|t)"
    r"(?:\s*\.\s*|\s+|(?=\d))(?P<rest>.+)"
)
_LONG = {
    "tp": "thanh pho",
    "tx": "thi xa",
    "tt": "thi tran",
    "dk": "dac khu",
    "p": "phuong",
    "q": "quan",
    "h": "huyen",
    "x": "xa",
    "t": "tinh",
}
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_COUNTRY = "vietnam"
COMMUNE_KINDS = frozenset(("phuong", "xa", "thi tran", "dac khu"))
"""Kinds of the lowest level; a district never bears one."""
DISTRICT_KINDS = frozenset(("quan", "huyen", "thi xa", "thanh pho"))
"""Kinds of the level that is gone; a commune never bears one."""


def parts_of(address: str) -> list[str]:
    """The parts of an address from the smallest to the largest, without the country.

    Commas or semicolons separate; where there are none, hyphens between spaces do.
    """
    text = tidy(address).strip(" .,;-")
    parts = re.split(r"[,;]", text)
    if len(parts) == 1:
        parts = text.split(" - ")
    named = [part.strip(" .") for part in parts if part.strip(" .")]
    return named[:-1] if named and bare_key(named[-1]) == _COUNTRY else named


def split_kind(name: str) -> tuple[str, str]:
    """The folded kind of a unit (``phuong``, ``huyen`` …; empty if none stands there) and its folded name."""
    folded = fold(name)
    match = _KIND.fullmatch(folded)
    if match is None:
        return "", folded
    kind = match["kind"].replace(".", "")
    return _LONG.get(kind, kind), match["rest"]


def bare_key(folded: str) -> str:
    """Letters and digits only, numbers without leading zeros: ``Phường 01`` and ``phuong 1`` agree."""
    letters = re.sub(r"[^0-9a-z]", "", fold(folded))
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", letters)


def bare_name(name: str) -> str:
    """The key of an official name without its kind: ``Phường Hải Vân`` gives ``haivan``."""
    return bare_key(split_kind(name)[1])


def name_keys(name: str) -> frozenset[str]:
    """Keys under which a typed name may be found: as it stands, and without its kind."""
    return frozenset((bare_key(name), bare_name(name)))


def best_named(name: str, official: Iterable[str]) -> list[str]:
    """Which of the official names somebody means; kind and accents decide where several share the letters."""
    kind, keys = split_kind(name)[0], name_keys(name)
    found = [each for each in official if bare_name(each) in keys]
    found = [each for each in found if kind and split_kind(each)[0] == kind] or found
    return [each for each in found if _same_accents(each, name)] or found


def _same_accents(official: str, name: str) -> bool:
    words = len(split_kind(name)[1].split())
    typed = " ".join(tidy(name).split()[-words:])
    return _accented_key(official).endswith(_accented_key(typed))


def _accented_key(name: str) -> str:
    """A key that keeps accents but not where the tone mark stands: ``Hoà`` and ``Hòa`` agree."""
    words = unicodedata.normalize("NFD", tidy(name).casefold()).split()
    return " ".join(_tone_last(word) for word in words)


def _tone_last(word: str) -> str:
    return "".join(c for c in word if c not in _TONES) + "".join(sorted(c for c in word if c in _TONES))
