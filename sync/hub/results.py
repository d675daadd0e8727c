"""``GET /v1/results/<sealed digest>``: a point fetches the copy of a result, piece by piece."""

import re

from anyio import to_thread
from litestar import Response, get
from litestar.params import FromPath

from kiosk.domain.errors import WorldError
from sync.hub.context import Hub
from sync.hub.journal import tell
from sync.hub.store import results
from sync.hub.store.points import Point
from sync.hub.wire import AnyRequest, hub_of, point_of
from sync.protocol import RESULTS_PATH

_RANGE = re.compile(r"bytes=(\d{1,9})-(\d{0,9})")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TYPE = "application/octet-stream"


@get(f"{RESULTS_PATH}/{{sealed_sha256:str}}")
async def result(request: AnyRequest, sealed_sha256: FromPath[str]) -> Response[bytes]:
    """The whole, or the range that is asked for (206)."""
    hub = hub_of(request)
    point = await to_thread.run_sync(point_of, hub, request.headers.get("authorization", ""))
    body = await to_thread.run_sync(find, hub, point, sealed_sha256)
    start, end = piece(request.headers.get("range", ""), len(body))
    tell("result", point=point.id, start=start, bytes=end - start)
    headers = {"Cache-Control": "no-store", "Accept-Ranges": "bytes"}
    if (start, end) == (0, len(body)):
        return Response(body, media_type=_TYPE, headers=headers)
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(body)}"
    return Response(body[start:end], status_code=206, media_type=_TYPE, headers=headers)


def find(hub: Hub, point: Point, sha256: str) -> bytes:
    """Raises WorldError ``result.unknown``, also for another point's."""
    if not _DIGEST.fullmatch(sha256):
        raise WorldError("result.unknown")
    with hub.database.read() as connection:
        body = results.body(connection, point.id, sha256)
    if body is None:
        raise WorldError("result.unknown")
    return body


def piece(asked: str, length: int) -> tuple[int, int]:
    """First byte and the byte after the last of a ``Range``; the whole for one that we do not read.

    Raises WorldError ``result.range`` for one that begins behind the end.
    """
    found = _RANGE.fullmatch(asked)
    if found is None:
        return 0, length
    start, last = int(found[1]), int(found[2]) if found[2] else length - 1
    if start >= length or last < start:
        raise WorldError("result.range")
    return start, min(last + 1, length)
