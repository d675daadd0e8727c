"""``POST /v1/reconcile``: which of these does the hub not hold with a receipt?"""

import msgspec
from anyio import to_thread
from litestar import Response, post

from kiosk.domain.errors import WorldError
from sync.hub.context import Hub
from sync.hub.journal import tell
from sync.hub.store import events
from sync.hub.store.points import Point
from sync.hub.wire import AnyRequest, hub_of, json_response, point_of, read_body, read_message
from sync.protocol import (
    MAX_RECONCILE,
    MAX_ROUND_BYTES,
    RECONCILE_PATH,
    VERSION,
    ReconcileAnswer,
    ReconcileRequest,
)


@post(RECONCILE_PATH, request_max_body_size=MAX_ROUND_BYTES, status_code=200)
async def reconcile(request: AnyRequest) -> Response[bytes]:
    """A point asks about what it believes received."""
    hub = hub_of(request)
    point = await to_thread.run_sync(point_of, hub, request.headers.get("authorization", ""))
    body = read_body(await request.body(), request.headers.get("content-encoding", ""))
    asked, answer = await to_thread.run_sync(answer_reconcile, hub, point, body)
    tell("reconcile", point=point.id, asked=asked, missing=len(answer.missing))
    return json_response(msgspec.json.encode(answer), request.headers.get("accept-encoding", ""), 200)


def answer_reconcile(hub: Hub, point: Point, body: bytes) -> tuple[int, ReconcileAnswer]:
    """How many events were asked about, and the answer. Another point's events count as not held.

    Raises WorldError ``request.malformed``, ``request.version``, ``request.too_big``, ``token.unknown``.
    """
    request = read_message(body, ReconcileRequest, point)
    if len(request.events) > MAX_RECONCILE:
        raise WorldError("request.too_big")
    with hub.database.read() as connection:
        held = events.held(connection, point.id, [one.id for one in request.events if one.id.isprintable()])
    missing = [one.id for one in request.events if held.get(one.id) != one.digest]
    return len(request.events), ReconcileAnswer(version=VERSION, missing=missing)
