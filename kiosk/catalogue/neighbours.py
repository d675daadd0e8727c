"""Codes that stand beside a procedure: known by name, without a form and without facts of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.catalogue.listings import Listing, is_code
from kiosk.catalogue.tables import Table


@dataclass(frozen=True)
class Neighbour:
    """A code that somebody may bring; what is not said of it is to be asked at the commune."""

    code: str
    name: str
    keywords: tuple[str, ...]
    effective_to: date | None
    former_codes: tuple[str, ...]
    """Codes that it replaces, itself or with others: they lead here."""

    def listed(self, sector: str, level: str, source: str, checked: date) -> Listing:
        """The entry under which it is found; ``source`` and ``checked`` are those of its procedure."""
        empty = dict.fromkeys(("authority", "fee", "time_limit", "result", "papers", "legal_basis"), "")
        return Listing(
            code=self.code,
            name=self.name,
            sector=sector,
            level=level,
            source=source,
            checked=checked.isoformat(),
            keywords="; ".join(self.keywords),
            former_codes=" ".join(self.former_codes),
            **empty,
        )


def read_neighbours(table: Table) -> tuple[Neighbour, ...]:
    """The ``[[neighbours]]`` of a procedure; raises ``BadContentError``."""
    return tuple(_neighbour(each) for each in table.tables("neighbours"))


def beside(
    found: Iterable[tuple[Neighbour, Listing]], listings: Iterable[Listing], day: date
) -> list[Listing]:
    """``listings``, and the neighbours that nobody listed with more and whose time is not over."""
    known = {each.code: each for each in listings}
    for neighbour, listing in found:
        if day <= (neighbour.effective_to or day):
            known.setdefault(listing.code, listing)
    return list(known.values())


def _neighbour(table: Table) -> Neighbour:
    found = Neighbour(
        table.parsed("code", _code),
        table.text("name"),
        table.several("keywords"),
        table.day("effective_to"),
        table.several("former_codes"),
    )
    for old in found.former_codes:
        if not is_code(old):
            raise table.refusal("former_codes", "a national code such as 1.001193 is needed here")
    table.close()
    return found


def _code(text: str) -> str:
    if not is_code(text):
        raise ValueError("a national code such as 1.001193 is needed here")
    return text
