"""``/can-bo/usb``: take in what points sent by memory stick, at the hub's machine or through the browser."""

import base64
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anyio import to_thread
from litestar import Response, Router, get, post
from litestar.datastructures import UploadFile

from kiosk.domain.errors import WorldError
from kiosk.domain.ids import new_id
from sync import stick, volumes
from sync.hub.context import Hub
from sync.hub.office.access import OFFICE, may_read
from sync.hub.office.pages import Desk, checked_fields, desk_of, office_router, reader
from sync.hub.stick_import import Imported, import_folder
from sync.hub.stick_words import sentences
from sync.hub.store.officers import Session
from sync.hub.wire import AnyRequest

_FORM_BYTES = 64 * 1024
_UPLOAD_BYTES = 512 * 1024 * 1024
_ENDINGS = (stick.MANIFEST, stick.ENVELOPE, stick.PAPER)


@dataclass(frozen=True)
class Told:
    """What the page says of one point's copy."""

    hamlet: str
    sentences: Sequence[str]
    name: str
    download: str
    """The sealed answer in base64, where it does not lie on the stick already."""


@get("/", sync_to_thread=True)
def stick_page(request: AnyRequest) -> Response[str]:
    """What can be taken in."""
    return _page(desk_of(request), reader(request), ())


@post("/may", status_code=200, request_max_body_size=_FORM_BYTES)
async def take_here(request: AnyRequest) -> Response[str]:
    """From a stick in the hub's own machine; only one that is offered, never any other folder."""
    desk, (session, fields) = desk_of(request), await checked_fields(request)
    may_read(session.officer)
    wanted = next((drive for drive in volumes.sticks() if str(drive) == fields.get("stick")), None)
    if wanted is None:
        raise WorldError("stick.none")
    done = await to_thread.run_sync(import_folder, desk.hub, wanted)
    return await to_thread.run_sync(_told, desk, session, done)


@post("/tep", status_code=200, request_max_body_size=_UPLOAD_BYTES)
async def take_files(request: AnyRequest) -> Response[str]:
    """From files that the browser sends; the answer is offered to be saved."""
    desk, (session, _) = desk_of(request), await checked_fields(request)
    may_read(session.officer)
    folder = desk.hub.home.uploads / f"stick-{new_id()}"
    try:
        await _keep(folder, (await request.form()).getall("files", []))
        done = await to_thread.run_sync(_import, desk.hub, folder)
    finally:
        await to_thread.run_sync(shutil.rmtree, folder, True)
    return await to_thread.run_sync(_told, desk, session, done)


def router() -> Router:
    """Everything below ``/can-bo/usb``."""
    return office_router(f"{OFFICE}/usb", stick_page, take_here, take_files)


async def _keep(folder: Path, files: Sequence[object]) -> None:
    """Put the sealed files of a copy side by side; their names are digests and ids, whatever folder they
    come from. Raises WorldError ``server.full``."""
    try:
        folder.mkdir(parents=True)
        for file in files:
            if isinstance(file, UploadFile) and (name := _name(file.filename)):
                (folder / name).write_bytes(await file.read(stick.MAX_FILE_BYTES + 1))
    except OSError as error:
        raise WorldError("server.full") from error


def _name(sent: str) -> str:
    """The bare name of a file that belongs to a copy; empty for every other one."""
    name = sent.replace("\\", "/").rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    fits = dot + ending in _ENDINGS and len(stem) <= 64 and all(each in "0123456789abcdef-" for each in stem)
    return name if fits and stem else ""


def _import(hub: Hub, folder: Path) -> list[Imported]:
    return import_folder(hub, folder, write_back=False)


def _told(desk: Desk, session: Session, done: Sequence[Imported]) -> Response[str]:
    for one in done:
        desk.note(session, "stick", None, one.hamlet or (one.error.code if one.error else ""))
    return _page(desk, session, done)


def _page(desk: Desk, session: Session, done: Sequence[Imported]) -> Response[Any]:
    shown = [_shown(desk, one) for one in done]
    return desk.page(
        "stick.html", session=session, done=shown, sticks=[str(each) for each in volumes.sticks()]
    )


def _shown(desk: Desk, one: Imported) -> Told:
    download = "" if one.written else base64.b64encode(one.answer).decode("ascii")
    said = sentences(desk.hub.library.content.texts, one)
    return Told(one.hamlet, said, f"{one.export}{stick.ANSWER}", download)
