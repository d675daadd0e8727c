"""What the province or the commune itself decided about a procedure: its fee, its shorter time limit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.catalogue.deadlines import UNITS
from kiosk.catalogue.facts import ascii_key, needed_day
from kiosk.catalogue.tables import Table


@dataclass(frozen=True)
class LocalRule:
    """One decision about one procedure."""

    procedure: str
    """Slug of the procedure."""
    text: str
    decision: str
    """Number of the decision, such as ``NQ 12/2026/NQ-HĐND``."""
    decided_on: date
    unit: str = ""
    """A time limit as a number: ``working_days``, ``days`` or ``hours``; empty for a fee or mere words."""
    amount: int = 0
    after_15h_next_day: bool = False
    effective_from: date | None = None
    effective_to: date | None = None
    """The last day in force."""

    def in_force(self, day: date) -> bool:
        return (self.effective_from or day) <= day <= (self.effective_to or day)


def read_local_rules(table: Table, key: str, *, limits: bool) -> tuple[LocalRule, ...]:
    """The tables of ``[[key]]``; ``limits`` may hold a number of days. ``BadContentError``."""
    rules: list[LocalRule] = []
    for each in table.tables(key):
        rule = _rule(each, limits)
        if any(_overlap(rule, other) for other in rules):
            raise each.refusal("procedure", "two decisions about this procedure hold on the same day")
        rules.append(rule)
    return tuple(rules)


def rule_on(rules: Iterable[LocalRule], procedure: str, day: date) -> LocalRule | None:
    """The decision that holds for a procedure on a day."""
    return next((each for each in rules if each.procedure == procedure and each.in_force(day)), None)


def next_rule(rules: Iterable[LocalRule], procedure: str, day: date) -> LocalRule | None:
    """The decision that comes next after a day."""
    coming = [r for r in rules if r.procedure == procedure and r.effective_from and r.effective_from > day]
    return min(coming, key=lambda rule: rule.effective_from or day, default=None)


def _rule(table: Table, limits: bool) -> LocalRule:
    given = [(unit, number) for unit in UNITS if limits and (number := table.number(unit)) is not None]
    if len(given) > 1:
        raise table.refusal(given[1][0], f"only one of {', '.join(UNITS)}")
    unit, amount = given[0] if given else ("", 0)
    rule = LocalRule(
        procedure=table.parsed("procedure", ascii_key),
        text=table.text("text"),
        decision=table.text("decision"),
        decided_on=needed_day(table, "decided_on"),
        unit=unit,
        amount=amount,
        after_15h_next_day=limits and table.flag("after_15h_next_day") is True,
        effective_from=table.day("effective_from"),
        effective_to=table.day("effective_to"),
    )
    table.close()
    if (rule.effective_from or date.min) > (rule.effective_to or date.max):
        raise table.refusal("effective_to", "before its first day")
    return rule


def _overlap(one: LocalRule, other: LocalRule) -> bool:
    begins = max(each.effective_from or date.min for each in (one, other))
    ends = min(each.effective_to or date.max for each in (one, other))
    return one.procedure == other.procedure and begins <= ends
