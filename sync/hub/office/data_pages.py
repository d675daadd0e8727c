"""``/can-bo/du-lieu``: requests of persons about their own data."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from anyio import to_thread
from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from kiosk.domain.errors import WorldError
from sync.hub.journal import tell
from sync.hub.office import access
from sync.hub.office.access import OFFICE
from sync.hub.office.data_requests import do_request, drop_request, mend_day, note_request, tell_request
from sync.hub.office.data_view import data_page
from sync.hub.office.pages import STATUS, Desk, checked_fields, desk_of, office_router, reader
from sync.hub.office.words import plain
from sync.hub.store.officers import Session
from sync.hub.wire import AnyRequest

DATA = f"{OFFICE}/du-lieu"
_FORM_BYTES = 8 * 1024
_SAID = {"noted", "told", "done", "mended", "dropped"}
_NOT_HERE = {"data.formal", "data.on_portal"}
"""Why it cannot be done here; the request goes on waiting."""
_NOTHING: Mapping[str, str] = MappingProxyType({})
_SURE = "sure"
"""The field that says: that day long ago is right."""


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
    write = partial(note_request, desk.hub, session.officer, code, kind, asked_on, sure=_SURE in fields)
    typed = {"code": code, "kind": kind, "asked_on": asked_on}
    return await _written(desk, session, write, "noted", typed=typed)


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
    try:
        await to_thread.run_sync(do_request, desk.hub, session.officer, request_id)
    except WorldError as error:
        if error.code not in _NOT_HERE:
            raise
        return await to_thread.run_sync(partial(_again, desk, session, error, about=request_id))
    tell("data request done", request=request_id)
    return _back("done")


@post("/{request_id:str}/ngay", status_code=303, request_max_body_size=_FORM_BYTES)
async def day(request: AnyRequest, request_id: FromPath[str]) -> Response[Any]:
    """Another day was meant."""
    desk, (session, fields) = desk_of(request), await checked_fields(request)
    access.may_read(session.officer)
    asked_on = plain(fields.get("asked_on", ""))
    mend = partial(mend_day, desk.hub, session.officer, request_id, asked_on, sure=_SURE in fields)
    return await _written(desk, session, mend, "mended", about=request_id, typed={"day": asked_on})


@post("/{request_id:str}/bo", status_code=303, request_max_body_size=_FORM_BYTES)
async def drop(request: AnyRequest, request_id: FromPath[str]) -> Response[Any]:
    """Noted by mistake, or answered."""
    desk, (session, _) = desk_of(request), await checked_fields(request)
    access.may_read(session.officer)
    await to_thread.run_sync(drop_request, desk.hub, session.officer, request_id)
    tell("data request dropped", request=request_id)
    return _back("dropped")


def router() -> Router:
    return office_router(DATA, page, note, told, do, day, drop)


async def _written(
    desk: Desk,
    session: Session,
    write: Callable[[], object],
    said: str,
    *,
    about: str = "",
    typed: Mapping[str, str],
) -> Response[Any]:
    """Write it down, and say so; what cannot be written stands beside what was typed."""
    try:
        await to_thread.run_sync(write)
    except WorldError as error:
        if about and error.code == "data.unknown":
            raise
        return await to_thread.run_sync(partial(_again, desk, session, error, about=about, typed=typed))
    tell("data request", did=said)
    return _back(said)


def _page(desk: Desk, session: Session, status: int = 200, **shown: object) -> Response[str]:
    values = {"said": "", "error": "", "about": "", "long_ago": False, "typed": {}, **shown}
    return desk.page("data.html", status, session=session, data=data_page(desk.hub), **values)


def _again(
    desk: Desk, session: Session, error: WorldError, *, about: str = "", typed: Mapping[str, str] = _NOTHING
) -> Response[str]:
    """The page with what was typed, and what is wrong with it; ``about``: which waiting request."""
    sentence, long_ago = desk.hub.library.sentence(error), error.code == "data.long_ago"
    status = STATUS.get(error.code, 400)
    return _page(desk, session, status, typed=typed, error=sentence, about=about, long_ago=long_ago)


def _back(said: str) -> Response[Any]:
    return access.guarded(Redirect(f"{DATA}?xong={said}", status_code=303))
