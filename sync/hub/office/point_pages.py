"""``/can-bo/diem``: the points, how they stand, codes for new ones, messages, and who is shut out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import segno
from anyio import to_thread
from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from kiosk.domain.enrol_ticket import EnrolTicket
from kiosk.domain.errors import WorldError
from kiosk.domain.events import NewsItem
from kiosk.envelope.news import seal_news
from kiosk.guides.load import guides_in
from kiosk.guides.model import Guide
from sync.hub.context import Hub
from sync.hub.journal import tell
from sync.hub.office import access, pages
from sync.hub.office.words import plain, shown_day, shown_time, told_apart
from sync.hub.publish import newest
from sync.hub.store import audit, guide_ends, news, point_reports, points
from sync.hub.store.audit import AuditLine
from sync.hub.store.guide_ends import EndCount
from sync.hub.store.officers import Officer, Role, Session
from sync.hub.store.tokens import age_days
from sync.hub.wire import AnyRequest
from sync.protocol import PointReport

POINTS = f"{access.OFFICE}/diem"
_FORM_BYTES = 16 * 1024
_MOST_WORDS, _MOST_NAME = 500, 100
_MOST_ENDS = 100


@dataclass(frozen=True)
class PointRow:
    """One point as the list shows it."""

    id: str
    hamlet: str
    """With the end of the id where several machines stand in one hamlet."""
    enrolled: str
    revoked: bool
    heard: str
    token_days: int
    """How old its token is, in whole days."""
    report: PointReport | None
    last_visit: str


def rows(hub: Hub) -> Sequence[PointRow]:
    """All points of the commune."""
    with hub.database.read() as connection:
        found = point_reports.standings(connection, hub.commune)
    names = told_apart({one.id: one.hamlet for one in found})
    return [
        PointRow(
            one.id,
            names[one.id],
            shown_time(one.enrolled_at),
            one.revoked,
            shown_time(one.last_contact) if one.last_contact else "",
            max(0, age_days(one.token_at, hub.clock.now())),
            one.report,
            shown_day(one.report.last_visit) if one.report and one.report.last_visit else "",
        )
        for one in found
    ]


@dataclass(frozen=True)
class EndRow:
    """How often walkthroughs ended there, in words."""

    month: str
    hamlet: str
    exit: str
    reason: str
    times: int


def end_rows(hub: Hub) -> list[EndRow]:
    """Where people stop on their way to an account, and why; bare ids where today's guide is another."""
    with hub.database.read() as connection:
        found = guide_ends.counts(connection, hub.commune, _MOST_ENDS)
    known = guides_in(hub.library.assets / "guides", hub.clock.now().date()) if found else {}
    return [_end_row(one, known.get(one.guide)) for one in found]


def _end_row(one: EndCount, guide: Guide | None) -> EndRow:
    node = guide.nodes.get(one.exit) if guide else None
    title = node.sheet.title if node and node.sheet else one.exit
    reason = guide.reasons.get(one.reason, one.reason) if guide else one.reason
    return EndRow(f"{one.month[5:]}/{one.month[:4]}", one.hamlet, title, reason, one.times)


def new_ticket(hub: Hub, officer: Officer, hamlet: str, address: str) -> EnrolTicket:
    """A one-time code with all that a point needs. Raises WorldError ``office.hamlet_needed``,
    ``office.address_odd``, ``office.address_other``."""
    if not hamlet:
        raise WorldError("office.hamlet_needed")
    _checked_address(hub, address)
    with hub.database.write() as connection:
        code = points.make_code(connection, hub.commune, hamlet[:_MOST_NAME], hub.now())
        audit.write(connection, hub.commune, AuditLine(hub.now(), officer.name, "point_code", None, hamlet))
    return _ticket(hub, code, address)


def renewing_ticket(hub: Hub, officer: Officer, point_id: str, address: str) -> tuple[EnrolTicket, str]:
    """A code by which another machine, or the same one wiped, takes a point's place; and its hamlet.

    Raises WorldError ``office.point_unknown``, ``office.address_odd``, ``office.address_other``.
    """
    _checked_address(hub, address)
    with hub.database.write() as connection:
        point = points.find(connection, hub.commune, point_id)
        if point is None:
            raise WorldError("office.point_unknown")
        code = points.make_code(connection, hub.commune, point.hamlet, hub.now(), renews=point.id)
        line = AuditLine(hub.now(), officer.name, "point_code", None, point.id)
        audit.write(connection, hub.commune, line)
    return _ticket(hub, code, address), point.hamlet


def _ticket(hub: Hub, code: str, address: str) -> EnrolTicket:
    return EnrolTicket(address.rstrip("/"), code, hub.home.authority.read_text("ascii"))


def _checked_address(hub: Hub, address: str) -> None:
    """A point believes this hub under the names of its certificate only, so that no other can be of use."""
    host = _host(address)
    if host not in {name.lower() for name in hub.settings.hosts}:
        raise WorldError("office.address_other", names=", ".join(hub.settings.hosts))


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        shape = (parts.scheme, parts.port != 0, parts.path.strip("/"), parts.query, parts.fragment)
    except ValueError as error:
        raise WorldError("office.address_odd") from error
    plain_one = address.isascii() and address.isprintable() and " " not in address and "@" not in address
    if shape != ("https", True, "", "", "") or not parts.hostname or not plain_one or len(address) > 200:
        raise WorldError("office.address_odd")
    return parts.hostname


