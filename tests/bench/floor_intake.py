"""The floor of the hub's intake: the hub's own server stack (uvicorn, TLS) with nothing above it than one
row of PostgreSQL for each request, committed before the answer.

usage: python -m tests.bench.floor_intake DSN PEM

Prints ``READY https://…`` when it answers. ``POST`` of a JSON text puts it into the table ``floor``.
"""

import asyncio
import socket
import sys
import uuid
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import msgspec
import psycopg
import uvicorn

from sync.hub.server import Server, say_ready

CONNECTIONS = 10
TABLE = "CREATE TABLE IF NOT EXISTS floor (id text PRIMARY KEY, at timestamptz DEFAULT now(), body jsonb)"
INSERT = "INSERT INTO floor (id, body) VALUES (%s, %s) ON CONFLICT DO NOTHING"

_Receive = Callable[[], Awaitable[dict[str, Any]]]
_Send = Callable[[dict[str, Any]], Awaitable[None]]


class Floor:
    """One ASGI application."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._free: asyncio.Queue[psycopg.AsyncConnection[Any]] = asyncio.Queue()

    async def __call__(self, scope: dict[str, Any], receive: _Receive, send: _Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part["body"], part["more_body"]
        msgspec.json.decode(body)
        connection = await self._free.get()
        try:
            await connection.execute(INSERT, (str(uuid.uuid4()), body.decode()))
        finally:
            self._free.put_nowait(connection)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})

    async def _live(self, receive: _Receive, send: _Send) -> None:
        await receive()
        for _ in range(CONNECTIONS):
            one = await psycopg.AsyncConnection.connect(self._dsn, autocommit=True)
            self._free.put_nowait(one)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        while not self._free.empty():
            await (await self._free.get()).close()
        await send({"type": "lifespan.shutdown.complete"})


def main() -> None:
    dsn, pem = sys.argv[1:]
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            Floor(dsn), ssl_certfile=pem, log_config=None, access_log=False, lifespan="on"
        )
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        Server(config, partial(say_ready, url)).run(sockets=[listener])


if __name__ == "__main__":
    main()
