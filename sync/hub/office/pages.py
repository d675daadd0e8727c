"""What all pages under ``/can-bo`` share, the door, and the pages about the hub itself."""

import secrets
from pathlib import Path
from typing import Any

import jinja2
from anyio import to_thread
from litestar import Response, Router, get, post
from litestar.exceptions import HTTPException
from litestar.params import FromQuery
from litestar.response import Redirect

from kiosk.domain.errors import WorldError
from sync.hub.journal import tell_failure
from sync.hub.office import access, paper_names, views, way_back
from sync.hub.office.access import CSRF_FIELD, LOGIN_COOKIE, OFFICE, SESSION_COOKIE, Gate
from sync.hub.office.settings_view import settings_page
from sync.hub.office.words import plain, told_apart
from sync.hub.store import audit, points
from sync.hub.store.audit import AuditLine
from sync.hub.store.officers import Session
from sync.hub.wire import AnyRequest

_HERE = Path(__file__).parent
FORM_BYTES = 256 * 1024
"""Limit of a form without a file: what is too long is still read, and sent back with a word."""
_DOOR_BYTES = 16 * 1024
_JOURNAL_LINES = 200
"""Of one page of the log of who did what."""
STATUS = {
    "office.login_wrong": 403,
    "office.csrf": 403,
    "office.role": 403,
    "office.dossier_unknown": 404,
    "office.paper_unknown": 404,
    "office.point_unknown": 404,
    "office.paper_missing": 404,
    "office.page_unknown": 404,
    "data.unknown": 404,
    "data.already": 409,
    "data.formal": 409,
    "data.on_portal": 409,
    "office.state": 409,
    "office.changed": 409,
    "office.acted": 409,
    "office.portal_code_taken": 409,
    "request.too_many": 429,
    "office.error": 500,
    "server.full": 503,
    "copy.busy": 503,
}


