"""``POST /v1/token``: a point takes a new token, by its signature alone."""

import re

import msgspec
from anyio import to_thread
from litestar import Response, post

from kiosk.domain.errors import WorldError
from kiosk.envelope.reading import read_json
from kiosk.envelope.tokens import verify_token
from sync.hub.context import Hub
from sync.hub.journal import tell
from sync.hub.store import points, tokens
from sync.hub.store.points import Point
from sync.hub.store.tokens import Use
from sync.hub.wire import AnyRequest, hub_of, json_response, read_body
from sync.protocol import TOKEN_PATH, VERSION, TokenAnswer, TokenRequest

_MAX_BYTES = 16 * 1024
_REQUEST = msgspec.json.Decoder(TokenRequest)
_DIGEST = re.compile(r"[0-9a-f]{64}")


@post(TOKEN_PATH, request_max_body_size=_MAX_BYTES, status_code=200)
async def token(request: AnyRequest) -> Response[bytes]:
    """The old token stays in force until the new one is used."""
    hub = hub_of(request)
    body = read_body(await request.body(), request.headers.get("content-encoding", ""))
    answer = await to_thread.run_sync(renew, hub, body)
    return json_response(msgspec.json.encode(answer), request.headers.get("accept-encoding", ""), 200)


def renew(hub: Hub, body: bytes) -> TokenAnswer:
    """Accept the next token of a point; asking again for the same one changes nothing.

    Raises WorldError ``request.malformed``, ``request.version``, ``token.proof`` (no such point, or not its
    signature: both sound the same), ``point.revoked``, ``token.spent`` (that token is dead already).
    """
    try:
        request = read_json(_REQUEST, body)
    except msgspec.DecodeError as error:
        raise WorldError("request.malformed") from error
    if request.version != VERSION:
        raise WorldError("request.version", version=VERSION)
    if not _DIGEST.fullmatch(request.digest):
        raise WorldError("request.malformed")
    point = _proven(hub, request)
    with hub.database.write() as connection:
        points.lock(connection, point.id)
        use = tokens.use_of(connection, point.id, request.digest)
        if use is Use.DEAD:
            raise WorldError("token.spent")
        if use is None:
            tokens.ask_for(connection, point.id, request.digest)
    tell("token asked for", point=point.id)
    return TokenAnswer(version=VERSION, digest=request.digest)


def _proven(hub: Hub, request: TokenRequest) -> Point:
    """The point that signed, known before anything is locked."""
    if not request.point.isascii() or not request.point.isprintable():
        raise WorldError("token.proof")
    with hub.database.read() as connection:
        point = points.find(connection, hub.commune, request.point)
    if point is None or not verify_token(point.id, request.digest, request.signature, point.signing_key):
        raise WorldError("token.proof")
    if point.revoked:
        raise WorldError("point.revoked")
    return point