def say(hub: Hub, officer: Officer, point_id: str, words: str) -> None:
    """Tell a point something; it is sealed to it and shown on its first page.

    Raises WorldError ``office.sentence_needed``, ``office.sentence_long``, ``office.point_unknown``.
    """
    if not words:
        raise WorldError("office.sentence_needed")
    if len(words) > _MOST_WORDS:
        raise WorldError("office.sentence_long", limit=_MOST_WORDS)
    with hub.database.write() as connection:
        known = {one.id for one in point_reports.standings(connection, hub.commune) if not one.revoked}
        if point_id not in known:
            raise WorldError("office.point_unknown")
        points.lock(connection, point_id)
        number, at = news.next_number(connection, point_id), hub.now()
        item = NewsItem(number=number, dossier="", revision=1, state="message", at=at, sentence=words)
        body = seal_news(item, points.by_id(connection, point_id).sealing_key)
        point_reports.add_message(connection, hub.commune, point_id, number, body, at)
        audit.write(connection, hub.commune, AuditLine(at, officer.name, "point_told", None, point_id))


def shut_out(hub: Hub, officer: Officer, point_id: str) -> None:
    """From its next request on the point is refused. Raises WorldError ``office.point_unknown``."""
    with hub.database.write() as connection:
        if not points.revoke(connection, hub.commune, point_id, hub.now()):
            raise WorldError("office.point_unknown")
        line = AuditLine(hub.now(), officer.name, "point_revoked", None, point_id)
        audit.write(connection, hub.commune, line)


@get("/", sync_to_thread=True)
def points_page(request: AnyRequest, xong: FromQuery[str] = "") -> Response[str]:
    """The list; it holds no citizen's data, so that everybody who may log in sees it."""
    desk = pages.desk_of(request)
    session = desk.gate.session(request)
    return desk.page(
        "points.html",
        session=session,
        rows=rows(desk.hub),
        ends=end_rows(desk.hub),
        may_manage=session.officer.role is not Role.OFFICER,
        address=str(request.base_url).rstrip("/"),
        hamlets=desk.hub.settings.hamlets,
        done=bool(xong),
        newest=str(offered.offer.version) if (offered := newest(desk.hub.home)) else "",
    )


@post("/ma", status_code=200, request_max_body_size=_FORM_BYTES)
async def code_page(request: AnyRequest) -> Response[str]:
    """A page to print: one QR code for one new point."""
    desk, (session, fields) = pages.desk_of(request), await pages.checked_fields(request)
    access.may_manage(session.officer)
    hamlet, address = plain(fields.get("hamlet", "")), fields.get("address", "").strip()
    ticket = await to_thread.run_sync(new_ticket, desk.hub, session.officer, hamlet, address)
    return _to_print(desk, session, ticket, hamlet)


@post("/{point_id:str}/ma-lai", status_code=200, request_max_body_size=_FORM_BYTES)
async def renewing_page(request: AnyRequest, point_id: FromPath[str]) -> Response[str]:
    """The same for a point whose machine was lost or wiped."""
    desk, (session, fields) = pages.desk_of(request), await pages.checked_fields(request)
    access.may_manage(session.officer)
    address = fields.get("address", "").strip()
    ticket, hamlet = await to_thread.run_sync(renewing_ticket, desk.hub, session.officer, point_id, address)
    return _to_print(desk, session, ticket, hamlet)


def _to_print(desk: pages.Desk, session: Session, ticket: EnrolTicket, hamlet: str) -> Response[str]:
    picture = segno.make(ticket.as_text(), error="l", micro=False).svg_inline(scale=4, omitsize=True)
    return desk.page("point_code.html", session=session, ticket=ticket, hamlet=hamlet, picture=picture)


@post("/{point_id:str}/nhan", status_code=303, request_max_body_size=_FORM_BYTES)
async def message(request: AnyRequest, point_id: FromPath[str]) -> Response[Any]:
    """A word for the volunteer."""
    desk, (session, fields) = pages.desk_of(request), await pages.checked_fields(request)
    words = plain(fields.get("words", ""))
    await to_thread.run_sync(say, desk.hub, session.officer, point_id, words)
    tell("point told", point=point_id)
    return access.guarded(Redirect(f"{POINTS}?xong=1", status_code=303))


@post("/{point_id:str}/ngung", status_code=303, request_max_body_size=_FORM_BYTES)
async def revoke(request: AnyRequest, point_id: FromPath[str]) -> Response[Any]:
    """A stolen or retired machine."""
    desk, (session, _) = pages.desk_of(request), await pages.checked_fields(request)
    access.may_manage(session.officer)
    await to_thread.run_sync(shut_out, desk.hub, session.officer, point_id)
    tell("point revoked", point=point_id)
    return access.guarded(Redirect(f"{POINTS}?xong=1", status_code=303))


def router() -> Router:
    return pages.office_router(POINTS, points_page, code_page, renewing_page, message, revoke)
