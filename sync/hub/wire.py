"""Between HTTP and the hub's own words: bodies, bearer tokens, and refusals as problems."""

from collections.abc import Mapping
from typing import Any

import msgspec
import zstandard
from litestar import Request, Response
from litestar.exceptions import HTTPException

from kiosk.domain.errors import WorldError
from sync.hub.context import Hub
from sync.hub.journal import tell, tell_failure
from sync.hub.store import points
from sync.hub.store.points import Point
from sync.protocol import ENCODING, MAX_ROUND_BYTES, MEDIA_TYPE, Problem

AnyRequest = Request[Any, Any, Any]

_STATUS: Mapping[str, int] = {
    "token.unknown": 401,
    "point.revoked": 403,
    "enrol.code": 403,
    "request.not_found": 404,
    "result.unknown": 404,
    "pack.unknown": 404,
    "upload.unknown": 404,
    "sequence.behind": 409,
    "upload.offset": 409,
    "upload.tus_version": 412,
    "request.too_big": 413,
    "upload.too_big": 413,
    "upload.media_type": 415,
    "result.range": 416,
    "request.too_many": 429,
    "upload.digest": 460,
    "server.error": 500,
    "server.busy": 503,
    "server.full": 503,
}
_OF_HTTP = {404: "request.not_found", 405: "request.not_found", 413: "request.too_big"}


def status_of(error: WorldError) -> int:
    """The HTTP status of a refusal; 400 for everything that is the request's own fault."""
    return _STATUS.get(error.code, 400)


def read_body(body: bytes, encoding: str) -> bytes:
    """The decompressed body; never unfolds more than a round may have.

    Raises WorldError ``request.too_big`` or ``request.malformed``.
    """
    if encoding in {"", "identity"}:
        plain = body
    elif encoding == ENCODING:
        plain = _unfold(body)
    else:
        raise WorldError("request.malformed")
    if len(plain) > MAX_ROUND_BYTES:
        raise WorldError("request.too_big")
    return plain


def _unfold(body: bytes) -> bytes:
    try:
        with zstandard.ZstdDecompressor().stream_reader(body) as reader:
            return reader.read(MAX_ROUND_BYTES + 1)
    except zstandard.ZstdError as error:
        raise WorldError("request.malformed") from error


def json_response(body: bytes, accepted: str, status: int) -> Response[bytes]:
    """A JSON answer, compressed if the other end can unfold it."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if ENCODING in accepted:
        headers["Content-Encoding"] = ENCODING
        body = zstandard.ZstdCompressor(level=6).compress(body)
    return Response(body, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def point_of(hub: Hub, authorization: str) -> Point:
    """Who speaks. Raises WorldError ``token.unknown`` or ``point.revoked``."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise WorldError("token.unknown")
    with hub.database.read() as connection:
        point = points.by_token(connection, hub.commune, token)
    if point is None:
        raise WorldError("token.unknown")
    if point.revoked:
        raise WorldError("point.revoked")
    return point


def hub_of(request: AnyRequest) -> Hub:
    """The hub that this application serves."""
    hub = request.app.state["hub"]
    if not isinstance(hub, Hub):
        raise TypeError("the application was built without its hub")
    return hub


def refused(request: AnyRequest, error: WorldError) -> Response[bytes]:
    """Exception handler: what the world did wrong, as a ``Problem``."""
    status = status_of(error)
    tell("refused", code=error.code, status=status, path=request.url.path)
    return _problem(hub_of(request), error, status)


def http_refused(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    """Exception handler: what the framework refused, in the same shape."""
    status = error.status_code
    default = "request.malformed" if status < 500 else "server.error"
    tell("refused", code=f"http.{status}", status=status, path=request.url.path)
    return _problem(hub_of(request), WorldError(_OF_HTTP.get(status, default)), status)


def failed(request: AnyRequest, error: Exception) -> Response[bytes]:
    """Exception handler: our own mistake; nothing of it is told outside."""
    tell_failure("failed", error, path=request.url.path)
    return _problem(hub_of(request), WorldError("server.error"), 500)


def _problem(hub: Hub, error: WorldError, status: int) -> Response[bytes]:
    highest = error.params.get("highest")
    problem = Problem(
        code=error.code,
        sentence=hub.library.sentence(error),
        highest_sequence=highest if isinstance(highest, int) else None,
    )
    body = msgspec.json.encode(problem)
    return Response(body, status_code=status, media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})
