"""uvicorn's server with two manners: it says READY, and it does not wait for those who say nothing."""

import asyncio
import socket
import sys

import uvicorn

_FAREWELL = 1.0
"""Seconds that a client gets to end its side of TLS once nothing is owed to it any more."""


class Server(uvicorn.Server):
    """Serves one application."""

    def __init__(self, config: uvicorn.Config, url: str) -> None:
        super().__init__(config)
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Says READY when, and not before, requests are answered."""
        await super().startup(sockets)
        sys.stdout.write(f"READY {self._url}\n")
        sys.stdout.flush()

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
