"""Amounts of money by date, as parameters: a value on a day, or a formula over another amount."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path

from kiosk.catalogue.facts import ascii_key, confidence, needed_day
from kiosk.catalogue.tables import Table, load_table

AMOUNT = re.compile(r"\{amount:([a-z][a-z0-9_]*)\}")
"""How a sentence names an amount."""
_SURE = ("high", "medium")


@dataclass(frozen=True)
class Amount:
    """One value of one parameter; neither ``dong`` nor ``of`` = nobody verified it."""

    key: str
    name: str
    province: str
    """Code of the province whose own it is; empty for the country."""
    dong: int | None
    of: str
    times: Decimal
    """The amount is so many times the one named by ``of``."""
    source: str
    confidence: str
    checked: date
    effective_from: date | None
    effective_to: date | None

    def in_force(self, day: date) -> bool:
        return (self.effective_from or day) <= day <= (self.effective_to or day)


@dataclass(frozen=True)
class Value:
    """An amount on a day."""

    name: str
    dong: int | None
    source: str
    sure: bool
    """Whether it may be said without "chưa kiểm chứng"."""


class Amounts:
    """All parameters of a pack."""

    def __init__(self, amounts: Iterable[Amount]) -> None:
        self._by_key: dict[str, list[Amount]] = {}
        for each in amounts:
            self._by_key.setdefault(each.key, []).append(each)

    def keys(self) -> frozenset[str]:
        return frozenset(self._by_key)

    def value(self, key: str, day: date, province: str = "") -> Value:
        """What holds on a day in a province; ``KeyError`` for an amount that is not kept here."""
        found = self._held(key, day, province)
        if found is None:
            return Value(self._by_key[key][0].name, None, "", sure=False)
        if not found.of:
            return Value(found.name, found.dong, found.source, _sure(found.confidence, found.dong))
        base = self.value(found.of, day, province)
        own = self._held(found.of, day, province)
        dong = None if base.dong is None else _rounded(base.dong * found.times)
        # That a province's own base enters the country's formula is likely, but no source says so.
        sure = base.sure and (own is None or own.province == found.province)
        return Value(found.name, dong, found.source, sure and _sure(found.confidence, dong))

    def filled(self, text: str, day: date, province: str, unknown: str) -> tuple[str, bool]:
        """A sentence with its ``{amount:…}`` filled in, and whether all of them are sure; ``unknown`` stands
        for those that nobody verified."""
        values = {key: self.value(key, day, province) for key in AMOUNT.findall(text)}

        def said(match: re.Match[str]) -> str:
            dong = values[match[1]].dong
            return unknown if dong is None else shown_dong(dong)

        return AMOUNT.sub(said, text), all(value.sure for value in values.values())

    def _held(self, key: str, day: date, province: str) -> Amount | None:
        found = [each for each in self._by_key[key] if each.in_force(day)]
        own = [each for each in found if province and each.province == province]
        return next(iter([*own, *(each for each in found if not each.province)]), None)


def shown_dong(dong: int) -> str:
    """As papers write it: ``1.000.000 đồng``."""
    return f"{dong:,} đồng".replace(",", ".")


def load_amounts(path: Path) -> Amounts:
    """Read ``amounts.toml``; ``BadContentError`` with file and line, also for two values that hold on one
    day and for a formula that names nothing or itself."""
    table = load_table(path)
    rows = [(each, _amount(each)) for each in table.tables("amounts")]
    table.close()
    formulas = {amount.key: amount.of for _, amount in rows if amount.of}
    keys = {amount.key for _, amount in rows}
    seen: list[Amount] = []
    for each, amount in rows:
        if any(_clash(amount, other) for other in seen):
            raise each.refusal("key", "another value of this amount holds on the same day")
        if amount.of and (amount.of not in keys or _circle(amount.key, formulas)):
            raise each.refusal("of", "there is no such amount, or it is made from this one")
        seen.append(amount)
    return Amounts(seen)


def _amount(table: Table) -> Amount:
    of = table.text_or_none("of") or ""
    amount = Amount(
        key=table.parsed("key", ascii_key),
        name=table.text("name"),
        province=table.text_or_none("province") or "",
        dong=None if of else table.number("amount"),
        of=of,
        times=table.parsed("times", _times) if of else Decimal(1),
        source=table.text("source"),
        confidence=table.parsed("confidence", confidence),
        checked=needed_day(table, "checked"),
        effective_from=table.day("effective_from"),
        effective_to=table.day("effective_to"),
    )
    table.close()
    first, last = _span(amount)
    if last < first:
        raise table.refusal("effective_to", "before its first day")
    return amount


def _times(text: str) -> Decimal:
    try:
        times = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("a number in quotes, such as 1.5") from error
    if not times.is_finite() or times <= 0:
        raise ValueError("a number above zero")
    return times


def _clash(one: Amount, other: Amount) -> bool:
    if (one.key, one.province) != (other.key, other.province):
        return False
    first, last = _span(one)
    begins, ends = _span(other)
    return first <= ends and begins <= last


def _span(amount: Amount) -> tuple[date, date]:
    return amount.effective_from or date.min, amount.effective_to or date.max


def _circle(key: str, formulas: dict[str, str]) -> bool:
    seen = {key}
    while (key := formulas.get(key, "")) and key not in seen:
        seen.add(key)
    return bool(key)


def _rounded(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def _sure(confidence_: str, dong: int | None) -> bool:
    return dong is not None and confidence_ in _SURE
