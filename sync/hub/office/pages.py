"""The pages under ``/can-bo``: log-in, inbox, dossier, its papers, its actions."""

import secrets
from pathlib import Path
from typing import Any

import jinja2
from anyio import to_thread
from litestar import Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.domain.folding import tidy
from sync.hub.journal import tell, tell_failure
from sync.hub.office import access, reading, views
from sync.hub.office.access import CSRF_FIELD, LOGIN_COOKIE, OFFICE, SESSION_COOKIE, Gate
from sync.hub.office.actions import Step, act
from sync.hub.office.result_file import MAX_BYTES
from sync.hub.office.settings_view import settings_page
from sync.hub.office.views import Wanted
from sync.hub.opening import search_words
from sync.hub.store import audit
from sync.hub.store.audit import AuditLine
from sync.hub.store.deadlines import Due
from sync.hub.store.officers import Session
from sync.hub.wire import AnyRequest

_HERE = Path(__file__).parent
_FORM_BYTES = 64 * 1024
_RESULT_FORM_BYTES = MAX_BYTES + _FORM_BYTES
_STATUS = {
    "office.login_wrong": 403,
    "office.csrf": 403,
    "office.role": 403,
    "office.dossier_unknown": 404,
    "office.paper_unknown": 404,
    "office.point_unknown": 404,
    "office.paper_missing": 404,
    "office.page_unknown": 404,
    "data.unknown": 404,
    "office.state": 409,
    "office.changed": 409,
    "request.too_many": 429,
    "server.error": 500,
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
            **values,
        }
        html = self._templates.get_template(name).render(values)
        answer = Response(html, status_code=status, media_type="text/html; charset=utf-8")
        access.guarded(answer)
        return answer

    def refusal(self, error: WorldError, status: int) -> Response[str]:
        """A page that says in a sentence why not."""
        return self.page("refused.html", status, sentence=self.hub.library.sentence(error))

    def login(self, error: WorldError | None = None) -> Response[str]:
        """The log-in form with a token that only this browser has."""
        token = secrets.token_urlsafe(24)
        sentence = self.hub.library.sentence(error) if error else ""
        answer = self.page(
            "login.html", _STATUS.get(error.code, 400) if error else 200, sentence=sentence, csrf=token
        )
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


@get("/dang-nhap")
async def login_page(request: AnyRequest) -> Response[str]:
    """The log-in form."""
    return desk_of(request).login()


@post("/dang-nhap", status_code=303, request_max_body_size=_FORM_BYTES)
async def login(request: AnyRequest) -> Response[Any]:
    """Check name and password; a wrong one shows the form again."""
    desk, fields = desk_of(request), await _fields(request)
    caller = request.client.host if request.client else ""
    try:
        access.check_csrf(request.cookies.get(LOGIN_COOKIE, ""), fields.get(CSRF_FIELD, ""))
        name, password = fields.get("name", "").strip(), fields.get("password", "")
        secret = await to_thread.run_sync(desk.gate.log_in, name, password, caller)
    except WorldError as error:
        return desk.login(error)
    answer = Redirect(OFFICE, status_code=303)
    answer.set_cookie(access.cookie(SESSION_COOKIE, secret))
    answer.set_cookie(access.cookie(LOGIN_COOKIE, ""))
    return access.guarded(answer)


@post("/dang-xuat", status_code=303, request_max_body_size=_FORM_BYTES)
async def logout(request: AnyRequest) -> Response[Any]:
    """End the session on both sides."""
    desk = desk_of(request)
    await checked_fields(request)
    await to_thread.run_sync(desk.gate.log_out, request.cookies.get(SESSION_COOKIE, ""))
    answer = Redirect(f"{OFFICE}/dang-nhap", status_code=303)
    answer.set_cookie(access.cookie(SESSION_COOKIE, ""))
    return access.guarded(answer)


@get("/", sync_to_thread=True)
def inbox(
    request: AnyRequest,
    trang_thai: FromQuery[str] = "",
    thon: FromQuery[str] = "",
    thu_tuc: FromQuery[str] = "",
    han: FromQuery[str] = "",
    trang: FromQuery[int] = 1,
) -> Response[str]:
    """All dossiers, or those of one state, hamlet, procedure or day of return, newest first."""
    desk = desk_of(request)
    session = reader(request)
    wanted = Wanted(
        State(trang_thai) if trang_thai in set(State) else None,
        thon[:200],
        thu_tuc[:64],
        Due(han) if han in set(Due) else None,
        min(max(trang, 1), 10_000),
    )
    shown = views.inbox(desk.hub, wanted)
    return desk.page("inbox.html", session=session, inbox=shown, words="")


