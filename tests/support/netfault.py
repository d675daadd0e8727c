"""A proxy that breaks things, between a point and its hub: TLS on both sides, faults in between.

A request gets one of the faults with probability ``rate``:
    reset          the connection is reset before anything is read
    cut_request    only a part of the request reaches the hub, then the point is cut off
    lost_response  the hub answered (and committed), the point hears nothing
    bad502         the hub answered (and committed), the point gets a 502
    truncate       the point gets a part of the answer
    garbage        the point gets random bytes instead of the answer
    duplicate      the request is delivered twice; the point gets the second answer
    delay          the request waits up to ``max_delay`` seconds
    portal200      a captive portal answers 200 with an HTML page; the hub hears nothing
One request per connection: ``Connection: close`` is added on the way. The faults are chosen by a seeded
generator in the order in which requests come, so a run can be repeated.
"""

import asyncio
import collections
import contextlib
import random
import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.support.tls import Trust, make_trust, unchecked

FAULTS = (
    "reset", "cut_request", "lost_response", "bad502", "truncate",
    "garbage", "duplicate", "delay", "portal200",
)  # fmt: skip
PORTAL_PAGE = "<html><title>Wi-Fi</title>Vui lòng đăng nhập để dùng Internet</html>".encode()
_ANSWER = b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"


@dataclass
class Line:
    """One listening port, one hub behind it, one source of bad luck. May be changed while it runs."""

    to: tuple[str, int]
    faults: Sequence[str] = FAULTS
    rate: float = 0.4
    seed: int = 1
    max_delay: float = 0.05
    trust: Trust = field(default_factory=make_trust)
    url: str = ""
    counts: collections.Counter[str] = field(default_factory=collections.Counter)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def heal(self) -> None:
        self.rate = 0.0

    def pick(self) -> str:
        fault = self._random.choice(self.faults) if self._random.random() < self.rate else "none"
        self.counts[fault] += 1
        return fault

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of the point, with one request."""
        try:
            await self._exchange(self.pick(), reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            _reset(writer)
        finally:
            await _close(writer)

    async def _exchange(self, fault: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if fault == "reset":
            _reset(writer)
            return
        request = await _read_request(reader)
        answer = await self._pass_on(fault, request)
        if answer is None:
            _reset(writer)
            return
        writer.write(self._spoil(fault, answer))
        await writer.drain()

    async def _pass_on(self, fault: str, request: bytes) -> bytes | None:
        """What comes back for a request, whole; ``None`` where the point shall hear nothing."""
        if fault == "portal200":
            return _page(b"200 OK", PORTAL_PAGE)
        if fault == "delay":
            await asyncio.sleep(self._random.random() * self.max_delay)
        if fault == "cut_request":
            await self._ask(request[: self._random.randrange(len(request))], wait=False)
            return None
        answer = await self._ask(request)
        if fault == "duplicate":
            answer = await self._ask(request)
        if fault == "bad502":
            return _page(b"502 Bad Gateway", b"")
        return None if fault == "lost_response" else answer

    def _spoil(self, fault: str, answer: bytes) -> bytes:
        if fault == "truncate":
            return answer[: self._random.randrange(len(answer))] if answer else b""
        if fault == "garbage":
            return self._random.randbytes(self._random.randrange(1, 400))
        return answer

    async def _ask(self, request: bytes, *, wait: bool = True) -> bytes:
        """Hand bytes to the hub; everything that it says until it closes."""
        reader, writer = await asyncio.open_connection(*self.to, ssl=unchecked(), ssl_shutdown_timeout=1)
        try:
            writer.write(request)
            await writer.drain()
            return await reader.read(-1) if wait else b""
        finally:
            await _close(writer)


async def _read_request(reader: asyncio.StreamReader) -> bytes:
    """One HTTP/1.1 request with a Content-Length, with ``Connection: close`` put in."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head[:-4].split(b"\r\n")
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines[1:])
    }
    body = await reader.readexactly(int(headers.get(b"content-length", b"0")))
    kept = [line for line in lines if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([*kept, b"Connection: close", b"", b""]) + body


def _page(status: bytes, body: bytes) -> bytes:
    return _ANSWER % (status, b"text/html; charset=utf-8", len(body)) + body


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


def _reset(writer: asyncio.StreamWriter) -> None:
    """Close with a TCP reset instead of a polite end."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


@contextlib.contextmanager
def running(line: Line) -> Iterator[Line]:
    """Serve the line in a thread of its own; ``line.url`` is where the point finds it."""
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda _loop, _context: None)
    started = asyncio.start_server(
        line.handle, "127.0.0.1", 0, ssl=line.trust.context, ssl_shutdown_timeout=1, limit=2**20
    )
    server = loop.run_until_complete(started)
    line.url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    thread = threading.Thread(target=loop.run_forever, name="netfault")
    thread.start()
    try:
        yield line
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.run_until_complete(_finish())
        loop.close()


async def _finish() -> None:
    """Let the connections that are still open end."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if others:
        _, hanging = await asyncio.wait(others, timeout=2)
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)
    await asyncio.sleep(0)
