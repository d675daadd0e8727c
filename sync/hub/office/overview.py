"""The overview: how many dossiers by procedure and hamlet, and how many on time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from litestar import Response, Router, get
from litestar.params import FromQuery

from sync.hub.context import Hub
from sync.hub.office import access, pages
from sync.hub.store import deadlines
from sync.hub.store.deadlines import Count
from sync.hub.wire import AnyRequest

_MONTHS = 24
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Overview:
    """Counts, no content: everybody who may log in may see it."""

    month: str
    months: Sequence[tuple[str, str]]
    """To choose from: as in an address, and in words; newest first."""
    tables: Sequence[tuple[str, Sequence[tuple[str, Count]]]]
    """Title, and rows of name and numbers."""


def overview(hub: Hub, month: str) -> Overview:
    """The numbers of one month of arrival, or of all (``month`` empty or odd)."""
    month = month if _MONTH.fullmatch(month) else ""
    today = hub.clock.now().date().isoformat()
    with hub.database.read() as connection:
        found = {
            by: deadlines.counts(connection, hub.commune, by, month, today) for by in ("procedure", "hamlet")
        }
    procedures = [(hub.library.procedure_name(one.name), one) for one in found["procedure"]]
    hamlets = [(one.name, one) for one in found["hamlet"]]
    return Overview(
        month, _months(hub.clock.now().date(), month), [("Theo thủ tục", procedures), ("Theo thôn", hamlets)]
    )


def _months(today: date, chosen: str) -> list[tuple[str, str]]:
    """The last two years, and the chosen month if it lies before them."""
    count = today.year * 12 + today.month - 1
    found = [f"{number // 12}-{number % 12 + 1:02}" for number in range(count, count - _MONTHS, -1)]
    if chosen and chosen not in found:
        found.append(chosen)
    return [(month, f"{month[5:]}/{month[:4]}") for month in found]


@get("/so-lieu", sync_to_thread=True)
def overview_page(request: AnyRequest, thang: FromQuery[str] = "") -> Response[str]:
    """The counters."""
    desk = pages.desk_of(request)
    session = desk.gate.session(request)
    return desk.page("overview.html", session=session, overview=overview(desk.hub, thang))


def router() -> Router:
    return pages.office_router(access.OFFICE, overview_page)
