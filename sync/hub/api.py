"""What points call: hello, enrol, round."""

import time

import msgspec
from anyio import to_thread
from litestar import Response, get, post

from kiosk.domain.errors import WorldError
from kiosk.envelope.keys import is_public_key, is_recipient, public_key
from kiosk.envelope.reading import read_json
from sync.hub.context import Hub
from sync.hub.gathering import Asked, Gathering
from sync.hub.journal import tell
from sync.hub.limiter import Limiter
from sync.hub.store import points, rounds
from sync.hub.telling_anew import tell_anew
from sync.hub.wire import AnyRequest, hub_of, json_response, speaker
from sync.protocol import (
    ENROL_PATH,
    HELLO_PATH,
    MAX_ROUND_BYTES,
    ROUND_PATH,
    VERSION,
    EnrolAnswer,
    EnrolRequest,
    Hello,
)

_GUESSES = {"enrol.code", "enrol_keys.malformed", "request.malformed"}
"""Refusals that count against who asks; a mistake or a full disk of the hub is not his."""
_ENROL = msgspec.json.Decoder(EnrolRequest)


@get(HELLO_PATH)
async def hello(request: AnyRequest) -> Response[bytes]:
    """Who is there, before anything is trusted."""
    settings = hub_of(request).settings
    answer = Hello(version=VERSION, commune=settings.commune_name, trial=settings.trial)
    return json_response(msgspec.json.encode(answer), "", 200)


@post(ENROL_PATH, request_max_body_size=16 * 1024)
async def enrol(request: AnyRequest) -> Response[bytes]:
    """A one-time code buys a point its identity."""
    hub, caller = hub_of(request), request.client.host if request.client else ""
    limiter: Limiter = request.app.state["enrol_limiter"]
    body = await request.body()
    limiter.take(caller)
    guessed = False
    try:
        answer = await to_thread.run_sync(enrol_point, hub, body)
    except WorldError as error:
        guessed = error.code in _GUESSES
        raise
    finally:
        if not guessed:
            limiter.give_back(caller)
    tell("enrolled", point=answer.point)
    return json_response(msgspec.json.encode(answer), "", 201)


@post(ROUND_PATH, request_max_body_size=MAX_ROUND_BYTES, status_code=200)
async def round_(request: AnyRequest) -> Response[bytes]:
    """Events up; verdicts, receipts and news down."""
    gathering: Gathering = request.app.state["gathering"]
    began, headers = time.monotonic(), request.headers
    authorization = headers.get("authorization", "")
    body = await request.body()
    answer = await gathering.answer(Asked(authorization, body, headers.get("content-encoding", "")))
    milliseconds = round((time.monotonic() - began) * 1000)
    tell("round", point=speaker(authorization), bytes=len(body), answered=len(answer), ms=milliseconds)
    return json_response(answer, request.headers.get("accept-encoding", ""), 200)


def enrol_point(hub: Hub, body: bytes) -> EnrolAnswer:
    """Raises WorldError ``request.malformed``, ``enrol_keys.malformed`` or ``enrol.code``."""
    try:
        request = read_json(_ENROL, body)
    except msgspec.DecodeError as error:
        raise WorldError("request.malformed") from error
    if not (is_public_key(request.signing_key) and is_recipient(request.sealing_key)):
        raise WorldError("enrol_keys.malformed")
    with hub.database.write() as connection:
        made = points.enrol(
            connection, hub.commune, request.code, request.signing_key, request.sealing_key, hub.now()
        )
        if made is None:
            raise WorldError("enrol.code")
        epoch = rounds.state(connection, hub.commune).epoch
        if made.keys_changed:
            tell("told anew", point=made.point.id, dossiers=tell_anew(hub, connection, made.point))
    point = made.point
    return EnrolAnswer(
        point=point.id,
        token=made.token,
        hamlet=point.hamlet,
        commune=hub.settings.commune_name,
        hub_key=public_key(hub.keys.signing_key),
        commune_key=hub.settings.commune_key,
        epoch=epoch,
        trial=hub.settings.trial,
    )
