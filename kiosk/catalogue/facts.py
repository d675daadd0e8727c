"""Dated facts of a law or a commune, each with its source: what the catalogue's files have in common."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from kiosk.catalogue.tables import Table

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_CONFIDENCE = ("high", "medium", "low", "unverified")


@dataclass(frozen=True)
class Fact:
    """Something that a law or a commune can change. ``text`` is ``None`` where nobody knows it."""

    text: str | None
    source: str
    checked: date
    confidence: str
    """``high``, ``medium``, ``low`` or ``unverified``."""
    effective_from: date | None = None
    effective_to: date | None = None
    """The last day in force."""
    others: tuple["Fact", ...] = ()
    """What the same thing was before and will be after; none of them has others."""

    def in_force(self, day: date) -> bool:
        return (self.effective_from or day) <= day <= (self.effective_to or day)

    def on(self, day: date) -> "Fact | None":
        """What holds on a day; ``None`` if nobody knows."""
        return next((each for each in (self, *self.others) if each.in_force(day)), None)

    def next_after(self, day: date) -> "Fact | None":
        """What is announced to come next after a day."""
        coming = [each for each in (self, *self.others) if each.effective_from and each.effective_from > day]
        return min(coming, key=lambda each: each.effective_from or day, default=None)


def read_fact(table: Table, key: str, sources: Mapping[str, str], checked: date) -> Fact:
    """The fact ``[key]``, or several of ``[[key]]`` that follow each other in time; the first has the others.

    ``checked`` is the day on which the file was compared with its sources.
    """
    facts: list[Fact] = []
    for each in table.one_or_several(key):
        fact = _fact(each, sources, checked)
        if any(_overlap(fact, other) for other in facts):
            raise each.refusal("effective_from", "two values hold on the same day")
        facts.append(fact)
    if not facts:
        raise table.refusal(key, "this table is missing")
    return replace(facts[0], others=tuple(facts[1:]))


def _overlap(one: Fact, other: Fact) -> bool:
    begins = max(each.effective_from or date.min for each in (one, other))
    return begins <= min(each.effective_to or date.max for each in (one, other))


def _fact(table: Table, sources: Mapping[str, str], checked: date) -> Fact:
    fact = Fact(
        text=table.text_or_none("text"),
        source=read_sources(table, sources),
        checked=table.day("checked") or checked,
        confidence=table.parsed("confidence", confidence),
        effective_from=table.day("effective_from"),
        effective_to=table.day("effective_to"),
    )
    table.close()
    return fact


def read_sources(table: Table, sources: Mapping[str, str]) -> str:
    """The names of the sources that ``sources = ["S1", …]`` stands for, joined by "; "."""
    ids = table.several("sources")
    unknown = [each for each in ids if each not in sources]
    if unknown or not ids:
        raise table.refusal(
            "sources", f"unknown source {', '.join(unknown)}" if unknown else "a source is needed"
        )
    return "; ".join(sources[each] for each in ids)


def needed_table(table: Table, key: str) -> Table:
    """A table that must stand there."""
    inner = table.table(key)
    if inner is None:
        raise table.refusal(key, "this table is missing")
    return inner


def needed_day(table: Table, key: str) -> date:
    """A date that must stand there."""
    day = table.day(key)
    if day is None:
        raise table.refusal(key, "a date is needed here")
    return day


def ascii_key(text: str) -> str:
    """The text itself if it can be a key; ``ValueError`` otherwise."""
    if not _KEY.fullmatch(text):
        raise ValueError("lower-case ASCII letters, digits and _ only")
    return text


def confidence(text: str) -> str:
    """The text itself if it says how sure a fact is; ``ValueError`` otherwise."""
    if text not in _CONFIDENCE:
        raise ValueError(f"one of {', '.join(_CONFIDENCE)}")
    return text
