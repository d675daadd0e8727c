"""What a person may ask about his own data, and by when the commune has to have done it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kiosk.catalogue.calendar import WorkingCalendar
from kiosk.catalogue.tables import load_table


@dataclass(frozen=True)
class DataRights:
    """Limits as the source has them; ``None`` where nobody verified one."""

    source: str
    acknowledge_working_days: int | None
    extension_days: int | None
    """By how much one limit may be made longer, once."""
    names: Mapping[str, str]
    days: Mapping[str, int | None]

    def acknowledge_by(self, calendar: WorkingCalendar, asked: date) -> date | None:
        """The day on which the person must have heard that the request arrived."""
        working = self.acknowledge_working_days
        return None if working is None else calendar.after(asked, working)

    def done_by(self, kind: str, asked: date) -> date | None:
        """The day on which a request must have been done, without an extension."""
        days = self.days[kind]
        return None if days is None else asked + timedelta(days=days)


def load_data_rights(path: Path) -> DataRights:
    """Read ``parameters/data_requests.toml``; ``BadContentError`` with file and line."""
    table = load_table(path)
    table.day("checked"), table.text("confidence")
    names: dict[str, str] = {}
    days: dict[str, int | None] = {}
    for each in table.tables("requests"):
        key = each.text("key")
        names[key], days[key] = each.text("name"), each.number("days")
        each.close()
    rights = DataRights(
        table.text("source"),
        table.number("acknowledge_working_days"),
        table.number("extension_days"),
        names,
        days,
    )
    table.close()
    return rights
