"""Search as one types: words with or without accents, one slip of the finger, half-typed Telex or VNI.

Each phrase is cut into pairs of letters; a pair knows its phrases as the bits of one whole number. The
phrases that share the most pairs with what was typed are found by adding such numbers column by column,
in a few operations whatever their count; only those few are then compared letter by letter.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Generic, TypeVar

from kiosk.domain.folding import fold_loosely

T = TypeVar("T")

_COMPARED = 80
"""Phrases that are compared letter by letter."""
_LONGEST = 200
"""Letters of a query that are looked at."""
_ENOUGH = 0.78
"""Likeness from which a whole query, spaces aside, counts as mistyped: one slip in about five letters."""
_WORD_ENOUGH = 0.7
"""Likeness from which a word counts as mistyped: one slip in four letters."""
_SHORTEST_MISTYPED = 4
"""Letters of a word that may be mistyped; a shorter one with a slip could be any other."""
_BEGUN = 0.95
"""How well the beginning of a word fits."""
_FAR = 0.6
"""What scores less than this part of the best is left out: it only looks alike."""
_CODE = re.compile(r"(?:([0-9])[.,-]([0-9]{0,6})|([0-9]{4,7}))(?:\.[0-9A-Za-z.]*)?")
"""A national code or a part of it, also without its dot; what a province adds behind it does not count."""
_CODE_WORDS = frozenset(["ma", "so", "thu", "tuc"])
"""Folded words that may stand before a code."""
_TELEX = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("w", ""))
_TONE_KEY = re.compile(r"(?<=[aeiouy])([a-z]*?)[sfrxjz]")
"""The first tone key behind a vowel."""
_FILLERS = frozenset(["dang", "ky", "lam", "cho", "toi", "xin", "can", "muon", "thu", "tuc", "giay", "to",
                      "o", "tai", "ve", "va"])  # fmt: skip
"""Folded words that do not tell procedures apart."""


@dataclass(frozen=True)
class Entry(Generic[T]):
    """Something to be found: by any of its phrases, or by a part of one of its codes."""

    item: T
    phrases: tuple[str, ...]
    """The first is its name."""
    codes: tuple[str, ...] = ()


class SearchIndex(Generic[T]):
    """What can be found; of equally good ones the earlier entry comes first. Made once, then only read."""

    def __init__(self, entries: Iterable[Entry[T]]) -> None:
        # Of each phrase only its text is kept: sets of words of 15,000 places would take 10 MB.
        self._entries = tuple(entries)
        folded = _folded_phrases(self._entries)
        rows = sorted(
            ((phrase, number) for number, phrases in enumerate(folded) for phrase in phrases),
            key=lambda row: len(row[0]),
        )
        self._owners = tuple(number for _, number in rows)
        self._phrases = tuple(phrase for phrase, _ in rows)
        self._texts = tuple(" ".join(phrases) for phrases in folded)
        self._vocabulary = sorted({word for text in self._texts for word in text.split()})
        self._pairs = _bits_by_pair(self._phrases)

    def find(self, typed: str, limit: int = 20) -> list[T]:
        """The entries that the words mean, the best first; none for no words."""
        if code := code_in(typed):
            return [self._entries[number].item for number in self._by_code(code)[:limit]]
        query = " ".join(self._as_meant(word) for word in fold_loosely(typed[:_LONGEST]).split())
        return [self._entries[number].item for number in self._ranked(query)[:limit]] if query else []

    def _by_code(self, part: str) -> list[int]:
        """Whole codes first, then those that begin so, then those that hold it."""
        found = []
        for number, entry in enumerate(self._entries):
            codes = [(code, code.replace(".", "")) for code in entry.codes]
            places = [
                (part not in spelt, max(spelt[0].find(part), spelt[1].find(part)))
                for spelt in codes
                if part in spelt[0] or part in spelt[1]
            ]
            if places:
                found.append((*min(places), number))
        return [number for *_, number in sorted(found)]

    def _as_meant(self, word: str) -> str:
        """The word; if nothing begins so, what its Telex or VNI keys spell, if something does."""
        if self._begins(word):
            return word
        plain = plain_keys(word)
        return plain if self._begins(plain) else word

    def _begins(self, word: str) -> bool:
        at = bisect_left(self._vocabulary, word)
        return at < len(self._vocabulary) and self._vocabulary[at].startswith(word)

    def _ranked(self, query: str) -> list[int]:
        """Numbers of the entries that fit well enough, the best first."""
        asked = query.split()
        telling = [word for word in asked if word not in _FILLERS] or asked
        fits = [_fits(word, self._vocabulary) for word in telling]
        rows = _most_shared(query, self._pairs)
        joined = "".join(asked)
        best: dict[int, float] = {}
        for row in rows:
            number = self._owners[row]
            part, start = _alignment(joined, self._phrases[row].replace(" ", ""))
            covered = _coverage(telling, fits, self._texts[number].split())
            if covered or part >= _ENOUGH:
                best[number] = max(best.get(number, 0), max(covered, part) + part / 2 + start / 4)
        least = _FAR * max(best.values(), default=0)
        near = [number for number, score in best.items() if score >= least]
        return sorted(near, key=lambda number: (-best[number], number))


def code_in(typed: str) -> str:
    """The national code, or the part of one, that somebody means: ``1.001193`` also for ``1,001193`` and
    ``mã 1. 001193``; figures without a dot as they are; empty for what is no code."""
    words = [word for word in typed[:_LONGEST].split() if fold_loosely(word) not in _CODE_WORDS]
    for text in ("".join(words), *words[:1]):
        if found := _CODE.fullmatch(text):
            return found[3] or f"{found[1]}.{found[2]}"
    return ""


def plain_keys(word: str) -> str:
    """A folded word without the keys of Telex or VNI: ``dangw`` and ``d9ang8`` give ``dang``."""
    plain = re.sub(r"(?<=[a-z])[0-9]+", "", word)
    for keys, letter in _TELEX:
        plain = plain.replace(keys, letter)
    return _TONE_KEY.sub(r"\1", plain, count=1)


def _folded_phrases(entries: Iterable[Entry[T]]) -> list[list[str]]:
    """The phrases of each entry, folded; the same words come again and again and are folded once."""
    known: dict[str, str] = {}
    every: list[list[str]] = []
    for entry in entries:
        folded: dict[str, None] = {}
        for phrase in entry.phrases:
            words = phrase.split()
            for word in words:
                if word not in known:
                    known[word] = fold_loosely(word)
            folded[" ".join(filter(None, [known[word] for word in words]))] = None
        every.append([phrase for phrase in folded if phrase])
    return every


def _pairs_of(phrase: str) -> set[str]:
    """The first letter of each word behind a space, and the pairs of neighbours, spaces aside."""
    joined = phrase.replace(" ", "")
    return {f" {word[0]}" for word in phrase.split()} | {joined[at : at + 2] for at in range(len(joined) - 1)}


def _bits_by_pair(phrases: Sequence[str]) -> dict[str, int]:
    """Pair of letters → a number whose bit ``n`` is set if phrase ``n`` has it."""
    found: dict[str, bytearray] = {}
    size = len(phrases) // 8 + 1
    for row, phrase in enumerate(phrases):
        byte, bit = row >> 3, 1 << (row & 7)
        for pair in _pairs_of(phrase):
            bits = found.get(pair)
            if bits is None:
                bits = found[pair] = bytearray(size)
            bits[byte] |= bit
    return {pair: int.from_bytes(bits, "little") for pair, bits in found.items()}


def _most_shared(query: str, pairs: Mapping[str, int]) -> list[int]:
    """The rows that share the most pairs with the query, at most ``_COMPARED``; of equal ones the first."""
    columns: list[int] = []
    for pair in _pairs_of(query):
        carry = pairs.get(pair, 0)
        for at, column in enumerate(columns):
            columns[at], carry = column ^ carry, column & carry
        if carry:
            columns.append(carry)
    sure, tied = 0, reduce(or_, columns, 0)
    for column in reversed(columns):
        more = tied & column
        if (sure | more).bit_count() <= _COMPARED:
            sure, tied = sure | more, tied & ~column
        else:
            tied = more
    rows = _rows_of(sure, _COMPARED)
    return rows + _rows_of(tied, _COMPARED - len(rows))


def _rows_of(bits: int, most: int) -> list[int]:
    """The numbers of the lowest bits that are set, at most so many."""
    text = f"{bits:b}"[::-1]
    rows: list[int] = []
    at = text.find("1")
    while at >= 0 and len(rows) < most:
        rows.append(at)
        at = text.find("1", at + 1)
    return rows


def _fits(word: str, vocabulary: Sequence[str]) -> dict[str, float]:
    """The known words that this may mean, with how well: whole, begun, or with a slip of the finger."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    fits: dict[str, float] = {}
    if len(word) >= _SHORTEST_MISTYPED:
        like = OSA.normalized_similarity
        slips = process.extract(word, vocabulary, scorer=like, score_cutoff=_WORD_ENOUGH, limit=None)
        fits = {known: likeness for known, likeness, _ in slips}
    for known in vocabulary[bisect_left(vocabulary, word) :]:
        if not known.startswith(word):
            break
        fits[known] = 1.0 if known == word else _BEGUN
    return fits


def _coverage(telling: Sequence[str], fits: Sequence[Mapping[str, float]], known: Iterable[str]) -> float:
    """How much of what was asked an entry's words have, 0 to 1; 0 if no more than half of the letters fit."""
    words, asked, found, like = set(known), 0, 0, 0.0
    for word, each in zip(telling, fits, strict=True):
        asked += len(word)
        if shared := each.keys() & words:
            found += len(word)
            like += len(word) * max(map(each.__getitem__, shared))
    return like / asked if 2 * found > asked else 0


def _alignment(joined: str, phrase: str) -> tuple[float, float]:
    """How like some part of a phrase, and how like its beginning, the query is, spaces aside; 0 to 1."""
    from rapidfuzz import fuzz

    if len(joined) > len(phrase) + 2:
        return fuzz.ratio(joined, phrase) / 100, 0
    return fuzz.partial_ratio(joined, phrase) / 100, fuzz.ratio(joined, phrase[: len(joined)]) / 100