@post("/tim", status_code=200, request_max_body_size=_FORM_BYTES)
async def find(request: AnyRequest) -> Response[str]:
    """Search by name, number or slip code; a form, so that no name stands in an address."""
    desk, (session, fields) = desk_of(request), await checked_fields(request)
    access.may_read(session.officer)
    typed = tidy(fields.get("words", ""))[:200]
    await to_thread.run_sync(desk.note, session, "search", None)
    shown = await to_thread.run_sync(views.inbox, desk.hub, Wanted(), search_words(typed))
    return desk.page("inbox.html", session=session, inbox=shown, words=typed)


@get("/ho-so/{dossier_id:str}", sync_to_thread=True)
def dossier(request: AnyRequest, dossier_id: FromPath[str], xong: FromQuery[str] = "") -> Response[str]:
    """One dossier: declaration, papers, actions, history."""
    desk, session = desk_of(request), reader(request)
    opened = reading.open_dossier(desk.hub, dossier_id)
    desk.note(session, "view", dossier_id)
    shown = views.dossier_page(desk.hub, opened)
    return desk.page("dossier.html", session=session, d=shown, done=bool(xong))


@get("/ho-so/{dossier_id:str}/to-khai/{number:int}", sync_to_thread=True)
def declaration(request: AnyRequest, dossier_id: FromPath[str], number: FromPath[int]) -> Response[bytes]:
    """One of the papers as the citizen prints it: an official form or an information sheet."""
    desk, session = desk_of(request), reader(request)
    opened = reading.open_dossier(desk.hub, dossier_id)
    if opened.current is None:
        raise WorldError("office.no_content")
    printed = desk.hub.library.paper(opened.current, number)
    desk.note(session, "declaration", dossier_id)
    return _file(printed.pdf, "application/pdf", f"to-khai-{dossier_id[:8]}-{number}.pdf")


@get("/ho-so/{dossier_id:str}/giay-to/{sha256:str}", sync_to_thread=True)
def paper(request: AnyRequest, dossier_id: FromPath[str], sha256: FromPath[str]) -> Response[bytes]:
    """One scanned paper, opened on the fly; nothing of it is written anywhere."""
    desk, session = desk_of(request), reader(request)
    opened = reading.open_dossier(desk.hub, dossier_id)
    found, data = reading.open_paper(desk.hub, opened, sha256)
    desk.note(session, "paper", dossier_id, found.kind)
    kind = found.media_type if found.media_type in _ENDINGS else "application/octet-stream"
    return _file(data, kind, f"giay-to-{sha256[:8]}{_ENDINGS.get(kind, '.bin')}")


@post("/ho-so/{dossier_id:str}/{action:str}", status_code=303, request_max_body_size=_FORM_BYTES)
async def action_(request: AnyRequest, dossier_id: FromPath[str], action: FromPath[str]) -> Response[Any]:
    """One press of a button."""
    desk, (session, fields) = desk_of(request), await checked_fields(request)
    access.may_read(session.officer)
    form = await request.form()
    step = Step(
        action=action,
        sentence=tidy(fields.get("sentence", "")),
        portal_code=tidy(fields.get("portal_code", "")),
        due=fields.get("due", "").strip(),
        papers=tuple(str(kind)[:64] for kind in form.getall("papers", []))[:50],
        revision=_number(fields.get("revision", "")),
    )
    await to_thread.run_sync(act, desk.hub, session.officer, dossier_id, step)
    tell("officer acted", action=action, dossier=dossier_id)
    return access.guarded(Redirect(f"{OFFICE}/ho-so/{dossier_id}?xong=1", status_code=303))


@post("/ho-so/{dossier_id:str}/result", status_code=303, request_max_body_size=_RESULT_FORM_BYTES)
async def result(request: AnyRequest, dossier_id: FromPath[str]) -> Response[Any]:
    """Say that there is a result, with or without a copy of it for the point."""
    desk, (session, fields) = desk_of(request), await checked_fields(request)
    access.may_read(session.officer)
    file = (await request.form()).get("file")
    step = Step(
        action="result",
        sentence=tidy(fields.get("sentence", "")),
        revision=_number(fields.get("revision", "")),
        result=await file.read() if isinstance(file, UploadFile) else b"",
        place=tidy(fields.get("place", "")),
    )
    await to_thread.run_sync(act, desk.hub, session.officer, dossier_id, step)
    tell("officer acted", action="result", dossier=dossier_id, bytes=len(step.result))
    return access.guarded(Redirect(f"{OFFICE}/ho-so/{dossier_id}?xong=1", status_code=303))


