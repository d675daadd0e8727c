"""Between HTTP and the hub's own words: bodies, bearer tokens, and refusals as problems."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec
import zstandard
from litestar import Request, Response
from litestar.exceptions import HTTPException
from sqlalchemy import Connection

from kiosk.domain.errors import WorldError
from kiosk.envelope.reading import read_json
from sync.hub.context import Hub
from sync.hub.journal import tell, tell_failure
from sync.hub.store import points, tokens
from sync.hub.store.points import Point
from sync.hub.store.tokens import Use
from sync.protocol import (
    ENCODING,
    MAX_ROUND_BYTES,
    MAX_WINDOW,
    MEDIA_TYPE,
    PAPERS_PATH,
    VERSION,
    Problem,
    ReconcileRequest,
    RoundRequest,
)

AnyRequest = Request[Any, Any, Any]
_Told = TypeVar("_Told", RoundRequest, ReconcileRequest)

STATUS: Mapping[str, int] = {
    "token.unknown": 401,
    "token.replaced": 401,
    "token.proof": 401,
    "point.revoked": 403,
    "enrol.code": 403,
    "request.not_found": 404,
    "result.unknown": 404,
    "pack.unknown": 404,
    "upload.unknown": 404,
    "sequence.behind": 409,
    "token.spent": 409,
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
_PARTS = msgspec.json.Decoder(dict[str, msgspec.Raw])
TUS_VERSION = "1.0.0"
_OF_HTTP = {404: "request.not_found", 405: "request.not_found", 413: "request.too_big"}


def status_of(error: WorldError) -> int:
    """The HTTP status of a refusal; 400 for everything that is the request's own fault."""
    return STATUS.get(error.code, 400)


def read_body(body: bytes, encoding: str) -> bytes:
    """The decompressed body; never unfolds more than a round may have.

    Raises WorldError ``request.too_big`` or ``request.malformed``.
    """
    named = encoding.strip().lower()
    if named in {"", "identity"}:
        plain = body
    elif named == ENCODING:
        plain = _unfold(body)
    else:
        raise WorldError("request.malformed")
    if len(plain) > MAX_ROUND_BYTES:
        raise WorldError("request.too_big")
    return plain


def _unfold(body: bytes) -> bytes:
    try:
        unfolder = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW)
        with unfolder.stream_reader(body, read_across_frames=True) as reader:
            return reader.read(MAX_ROUND_BYTES + 1)
    except zstandard.ZstdError as error:
        raise WorldError("request.malformed") from error


def read_message(body: bytes, record: type[_Told], point: Point) -> _Told:
    """What a point says about itself, in a version that we speak.

    Raises WorldError ``request.malformed``, ``request.version``, ``token.unknown``.
    """
    try:
        told = _decoded(body, record)
    except msgspec.DecodeError as error:
        raise WorldError("request.malformed") from error
    if told.version != VERSION:
        raise WorldError("request.version", version=VERSION)
    if told.point != point.id:
        raise WorldError("token.unknown")
    return told


def _decoded(body: bytes, record: type[_Told]) -> _Told:
    """A report that does not parse is left out: no round is lost because of it."""
    try:
        return read_json(msgspec.json.Decoder(record), body)
    except msgspec.ValidationError:
        parts = read_json(_PARTS, body)
        parts.pop("report", None)
        return read_json(msgspec.json.Decoder(record), msgspec.json.encode(parts))


def json_response(body: bytes, accepted: str, status: int) -> Response[bytes]:
    """A JSON answer, compressed if the other end can unfold it."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if _takes_zstd(accepted):
        headers["Content-Encoding"] = ENCODING
        body = zstandard.ZstdCompressor(level=6).compress(body)
    return Response(body, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def _takes_zstd(accepted: str) -> bool:
    """Whether an ``Accept-Encoding`` names zstd and does not rule it out (``q=0``)."""
    for part in accepted.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";")
        if name == ENCODING:
            return not re.fullmatch(r"q=0(\.0*)?", weight)
    return False


def point_of(hub: Hub, authorization: str) -> Point:
    """Who speaks; the first use of a next token puts it in force.

    Raises WorldError ``token.unknown``, ``token.replaced`` or ``point.revoked``.
    """
    with hub.database.glance() as connection:
        (found,) = holders(connection, hub.commune, [authorization])
    return admitted(hub, authorization, found)


def holders(
    connection: Connection, commune: str, authorizations: Sequence[str]
) -> list[tuple[Point, Use] | None]:
    """Whose bearer tokens these are, for ``admitted``."""
    return tokens.holders(connection, commune, [_token(one) for one in authorizations])


def admitted(hub: Hub, authorization: str, found: tuple[Point, Use] | None) -> Point:
    """The point, if it may speak: what ``point_of`` says of its holder, with the same refusals."""
    if found is None:
        raise WorldError("token.unknown")
    point, use = found
    if point.revoked:
        raise WorldError("point.revoked")
    if use is Use.DEAD:
        tell("dead token", point=point.id)
        raise WorldError("token.replaced")
    if use is Use.IN_FORCE:
        return point
    with hub.database.write() as connection:
        tokens.put_in_force(connection, point.id, _token(authorization), hub.now())
        tell("token in force", point=point.id)
        return points.by_id(connection, point.id)


def speaker(authorization: str) -> str:
    """The id of the point, of a token that was admitted."""
    return _token(authorization).partition(".")[0]


def _token(authorization: str) -> str:
    scheme, _, token = authorization.partition(" ")
    return token if scheme.lower() == "bearer" else ""


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
    return _problem(request, error, status)


def http_refused(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    """Exception handler: what the framework refused, in the same shape. It calls a line that broke inside a
    request an error of the server: nobody hears the answer, and the log says what it was."""
    if "disconnected" in error.detail:
        tell("cut off", path=request.url.path)
        return _problem(request, WorldError("request.malformed"), 400)
    status = error.status_code
    default = "request.malformed" if status < 500 else "server.error"
    tell("refused", code=f"http.{status}", status=status, path=request.url.path)
    return _problem(request, WorldError(_OF_HTTP.get(status, default)), status)


def failed(request: AnyRequest, error: Exception) -> Response[bytes]:
    """Exception handler: our own mistake; nothing of it is told outside."""
    tell_failure("failed", error, path=request.url.path)
    return _problem(request, WorldError("server.error"), 500)


def _problem(request: AnyRequest, error: WorldError, status: int) -> Response[bytes]:
    highest = error.params.get("highest")
    problem = Problem(
        code=error.code,
        sentence=hub_of(request).library.sentence(error),
        highest_sequence=highest if isinstance(highest, int) else None,
    )
    headers = {"Cache-Control": "no-store"}
    if request.url.path.startswith(PAPERS_PATH):
        # tus wants the first in every answer, refusals too, and the second in 412
        headers |= {"Tus-Resumable": TUS_VERSION, "Tus-Version": TUS_VERSION}
    return Response(msgspec.json.encode(problem), status_code=status, media_type=MEDIA_TYPE, headers=headers)
