"""Checks of a procedure that no formula of its form can make: partial dates, limits of days, likeness.

What is read here is data; ``kiosk.domain.checks`` says what each kind means.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kiosk.catalogue.conditions import Condition, read_condition
from kiosk.catalogue.facts import ascii_key, read_sources
from kiosk.catalogue.tables import Table

_NEEDS: Mapping[str, tuple[str, ...]] = {
    "age_at_least": ("years",),
    "age_below": ("years",),
    "not_before": ("other",),
    "within_days": ("days",),
    "over_days": ("days",),
    "same": ("other",),
    "different": ("other",),
    "known_place": (),
}
_LEVELS = ("stop", "warn")


@dataclass(frozen=True)
class Check:
    """One check of one procedure."""

    key: str
    kind: str
    question: str
    at: str
    """The question at which it is shown; the same one unless said otherwise."""
    other: str
    """A second question; empty where the kind needs none."""
    on: str
    """Question of the day on which an age counts; empty = the day of filing."""
    years: int
    days: int
    working: bool
    """Whether ``days`` are working days."""
    warn_before: int
    """With so many days left, or fewer than the line was away, the volunteer is warned; 0 = never."""
    message: str
    """What is wrong and what to do."""
    level: str
    """``stop`` (a problem of the question) or ``warn`` (to be acknowledged before handing over)."""
    when: Condition | None
    source: str

    def applies(self, value_of: Callable[[str], str]) -> bool:
        return self.when is None or self.when.holds(value_of)


def read_checks(table: Table, sources: Mapping[str, str]) -> tuple[Check, ...]:
    """The tables of ``[[checks]]``; ``BadContentError`` for two of one key or what a kind does not take."""
    checks: dict[str, Check] = {}
    for each in table.tables("checks"):
        check = _check(each, sources)
        if check.key in checks:
            raise each.refusal("key", "two checks have one key")
        checks[check.key] = check
    return tuple(checks.values())


def _check(table: Table, sources: Mapping[str, str]) -> Check:
    kind = table.parsed("kind", lambda text: _one_of(text, tuple(_NEEDS)))
    needs = _NEEDS[kind]
    question = table.text("question")
    check = Check(
        key=table.parsed("key", ascii_key),
        kind=kind,
        question=question,
        at=table.text_or_none("at") or question,
        other=table.text("other") if "other" in needs else "",
        on=(table.text_or_none("on") or "") if "years" in needs else "",
        years=_number(table, "years") if "years" in needs else 0,
        days=_number(table, "days") if "days" in needs else 0,
        working="days" in needs and table.flag("working") is True,
        warn_before=(table.number("warn_before") or 0) if kind == "within_days" else 0,
        message=table.text("message"),
        level=table.parsed("level", lambda text: _one_of(text, _LEVELS)),
        when=read_condition(table),
        source=read_sources(table, sources),
    )
    table.close()
    return check


def _number(table: Table, key: str) -> int:
    number = table.number(key)
    if number is None:
        raise table.refusal(key, "a whole number is needed here")
    return number


def _one_of(text: str, known: tuple[str, ...]) -> str:
    if text not in known:
        raise ValueError(f"one of {', '.join(known)}")
    return text