@get("/nhat-ky", sync_to_thread=True)
def journal_page(request: AnyRequest) -> Response[str]:
    """Who saw and did what, for the head and the administrator."""
    desk = desk_of(request)
    session = desk.gate.session(request)
    access.may_audit(session.officer)
    with desk.hub.database.read() as connection:
        lines = audit.latest(connection, desk.hub.commune)
    return desk.page("journal.html", session=session, lines=[views.shown_audit(line) for line in lines])


@get("/thiet-lap", sync_to_thread=True)
def settings(request: AnyRequest) -> Response[str]:
    """What the commune has told its points and what is missing; nothing of a citizen stands here."""
    desk = desk_of(request)
    session = desk.gate.session(request)
    shown = settings_page(desk.hub.library.content, desk.hub.clock.now().date())
    return desk.page("settings.html", session=session, settings=shown)


@get("/tinh/{name:str}", sync_to_thread=True)
def static(request: AnyRequest, name: FromPath[str]) -> Response[bytes]:
    """The style sheet, the icon and the fonts."""
    hub = desk_of(request).hub
    files = {
        "office.css": (_HERE / "static" / "office.css", "text/css"),
        "icon.svg": (_HERE / "static" / "icon.svg", "image/svg+xml"),
    }
    for weight in ("Regular", "SemiBold", "Bold"):
        font = f"BeVietnamPro-{weight}.ttf"
        files[font] = (hub.library.assets / "fonts" / font, "font/ttf")
    if name not in files:
        raise WorldError("office.page_unknown")
    path, kind = files[name]
    answer = Response(path.read_bytes(), media_type=kind, headers={"Cache-Control": "private, max-age=3600"})
    access.guarded(answer)
    return answer


def router() -> Router:
    """All pages, with refusals as pages, too."""
    return Router(
        OFFICE,
        route_handlers=[
            login_page,
            login,
            logout,
            inbox,
            find,
            dossier,
            declaration,
            paper,
            result,
            action_,
            journal_page,
            settings,
            static,
        ],
        exception_handlers={WorldError: refused, HTTPException: http_refused, Exception: failed},
    )


_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
"""Kinds of papers that a browser may show; everything else is only downloaded."""


def _file(data: bytes, kind: str, name: str) -> Response[bytes]:
    how = "inline" if kind in _ENDINGS else "attachment"
    headers = {
        "Content-Disposition": f'{how}; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    }
    answer = Response(data, media_type=kind, headers=headers)
    access.guarded(answer)
    return answer


def reader(request: AnyRequest) -> Session:
    """Who is logged in and may see dossiers. Raises WorldError ``office.login_needed``, ``office.role``."""
    session = desk_of(request).gate.session(request)
    access.may_read(session.officer)
    return session


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


async def _fields(request: AnyRequest) -> dict[str, str]:
    """The text fields of a form; of several with one name the last counts."""
    form = await request.form()
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}


async def checked_fields(request: AnyRequest) -> tuple[Session, dict[str, str]]:
    """Who is logged in, and the form that came from our own page. Raises WorldError ``office.csrf``."""
    session = await to_thread.run_sync(desk_of(request).gate.session, request)
    fields = await _fields(request)
    access.check_csrf(session.csrf, fields.get(CSRF_FIELD, ""))
    return session, fields


def refused(request: AnyRequest, error: WorldError) -> Response[Any]:
    """What the world did wrong, as a page; who is not logged in is led to the log-in."""
    if error.code == "office.login_needed":
        return access.guarded(Redirect(f"{OFFICE}/dang-nhap", status_code=303))
    return desk_of(request).refusal(error, _STATUS.get(error.code, 400))


def http_refused(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """What the framework refused, as a page."""
    known = {404: "office.page_unknown", 405: "office.page_unknown", 413: "request.too_big"}
    code = known.get(error.status_code, "office.form_damaged")
    return desk_of(request).refusal(WorldError(code), error.status_code)


def failed(request: AnyRequest, error: Exception) -> Response[Any]:
    """Our own mistake, as a page that tells nothing of it."""
    tell_failure("page failed", error, path=request.url.path)
    return desk_of(request).refusal(WorldError("server.error"), 500)
