"""How long the commune may take: ``[deadline]`` of a procedure, counted from its formal acceptance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.catalogue.facts import confidence, read_sources
from kiosk.catalogue.tables import Table

UNITS = ("working_days", "days", "hours")
"""In which a limit can be given."""


@dataclass(frozen=True)
class Deadline:
    """A time limit as a number, where the source gives one."""

    unit: str
    """``working_days``, ``days`` or ``hours``."""
    amount: int
    """0 working days: on the day itself."""
    after_15h_next_day: bool
    """What is accepted after 15:00 counts from the next working day."""
    source: str
    confidence: str
    effective_from: date | None = None
    effective_to: date | None = None
    """The last day on which a dossier gets this limit."""

    def in_force(self, day: date) -> bool:
        return (self.effective_from or day) <= day <= (self.effective_to or day)


def read_deadlines(table: Table, sources: Mapping[str, str]) -> tuple[Deadline, ...]:
    """``[deadline]``, or several of ``[[deadline]]`` that follow each other in time; none = not known."""
    return tuple(_deadline(each, sources) for each in table.one_or_several("deadline"))


def deadline_on(deadlines: Sequence[Deadline], day: date) -> Deadline | None:
    """The limit for a dossier that is accepted on a day; ``None`` = nobody knows it."""
    return next((each for each in deadlines if each.in_force(day)), None)


def _deadline(table: Table, sources: Mapping[str, str]) -> Deadline:
    given = [(unit, number) for unit in UNITS if (number := table.number(unit)) is not None]
    if len(given) != 1:
        raise table.refusal(UNITS[0], f"one of {', '.join(UNITS)} is needed here")
    unit, amount = given[0]
    deadline = Deadline(
        unit=unit,
        amount=amount,
        after_15h_next_day=table.flag("after_15h_next_day") is True,
        source=read_sources(table, sources),
        confidence=table.parsed("confidence", confidence),
        effective_from=table.day("effective_from"),
        effective_to=table.day("effective_to"),
    )
    table.close()
    return deadline
