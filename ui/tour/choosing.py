"""Which of the offered answers a person means: by name or words, accents and kind of place aside."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.folding import fold, tidy

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_SHORT = {"tp": "thành phố", "p": "phường", "x": "xã", "t": "tỉnh"}
"""How people shorten the kind of a place."""
_INITIALS = {"qđ": "quân đội", "cand": "công an nhân dân"}
"""How lists of identity papers are shortened: Chứng minh CAND."""
_SHORTENED = re.compile(r"(tp|p|x|t)(?:\.\s*|\s+)(?=\S)", re.IGNORECASE)
_KINDS = re.compile(r"(?:thành phố|tỉnh|đặc khu|phường|xã)\s+(?=\S)", re.IGNORECASE)


class Offered(Protocol):
    """One answer that a question offers."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Offer:
    """An answer as it stands on the screen."""

    name: str
    label: str


def meant(offers: Sequence[Offered], said: str) -> Offered | None:
    """The one answer that is meant; ``None`` if there is none, or if it could be several."""
    said = _spelled_out(tidy(said))
    for alike in (_by_name, _as_written, _as_folded, _without_kind, _folded_without_kind, _initials, _begun):
        found = [offer for offer in offers if alike(offer, said)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for case, spaces and where the tone mark sits (Hoà, Hòa)."""
    return _key(one) == _key(other)


def same_place(one: str, other: str) -> bool:
    """Whether two texts name one place, with or without its kind (Đà Nẵng, TP. Đà Nẵng)."""
    return _bare(_spelled_out(tidy(one))) == _bare(_spelled_out(tidy(other)))


def _by_name(offer: Offered, said: str) -> bool:
    return offer.name == said


def _as_written(offer: Offered, said: str) -> bool:
    return same_words(offer.label, said)


def _as_folded(offer: Offered, said: str) -> bool:
    return _fold(offer.label) == _fold(said)


def _without_kind(offer: Offered, said: str) -> bool:
    return _bare(offer.label) == _key(said)


def _folded_without_kind(offer: Offered, said: str) -> bool:
    return _fold(_without(offer.label)) == _fold(said)


def _initials(offer: Offered, said: str) -> bool:
    """``Chứng minh CAND`` is said of ``Chứng minh công an nhân dân``."""
    return same_words(offer.label, " ".join(_INITIALS.get(word.casefold(), word) for word in said.split()))


def _begun(offer: Offered, said: str) -> bool:
    """The label goes on where the words end: Khác (ghi rõ); or holds them in brackets."""
    return _fold(offer.label).startswith(f"{_fold(said)} ") or _fold(offer.label) == f"({_fold(said)})"


def _spelled_out(text: str) -> str:
    """``TP. Đà Nẵng`` → ``thành phố Đà Nẵng``."""
    short = _SHORTENED.match(text)
    return f"{_SHORT[short[1].casefold()]} {text[short.end() :]}" if short else text


def _bare(label: str) -> str:
    return _key(_without(label))


def _without(label: str) -> str:
    """The name of a place without its kind."""
    kind = _KINDS.match(tidy(label))
    return tidy(label)[kind.end() :] if kind else label


def _fold(text: str) -> str:
    return " ".join(fold(text).replace("-", " ").split())


def _key(text: str) -> str:
    return " ".join(_tone_last(word) for word in tidy(text).casefold().replace("-", " ").split())


def _tone_last(word: str) -> str:
    """The word with its tone mark at the end: two ways to place the mark give one key."""
    signs = unicodedata.normalize("NFD", word)
    tones = "".join(sign for sign in signs if sign in _TONES)
    return unicodedata.normalize("NFC", "".join(sign for sign in signs if sign not in _TONES)) + tones
