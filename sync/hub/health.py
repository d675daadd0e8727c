"""``/health/live`` and ``/health/ready``: for a watching program. Nothing of persons, no counts, no names."""

import os
import shutil

import msgspec
from anyio import to_thread
from litestar import Response, get
from sqlalchemy.exc import SQLAlchemyError

from sync.hub.context import Hub
from sync.hub.store import rounds
from sync.hub.wire import AnyRequest, hub_of

LIVE_PATH = "/health/live"
READY_PATH = "/health/ready"
_ROOM = 200 * 1024 * 1024
"""Bytes that must be free: ten of the largest papers."""


@get(LIVE_PATH)
async def live() -> Response[bytes]:
    """The process answers; whoever gets no answer here starts it anew."""
    return _answer({"live": True}, 200)


@get(READY_PATH)
async def ready(request: AnyRequest) -> Response[bytes]:
    """200 if dossiers can be taken now, else 503 with what fails."""
    found = await to_thread.run_sync(checks, hub_of(request))
    return _answer({"ready": all(found.values()), "checks": found}, 200 if all(found.values()) else 503)


def checks(hub: Hub) -> dict[str, bool]:
    """What has to hold for a round to succeed, each by name."""
    return {
        "database": _database(hub),
        "papers": hub.home.papers.is_dir() and os.access(hub.home.papers, os.W_OK),
        "room": has_room(hub),
    }


def has_room(hub: Hub) -> bool:
    return shutil.disk_usage(hub.home.folder).free >= _ROOM


def _database(hub: Hub) -> bool:
    try:
        with hub.database.read() as connection:
            rounds.state(connection, hub.commune)
    except SQLAlchemyError:
        return False
    return True


def _answer(facts: dict[str, object], status: int) -> Response[bytes]:
    body = msgspec.json.encode(facts)
    headers = {"Cache-Control": "no-store"}
    return Response(body, status_code=status, media_type="application/json", headers=headers)
