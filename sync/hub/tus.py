"""Papers by tus 1.0.0 (core, creation, creation with upload, termination): one sealed paper is one upload."""

import base64
import binascii
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import anyio
from anyio import to_thread
from litestar import Response, Router, delete, head, patch, post, route
from litestar.enums import HttpMethod
from litestar.exceptions import HTTPException
from litestar.params import FromPath

from kiosk.domain.errors import WorldError
from sync.hub import uploads
from sync.hub.context import Hub
from sync.hub.journal import tell
from sync.hub.store.papers import Upload
from sync.hub.uploads import OffsetMovedError
from sync.hub.wire import TUS_VERSION, AnyRequest, hub_of, point_of
from sync.protocol import MAX_PAPER_BYTES, PAPERS_PATH

_TYPE = "application/offset+octet-stream"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Writers:
    """Who writes to which upload. A newer request of the same upload ends the older one,
    which often hangs on a line that is dead already; its bytes are kept. One in another process of the hub
    finds out with its next bytes (``uploads.appending``)."""

    def __init__(self) -> None:
        self._locks: dict[str, anyio.Lock] = {}
        self._running: dict[str, anyio.CancelScope] = {}

    @asynccontextmanager
    async def alone(self, upload_id: FromPath[str]) -> AsyncIterator[anyio.CancelScope]:
        """The only request on this upload, inside a scope that the next one may cancel."""
        if (older := self._running.get(upload_id)) is not None:
            older.cancel()
        lock = self._locks.setdefault(upload_id, anyio.Lock())
        async with lock:
            with anyio.CancelScope() as scope:
                self._running[upload_id] = scope
                try:
                    yield scope
                finally:
                    self._leave(upload_id, lock)

    @asynccontextmanager
    async def briefly(self, upload_id: str) -> AsyncIterator[None]:
        """The same for what is done at once and waits for no line: it is not ended half-way."""
        async with self.alone(upload_id):
            with anyio.CancelScope(shield=True):
                yield

    def _leave(self, upload_id: str, lock: anyio.Lock) -> None:
        self._running.pop(upload_id, None)
        if not lock.statistics().tasks_waiting:
            self._locks.pop(upload_id, None)


@route(["/", "/{upload_id:str}"], http_method=[HttpMethod.OPTIONS], status_code=204)
async def abilities() -> Response[None]:
    """What this server can, for clients that ask first."""
    headers = {
        "Tus-Version": TUS_VERSION,
        "Tus-Extension": "creation,creation-with-upload,termination",
        "Tus-Max-Size": str(MAX_PAPER_BYTES),
    }
    return _empty(204, headers)


@post("/", request_max_body_size=None)
async def create(request: AnyRequest) -> Response[bytes]:
    """Begin an upload, its first bytes at once if they come along, or find the one that was begun before.

    The answer to one with bytes, to which somebody may still write, names its offset only where bytes came
    along: clients that send some wait for it, the others ask.
    """
    hub = hub_of(request)
    point = await to_thread.run_sync(point_of, hub, _checked_authorization(request))
    sha256 = _digest_named(request.headers.get("upload-metadata", ""))
    length = _number(request.headers.get("upload-length", ""), "upload.metadata")
    if length == 0:
        raise WorldError("upload.metadata")
    upload = await to_thread.run_sync(uploads.begin, hub, point, sha256, length)
    tell("paper begun", point=point.id, upload=upload.id, length=length)
    there = await _first_bytes(request, hub, upload)
    headers = {"Tus-Resumable": TUS_VERSION, "Location": f"{PAPERS_PATH}/{upload.id}"}
    if there is not None:
        headers["Upload-Offset"] = str(there)
    return Response(b"", status_code=201, headers=headers)


async def _first_bytes(request: AnyRequest, hub: Hub, upload: Upload) -> int | None:
    """Take what came with the creation, but nothing where bytes are there already; how much there is then.

    ``None`` where nothing came and others may still write.
    """
    there = await to_thread.run_sync(uploads.offset, hub, upload)
    if request.headers.get("content-type") != _TYPE:
        return None if there else 0
    if there == 0:
        with suppress(OffsetMovedError):
            return await _receive(request, hub, upload, 0)
    await _leave_aside(request)
    return await _standing(request, hub, upload)


async def _leave_aside(request: AnyRequest) -> None:
    """Hear the rest of the body; of one that a newer request ended all may have been read already."""
    if request.is_connected:
        async for _ in request.stream():
            continue


