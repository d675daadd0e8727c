"""The national portal as the hand-off page needs it: dated data of ``assets/parameters/portal.toml``."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.catalogue.tables import Table, load_table


@dataclass(frozen=True)
class LeavingStep:
    """Something to be ticked before the portal's window is closed."""

    key: str
    text: str
    """May speak to the citizen as ``{you}`` and ``{You}``."""


@dataclass(frozen=True)
class PortalRules:
    """Address, limits for files, and how to leave."""

    address: str
    max_bytes: int
    """The most that a prepared paper should weigh."""
    limit_known: bool
    """Whether ``max_bytes`` is the portal's own limit, or only our care."""
    name_letters: int
    """Letters of a file's name without its ending."""
    leaving: tuple[LeavingStep, ...]
    source: str
    checked: date


def load_portal_rules(path: Path) -> PortalRules:
    """Read ``portal.toml``; ``BadContentError`` with file and line."""
    table = load_table(path)
    address, source, checked = table.text("address"), table.text("source"), table.day("checked")
    table.text("confidence")
    papers = table.table("papers")
    if papers is None or checked is None:
        raise table.refusal("papers" if papers is None else "checked", "this is needed here")
    limit, aim = papers.number("limit_kilobytes"), papers.number("aim_kilobytes")
    letters = papers.number("name_letters")
    if not (limit or aim) or not letters:
        raise papers.refusal("aim_kilobytes", "a size and the letters of a name are needed")
    papers.close()
    leaving = tuple(_step(each) for each in table.tables("leaving"))
    table.close()
    return PortalRules(
        address, (limit or aim or 0) * 1024, limit is not None, letters, leaving, source, checked
    )


def _step(table: Table) -> LeavingStep:
    step = LeavingStep(table.text("key"), table.text("text"))
    table.close()
    return step
