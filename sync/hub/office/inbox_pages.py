"""``/can-bo``: the list of dossiers, narrowed by filters and by a search; whole, or the part that changes."""

from typing import Any
from urllib.parse import urlencode

from anyio import to_thread
from litestar import Response, Router, get, post
from litestar.params import FromQuery
from litestar.response import Redirect

from kiosk.domain.dossier import State
from sync.hub.context import Hub
from sync.hub.office import access, inbox_view, pages, search_link
from sync.hub.office.access import OFFICE
from sync.hub.office.inbox_view import Wanted
from sync.hub.office.pages import FORM_BYTES, Desk
from sync.hub.office.words import plain
from sync.hub.store.deadlines import Due
from sync.hub.store.officers import Role, Session
from sync.hub.wire import AnyRequest

_MOST_WORDS, _MOST_NAME, _MOST_PAGES = 200, 200, 10_000


@get("/", sync_to_thread=True)
def inbox(
    request: AnyRequest,
    trang_thai: FromQuery[str] = "",
    thon: FromQuery[str] = "",
    thu_tuc: FromQuery[str] = "",
    han: FromQuery[str] = "",
    tim: FromQuery[str] = "",
    trang: FromQuery[str] = "",
) -> Response[Any]:
    """All dossiers, or those of one state, hamlet, procedure or day of return, newest first. Who keeps the
    machine and reads no dossier is led to the points."""
    desk = pages.desk_of(request)
    session = desk.gate.session(request)
    if session.officer.role is Role.ADMIN:
        return access.guarded(Redirect(f"{OFFICE}/diem", status_code=303))
    words = search_link.unpacked(desk.hub, tim)
    wanted = _wanted({"trang_thai": trang_thai, "thon": thon, "thu_tuc": thu_tuc, "han": han, "trang": trang})
    return _page(desk, request, session, wanted, words)


@post("/tim", status_code=200, request_max_body_size=FORM_BYTES)
async def find(request: AnyRequest) -> Response[Any]:
    """Search by name, number or code; a form, so that no name stands in an address in plain."""
    desk, (session, fields) = pages.desk_of(request), await pages.checked_fields(request)
    access.may_read(session.officer)
    words, wanted = plain(fields.get("words", ""))[:_MOST_WORDS], _wanted(fields)
    await to_thread.run_sync(desk.note, session, "search", None)
    if pages.is_part(request):
        return await to_thread.run_sync(_page, desk, request, session, wanted, words)
    return access.guarded(Redirect(_address(desk.hub, wanted, words), status_code=303))


def router() -> Router:
    return pages.office_router(OFFICE, inbox, find)


def _page(desk: Desk, request: AnyRequest, session: Session, wanted: Wanted, words: str) -> Response[Any]:
    shown = inbox_view.inbox(desk.hub, wanted, words)
    link = search_link.packed(desk.hub, words)
    part = pages.is_part(request)
    name = "inbox_part.html" if part else "inbox.html"
    answer = desk.page(name, session=session, inbox=shown, words=words, link=link, part=part)
    answer.headers["Vary"] = "HX-Request"
    if part:
        answer.headers["HX-Push-Url"] = _with(wanted, link)
    return answer


def _address(hub: Hub, wanted: Wanted, words: str) -> str:
    return _with(wanted, search_link.packed(hub, words))


def _with(wanted: Wanted, link: str) -> str:
    """The address of a list, the same for a whole page and for a part."""
    query = dict(wanted.query) | ({"tim": link} if link else {})
    query |= {"trang": str(wanted.page)} if wanted.page > 1 else {}
    return f"{OFFICE}?{urlencode(query)}" if query else OFFICE


def _wanted(fields: dict[str, str]) -> Wanted:
    """What the officer wants to see; odd values narrow nothing."""
    state, due = fields.get("trang_thai", ""), fields.get("han", "")
    return Wanted(
        State(state) if state in set(State) else None,
        fields.get("thon", "")[:_MOST_NAME],
        fields.get("thu_tuc", "")[:64],
        Due(due) if due in set(Due) else None,
        min(max(pages.number(fields.get("trang", "")) or 1, 1), _MOST_PAGES),
    )
