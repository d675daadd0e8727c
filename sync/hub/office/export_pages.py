"""``POST /can-bo/xuat``: the chosen dossiers as a file; each is written down as taken out."""

from typing import Any

from anyio import to_thread
from litestar import Response, Router, post

from kiosk.domain.errors import WorldError
from sync.hub.context import Hub
from sync.hub.office import access, pages
from sync.hub.office.export_pdf import as_pdf
from sync.hub.office.exports import as_csv, as_json, export
from sync.hub.office.words import plain
from sync.hub.wire import AnyRequest

_FORM_BYTES = 64 * 1024
_MOST = 200
_KINDS = {"json": "application/json", "csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


@post("/xuat", status_code=200, request_max_body_size=_FORM_BYTES)
async def take_out(request: AnyRequest) -> Response[Any]:
    """A form, so that nothing is taken out by a link from elsewhere."""
    desk, (session, fields) = pages.desk_of(request), await pages.checked_fields(request)
    access.may_read(session.officer)
    form = await request.form()
    chosen = list(dict.fromkeys(plain(str(one))[:64] for one in form.getall("ho_so", [])))
    kind = fields.get("dang", "")
    data = await to_thread.run_sync(exported, desk.hub, chosen, kind)
    for dossier in chosen:
        await to_thread.run_sync(desk.note, session, "export", dossier, kind)
    headers = {"Content-Disposition": f'attachment; filename="ho-so-{len(chosen)}.{kind}"'}
    return access.guarded(Response(data, status_code=200, media_type=_KINDS[kind], headers=headers))


def exported(hub: Hub, chosen: list[str], kind: str) -> bytes:
    """The file. Raises WorldError ``office.export_none``, ``office.export_many`` (with ``limit``),
    ``office.action_unknown`` for another kind of file, ``office.dossier_unknown``."""
    if kind not in _KINDS:
        raise WorldError("office.action_unknown")
    if not chosen:
        raise WorldError("office.export_none")
    if len(chosen) > _MOST:
        raise WorldError("office.export_many", limit=_MOST)
    items = [export(hub, dossier) for dossier in chosen]
    if kind == "pdf":
        return as_pdf(items, hub.settings.commune_name, hub.library.assets / "fonts")
    return as_csv(items) if kind == "csv" else as_json(items)


def router() -> Router:
    return pages.office_router(access.OFFICE, take_out)
