"""uvicorn's server with two manners: it says when it is ready, and waits for nobody who says nothing."""

import asyncio
import socket
import sys
from collections.abc import Callable

import uvicorn

_FAREWELL = 1.0
"""Seconds that a client gets to end its side of TLS once nothing is owed to it any more."""


def say_ready(url: str) -> None:
    """What a program that started this one waits for."""
    sys.stdout.write(f"READY {url}\n")
    sys.stdout.flush()


class Server(uvicorn.Server):
    """Serves one application."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Calls ``ready`` when, and not before, requests are answered."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends once every answer is out. A kept connection whose other end stays silent (points keep theirs
        for the next round) would hold TLS open for half a minute: after a moment it is dropped."""
        asyncio.get_running_loop().call_later(_FAREWELL, self._hang_up)
        await super().shutdown(sockets)

    def _hang_up(self) -> None:
        for connection in list(self.server_state.connections):
            cycle = getattr(connection, "cycle", None)
            if cycle is None or cycle.response_complete:
                getattr(connection, "transport").abort()  # noqa: B009 - untyped in some of uvicorn's protocols
        if self.server_state.connections:
            asyncio.get_running_loop().call_later(_FAREWELL, self._hang_up)