def environment() -> jinja2.Environment:
    """Templates with escaping on and missing names as errors."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


_NAMED = {
    "inbox.html": OFFICE,
    "stick.html": f"{OFFICE}/usb",
    "overview.html": f"{OFFICE}/so-lieu",
    "points.html": f"{OFFICE}/diem",
    "settings.html": f"{OFFICE}/thiet-lap",
    "data.html": f"{OFFICE}/du-lieu",
    "journal.html": f"{OFFICE}/nhat-ky",
}
"""Pages that the navigation names."""


class Desk:
    """The pages of one hub; holds nothing but what it was given."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.hub = gate.hub
        self._templates = environment()

    def page(self, name: str, status: int = 200, **values: object) -> Response[str]:
        """One template as a guarded HTML answer."""
        values = {
            "commune": self.hub.settings.commune_name,
            "trial": self.hub.settings.trial,
            "session": None,
            "csrf_field": CSRF_FIELD,
            "here": _NAMED.get(name, ""),
            "part": False,
            **values,
        }
        html = self._templates.get_template(name).render(values)
        answer = Response(html, status_code=status, media_type="text/html; charset=utf-8")
        access.guarded(answer)
        return answer

    def refusal(self, request: AnyRequest, error: WorldError, status: int) -> Response[str]:
        """A page that says in a sentence why not; in place of the whole page where only a part was asked."""
        values = {"session": request.state.get("session"), "sentence": self.hub.library.sentence(error)}
        if not is_part(request):
            return self.page("refused.html", status, **values)
        answer = self.page("refused_part.html", status, part=True, **values)
        answer.headers.update({"HX-Retarget": "#noi-dung", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"})
        return answer

    def login(self, error: WorldError | None = None, back: str = "", ended: bool = False) -> Response[str]:
        """The log-in form with a token that only this browser has."""
        token = secrets.token_urlsafe(24)
        sentence = self.hub.library.sentence(error) if error else ""
        status = STATUS.get(error.code, 400) if error else 200
        answer = self.page("login.html", status, sentence=sentence, csrf=token, back=back, ended=ended)
        answer.set_cookie(access.cookie(LOGIN_COOKIE, token))
        return answer

    def note(self, session: Session, action: str, dossier: str | None, detail: str = "") -> None:
        """Who saw what."""
        line = AuditLine(self.hub.now(), session.officer.name, action, dossier, detail)
        with self.hub.database.write() as connection:
            audit.write(connection, self.hub.commune, line)


def desk_of(request: AnyRequest) -> Desk:
    desk = request.app.state["desk"]
    if not isinstance(desk, Desk):
        raise TypeError("the application was built without its pages")
    return desk


def is_part(request: AnyRequest) -> bool:
    """Whether htmx asks for a part of a page that is open already."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


@get("/dang-nhap")
async def login_page(request: AnyRequest, het: FromQuery[str] = "", ve: FromQuery[str] = "") -> Response[str]:
    """The log-in form; ``het`` says that a session ended, ``ve`` where to go back to."""
    return desk_of(request).login(back=way_back.safe(ve), ended=bool(het))


@post("/dang-nhap", status_code=303, request_max_body_size=_DOOR_BYTES)
async def login(request: AnyRequest) -> Response[Any]:
    """Check name and password; a wrong one shows the form again."""
    desk, fields = desk_of(request), await fields_of(request)
    caller = request.client.host if request.client else ""
    back = way_back.safe(fields.get(way_back.FIELD, ""))
    try:
        access.check_csrf(request.cookies.get(LOGIN_COOKIE, ""), fields.get(CSRF_FIELD, ""))
        name, password = plain(fields.get("name", "")), fields.get("password", "")
        secret = await desk.gate.log_in_by_turns(name, password, caller)
    except WorldError as error:
        return desk.login(error, back)
    answer = Redirect(back or OFFICE, status_code=303)
    answer.set_cookie(access.cookie(SESSION_COOKIE, secret))
    answer.set_cookie(access.cookie(LOGIN_COOKIE, ""))
    return access.guarded(answer)


@post("/dang-xuat", status_code=303, request_max_body_size=FORM_BYTES)
async def logout(request: AnyRequest) -> Response[Any]:
    """End the session on both sides."""
    desk = desk_of(request)
    await checked_fields(request)
    await to_thread.run_sync(desk.gate.log_out, request.cookies.get(SESSION_COOKIE, ""))
    answer = Redirect(f"{OFFICE}/dang-nhap", status_code=303)
    answer.set_cookie(access.cookie(SESSION_COOKIE, ""))
    return access.guarded(answer)


@get("/nhat-ky", sync_to_thread=True)
def journal_page(request: AnyRequest, truoc: FromQuery[str] = "") -> Response[str]:
    """Who saw and did what, for the head and the administrator; ``truoc``: what is older than that line."""
    desk = desk_of(request)
    session = desk.gate.session(request)
    access.may_audit(session.officer)
    before = number(truoc)
    with desk.hub.database.read() as connection:
        lines = audit.latest(connection, desk.hub.commune, _JOURNAL_LINES + 1, before)
        hamlets = points.hamlets(connection, desk.hub.commune)
    names = {**paper_names.all_names(desk.hub), **told_apart(hamlets)}
    shown, older = lines[:_JOURNAL_LINES], len(lines) > _JOURNAL_LINES
    return desk.page(
        "journal.html",
        session=session,
        lines=[views.shown_audit(line, names) for line in shown],
        older=shown[-1].number if older else None,
        newest=before is None,
    )


@get("/thiet-lap", sync_to_thread=True)
def settings(request: AnyRequest) -> Response[str]:
    """What the commune has told its points and what is missing; nothing of a citizen stands here."""
    desk = desk_of(request)
    session = desk.gate.session(request)
    shown = settings_page(desk.hub.library.content, desk.hub.clock.now().date())
    return desk.page("settings.html", session=session, settings=shown)


def router() -> Router:
    """The door and the pages about the hub itself."""
    return office_router(OFFICE, login_page, login, logout, journal_page, settings)


def office_router(path: str, *handlers: Any) -> Router:
    """Pages below ``path``, with refusals as pages, too."""
    return Router(
        path,
        route_handlers=handlers,
        before_request=no_odd_address,
        exception_handlers={WorldError: refused, HTTPException: http_refused, Exception: failed},
    )


def no_odd_address(request: AnyRequest) -> None:
    """Raises WorldError ``office.page_unknown`` for a NUL in an address: PostgreSQL can keep none."""
    if "\0" in request.scope["path"] or "%00" in request.url.query:
        raise WorldError("office.page_unknown")


def reader(request: AnyRequest) -> Session:
    """Who is logged in and may see dossiers. Raises WorldError ``office.login_needed``, ``office.role``."""
    session = desk_of(request).gate.session(request)
    access.may_read(session.officer)
    return session


def number(text: str) -> int | None:
    """A small whole number that a page sent back; ``None`` for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


async def fields_of(request: AnyRequest) -> dict[str, str]:
    """The text fields of a form without NUL; of several with one name the last counts. Raises WorldError
    ``office.form_damaged`` for bytes that are no text."""
    try:
        form = await request.form()
    except (UnicodeDecodeError, LookupError) as error:
        raise WorldError("office.form_damaged") from error
    texts = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    return {name: value.replace("\0", "") for name, value in texts.items()}


async def checked_fields(request: AnyRequest) -> tuple[Session, dict[str, str]]:
    """Who is logged in, and the form that came from our own page. Raises WorldError ``office.csrf``."""
    session = await to_thread.run_sync(desk_of(request).gate.session, request)
    fields = await fields_of(request)
    access.check_csrf(session.csrf, fields.get(CSRF_FIELD, ""))
    return session, fields


def refused(request: AnyRequest, error: WorldError) -> Response[Any]:
    """What the world did wrong, as a page; who is not logged in is led to the log-in."""
    if error.code != "office.login_needed":
        return desk_of(request).refusal(request, error, STATUS.get(error.code, 400))
    if is_part(request):
        return access.guarded(Response(b"", status_code=403, headers={"HX-Redirect": way_back.door(request)}))
    return access.guarded(Redirect(way_back.door(request), status_code=303))


def http_refused(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """What the framework refused, as a page."""
    known = {404: "office.page_unknown", 405: "office.page_unknown", 413: "office.too_big"}
    code = known.get(error.status_code, "office.form_damaged")
    return desk_of(request).refusal(request, WorldError(code), error.status_code)


def failed(request: AnyRequest, error: Exception) -> Response[Any]:
    """Our own mistake, as a page that tells nothing of it."""
    tell_failure("page failed", error, path=request.url.path)
    return desk_of(request).refusal(request, WorldError("office.error"), 500)