@head("/{upload_id:str}")
async def ask(request: AnyRequest, upload_id: FromPath[str]) -> Response[None]:
    """How much the hub has."""
    upload = await _upload(request, upload_id)
    there = await _standing(request, hub_of(request), upload)
    headers = {
        "Upload-Offset": str(there),
        "Upload-Length": str(upload.length),
        "Cache-Control": "no-store",
    }
    return _empty(200, headers)


async def _standing(request: AnyRequest, hub: Hub, upload: Upload) -> int:
    """How much is there. A crash, or a newer request, may have come between the last byte and its check: that
    is done now, so that nobody is told of a whole paper that does not count."""
    async with _writers(request).briefly(upload.id):
        there = await to_thread.run_sync(uploads.offset, hub, upload)
        if there == upload.length:
            await to_thread.run_sync(uploads.finish, hub, upload)
    return there


@patch("/{upload_id:str}", status_code=204, request_max_body_size=None)
async def send(request: AnyRequest, upload_id: FromPath[str]) -> Response[None]:
    """Take bytes from the offset on; what has arrived stays, however the request ends."""
    upload = await _upload(request, upload_id)
    if request.headers.get("content-type") != _TYPE:
        raise WorldError("upload.media_type")
    start = _number(request.headers.get("upload-offset", ""), "upload.offset")
    there = await _receive(request, hub_of(request), upload, start)
    return _empty(204, {"Upload-Offset": str(there)})


async def _receive(request: AnyRequest, hub: Hub, upload: Upload, start: int) -> int:
    """Append the body from ``start`` on; how many bytes are there then. Raises ``OffsetMovedError``."""
    async with _writers(request).alone(upload.id) as scope:
        there = await to_thread.run_sync(uploads.offset, hub, upload)
        if start != there:
            raise OffsetMovedError
        there += await _take_bytes(request, hub, upload, there)
        if there == upload.length:
            with anyio.CancelScope(shield=True):
                await to_thread.run_sync(uploads.finish, hub, upload)
            tell("paper complete", point=upload.point, upload=upload.id)
    if scope.cancelled_caught:
        raise OffsetMovedError
    return there


@delete("/{upload_id:str}", status_code=204)
async def give_up(request: AnyRequest, upload_id: FromPath[str]) -> Response[None]:
    """Termination: the client does not want this upload any more."""
    upload = await _upload(request, upload_id)
    async with _writers(request).briefly(upload.id):
        await to_thread.run_sync(uploads.give_up, hub_of(request), upload)
    return _empty(204, {})


def router() -> Router:
    """All of it under ``/v1/papers``."""
    return Router(PAPERS_PATH, route_handlers=[abilities, create, ask, send, give_up])


async def _take_bytes(request: AnyRequest, hub: Hub, upload: Upload, start: int) -> int:
    """Write the body from ``start`` on as it arrives; returns the number of bytes. A line that breaks is no
    error here.

    Writing stays in this task: a few microseconds into the system's cache, while a detour by a thread would
    leave bytes in the server's buffer, which a broken line throws away.
    """
    taken = 0
    with uploads.appending(hub, upload, start) as add:
        try:
            async for data in request.stream():
                add(data)
                taken += len(data)
        except HTTPException:
            tell("paper cut off", point=upload.point, upload=upload.id)
    return taken


async def _upload(request: AnyRequest, upload_id: FromPath[str]) -> Upload:
    hub = hub_of(request)
    point = await to_thread.run_sync(point_of, hub, _checked_authorization(request))
    return await to_thread.run_sync(uploads.find, hub, point, upload_id)


def _checked_authorization(request: AnyRequest) -> str:
    if request.headers.get("tus-resumable") != TUS_VERSION:
        raise WorldError("upload.tus_version")
    return request.headers.get("authorization", "")


def _writers(request: AnyRequest) -> Writers:
    writers = request.app.state["writers"]
    if not isinstance(writers, Writers):
        raise TypeError("the application was built without its writers")
    return writers


def _digest_named(metadata: str) -> str:
    """The sealed digest in ``Upload-Metadata: sha256 <base64 of the hex digest>``."""
    for pair in metadata.split(","):
        key, _, value = pair.strip().partition(" ")
        if key == "sha256":
            return _hex_digest(value)
    raise WorldError("upload.metadata")


def _hex_digest(value: str) -> str:
    try:
        found = base64.b64decode(value, validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise WorldError("upload.metadata") from error
    if not _SHA256.fullmatch(found):
        raise WorldError("upload.metadata")
    return found


def _number(text: str, code: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 12:
        raise WorldError(code)
    return int(text)


def _empty(status: int, headers: dict[str, str]) -> Response[None]:
    return Response(None, status_code=status, headers={"Tus-Resumable": TUS_VERSION, **headers})
