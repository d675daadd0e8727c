"""``/can-bo/ho-so``: one dossier, its declaration and papers, and what the officer does with it."""

from dataclasses import replace
from typing import Any

from anyio import to_thread
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.router import Router

from kiosk.domain.errors import WorldError
from kiosk.domain.folding import tidy
from sync.hub.journal import tell
from sync.hub.office import access, pages, reading, views
from sync.hub.office.access import OFFICE
from sync.hub.office.actions import Step, act
from sync.hub.office.form_in_memory import read_form
from sync.hub.office.pages import FORM_BYTES, STATUS, Desk
from sync.hub.office.result_file import MAX_BYTES
from sync.hub.office.words import plain
from sync.hub.store.officers import Session
from sync.hub.wire import AnyRequest

_RESULT_FORM_BYTES = MAX_BYTES + FORM_BYTES
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
"""Kinds of papers that a browser may show; everything else is only downloaded."""
_NOTHING = Step(action="")
_NO_PAGE = {"office.dossier_unknown", "office.action_unknown"}
"""Refusals beside which no dossier can be shown."""


@get("/ho-so/{dossier_id:str}", sync_to_thread=True)
def dossier(request: AnyRequest, dossier_id: FromPath[str], xong: FromQuery[str] = "") -> Response[str]:
    """One dossier: declaration, papers, actions, history."""
    desk, session = pages.desk_of(request), pages.reader(request)
    opened = reading.open_dossier(desk.hub, dossier_id)
    desk.note(session, "view", dossier_id)
    return _shown(desk, request, session, opened, done=bool(xong))


@get("/ho-so/{dossier_id:str}/to-khai/{number:str}", sync_to_thread=True)
def declaration(request: AnyRequest, dossier_id: FromPath[str], number: FromPath[str]) -> Response[bytes]:
    """One of the papers as the citizen prints it: an official form or an information sheet."""
    desk, session = pages.desk_of(request), pages.reader(request)
    opened = reading.open_dossier(desk.hub, dossier_id)
    if opened.current is None:
        raise WorldError("office.no_content")
    which = pages.number(number)
    if which is None:
        raise WorldError("office.page_unknown")
    printed = desk.hub.library.paper(opened.current, which)
    desk.note(session, "declaration", dossier_id)
    return _file(printed.pdf, "application/pdf", f"to-khai-{dossier_id[:8]}-{which}.pdf")


@get("/ho-so/{dossier_id:str}/giay-to/{sha256:str}", sync_to_thread=True)
def paper(request: AnyRequest, dossier_id: FromPath[str], sha256: FromPath[str]) -> Response[bytes]:
    """One scanned paper, opened on the fly; nothing of it is written anywhere."""
    desk, session = pages.desk_of(request), pages.reader(request)
    opened = reading.open_dossier(desk.hub, dossier_id)
    found, data = reading.open_paper(desk.hub, opened, sha256)
    desk.note(session, "paper", dossier_id, found.kind)
    kind = found.media_type if found.media_type in _ENDINGS else "application/octet-stream"
    return _file(data, kind, f"giay-to-{sha256[:8]}{_ENDINGS.get(kind, '.bin')}")


@post("/ho-so/{dossier_id:str}/{action:str}", status_code=303, request_max_body_size=FORM_BYTES)
async def action_(request: AnyRequest, dossier_id: FromPath[str], action: FromPath[str]) -> Response[Any]:
    """One press of a button."""
    session, fields = await pages.checked_fields(request)
    chosen = (await request.form()).getall("papers", [])
    papers = tuple(plain(str(kind))[:64] for kind in chosen)[:50]
    return await _done(request, session, dossier_id, replace(_step(action, fields), papers=papers))


