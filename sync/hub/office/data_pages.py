"""``/can-bo/du-lieu``: requests of persons about their own data."""

from typing import Any

from anyio import to_thread
from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from kiosk.domain.errors import WorldError
from sync.hub.journal import tell
from sync.hub.office import access
from sync.hub.office.access import OFFICE
from sync.hub.office.data_requests import data_page, do_request, note_request, tell_request
from sync.hub.office.pages import Desk, checked_fields, desk_of, office_router, reader
from sync.hub.office.words import plain
from sync.hub.store.officers import Session
from sync.hub.wire import AnyRequest

DATA = f"{OFFICE}/du-lieu"
_FORM_BYTES = 8 * 1024
_SAID = {"noted", "told", "done"}


@get("/", sync_to_thread=True)
def page(request: AnyRequest, xong: FromQuery[str] = "") -> Response[str]:
    """Open requests with their limits, and a form for a new one."""
    desk, session = desk_of(request), reader(request)
    said = desk.hub.library.content.texts(f"data.{xong}") if xong in _SAID else ""
    return _page(desk, session, said=said)


@post("/", status_code=303, request_max_body_size=_FORM_BYTES)
async def note(request: AnyRequest) -> Response[Any]:
    """Write a request down."""
    desk, (session, fields) = desk_of(request), await checked_fields(request)
    access.may_read(session.officer)
    code, kind, asked_on = (plain(fields.get(name, "")) for name in ("code", "kind", "asked_on"))
    try:
        await to_thread.run_sync(note_request, desk.hub, session.officer, code, kind, asked_on)
    except WorldError as error:
        typed = {"code": code, "kind": kind, "asked_on": asked_on}
        return await to_thread.run_sync(_again, desk, session, typed, error)
    tell("data request")
    return _back("noted")


@post("/{request_id:str}/bao-nhan", status_code=303, request_max_body_size=_FORM_BYTES)
async def told(request: AnyRequest, request_id: FromPath[str]) -> Response[Any]:
    """The person has heard that it arrived."""
    desk, (session, _) = desk_of(request), await checked_fields(request)
    access.may_read(session.officer)
    await to_thread.run_sync(tell_request, desk.hub, session.officer, request_id)
    return _back("told")


@post("/{request_id:str}/lam", status_code=303, request_max_body_size=_FORM_BYTES)
async def do(request: AnyRequest, request_id: FromPath[str]) -> Response[Any]:
    """Do what is asked."""
    desk, (session, _) = desk_of(request), await checked_fields(request)
    access.may_read(session.officer)
    await to_thread.run_sync(do_request, desk.hub, session.officer, request_id)
    tell("data request done", request=request_id)
    return _back("done")


def router() -> Router:
    return office_router(DATA, page, note, told, do)


def _page(desk: Desk, session: Session, status: int = 200, **shown: object) -> Response[str]:
    values = {"said": "", "error": "", "typed": {}, **shown}
    return desk.page("data.html", status, session=session, data=data_page(desk.hub), **values)


def _again(desk: Desk, session: Session, typed: dict[str, str], error: WorldError) -> Response[str]:
    """The page with what was typed, and what is wrong with it."""
    return _page(desk, session, 400, typed=typed, error=desk.hub.library.sentence(error))


def _back(said: str) -> Response[Any]:
    return access.guarded(Redirect(f"{DATA}?xong={said}", status_code=303))