@post(
    ["/ho-so/{dossier_id:str}/result", "/ho-so/{dossier_id:str}/resend"],
    status_code=303,
    request_max_body_size=_RESULT_FORM_BYTES,
)
async def result(request: AnyRequest, dossier_id: FromPath[str]) -> Response[Any]:
    """Say that there is a result, with or without a copy of it for the point; or send another copy."""
    session = await to_thread.run_sync(pages.desk_of(request).gate.session, request)
    form = await read_form(request, _RESULT_FORM_BYTES)
    access.check_csrf(session.csrf, form.fields.get(access.CSRF_FIELD, ""))
    place, empty = plain(form.fields.get("place", "")), form.named and not form.data
    pressed = _step(request.url.path.rpartition("/")[2], form.fields)
    step = replace(pressed, result=form.data, empty_file=empty, place=place)
    return await _done(request, session, dossier_id, step)


def router() -> Router:
    return pages.office_router(OFFICE, dossier, declaration, paper, result, action_)


def _step(action: str, fields: dict[str, str]) -> Step:
    """What was pressed and typed."""
    return Step(
        action=action,
        sentence=plain(fields.get("sentence", "")),
        portal_code=tidy(fields.get("portal_code", "")),
        day=plain(fields.get("day", "")),
        revision=pages.number(fields.get("revision", "")),
        sure=tidy(fields.get("sure", "")),
        seen=pages.number(fields.get("seen", "")),
    )


async def _done(request: AnyRequest, session: Session, dossier_id: str, step: Step) -> Response[Any]:
    """The dossier after the step; before it, with what was typed, where the step could not be done."""
    desk = pages.desk_of(request)
    access.may_read(session.officer)
    try:
        await to_thread.run_sync(act, desk.hub, session.officer, dossier_id, step)
    except WorldError as error:
        if error.code in _NO_PAGE:
            raise
        opened = await to_thread.run_sync(reading.open_dossier, desk.hub, dossier_id)
        return await to_thread.run_sync(_refused, desk, request, session, opened, step, error)
    tell("officer acted", action=step.action, dossier=dossier_id, bytes=len(step.result))
    if not pages.is_part(request):
        return access.guarded(Redirect(f"{OFFICE}/ho-so/{dossier_id}?xong=1", status_code=303))
    opened = await to_thread.run_sync(reading.open_dossier, desk.hub, dossier_id)
    return await to_thread.run_sync(_after, desk, request, session, opened)


def _after(desk: Desk, request: AnyRequest, session: Session, opened: reading.OpenDossier) -> Response[str]:
    return _shown(desk, request, session, opened, done=True)


def _refused(
    desk: Desk,
    request: AnyRequest,
    session: Session,
    opened: reading.OpenDossier,
    step: Step,
    error: WorldError,
) -> Response[str]:
    return _shown(desk, request, session, opened, typed=step, error=error)


def _shown(
    desk: Desk,
    request: AnyRequest,
    session: Session,
    opened: reading.OpenDossier,
    *,
    done: bool = False,
    typed: Step = _NOTHING,
    error: WorldError | None = None,
) -> Response[str]:
    """The page of a dossier, or only the part that an action changes."""
    return desk.page(
        "dossier_part.html" if pages.is_part(request) else "dossier.html",
        STATUS.get(error.code, 400) if error else 200,
        session=session,
        d=views.dossier_page(desk.hub, opened),
        done=done,
        most_bytes=MAX_BYTES,
        typed=typed,
        error=desk.hub.library.sentence(error) if error else "",
        field=_FIELDS.get(error.code, "") if error else "",
    )


_FIELDS = {
    "office.sentence_needed": "sentence",
    "office.sentence_long": "sentence",
    "office.portal_code_needed": "portal-code",
    "office.portal_code_odd": "portal-code",
    "office.portal_code_taken": "shared",
    "office.portal_code_unusual": "sure",
    "office.refuse_sure": "sure",
    "office.copy_needed": "file",
    "office.due_odd": "day",
    "office.place_needed": "place",
    "office.result_kind": "file",
    "office.result_empty": "file",
    "office.result_damaged": "file",
    "office.result_big": "file",
    "office.result_pages": "file",
}
"""Which field an error is about; its id begins with the action."""


def _file(data: bytes, kind: str, name: str) -> Response[bytes]:
    how = "inline" if kind in _ENDINGS else "attachment"
    headers = {
        "Content-Disposition": f'{how}; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    }
    answer = Response(data, media_type=kind, headers=headers)
    access.guarded(answer)
    return answer
