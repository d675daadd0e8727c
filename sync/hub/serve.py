"""Run the hub: TLS always, ``READY https://…`` on standard output once it listens."""

import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import uvicorn

from kiosk.domain.clock import Clock
from kiosk.domain.errors import WorldError
from kiosk.packs.choose import content_of
from sync.hub.alone import SERVE_LOCK, alone
from sync.hub.app import build
from sync.hub.context import Hub
from sync.hub.home import Home
from sync.hub.journal import start_journal, tell
from sync.hub.keys import check_machine_keys, find_identity, load_keys
from sync.hub.library import Library
from sync.hub.memory import give_memory_back
from sync.hub.server import Server, say_ready
from sync.hub.several import Ready, answer_together, check_count
from sync.hub.store.database import open_database
from sync.hub.store.migrate import migrate


@dataclass(frozen=True, kw_only=True)
class Where:
    """Where to listen and what to read."""

    host: str = "127.0.0.1"
    port: int = 0
    """0 takes a free one."""
    assets: Path
    compiled: Path
    commune_key_file: Path | None = None
    passphrase: str | None = None
    processes: int = 1
    """How many answer on the same socket; more than one only on PostgreSQL."""


@contextmanager
def open_hub(home: Home, where: Where, clock: Clock) -> Iterator[Hub]:
    """A hub with its database open and brought up to date.

    Raises WorldError ``hub.…`` and ``BadContentError`` (file and line).
    """
    settings = home.settings()
    identity = find_identity(home, where.commune_key_file, where.passphrase)
    keys = load_keys(home, settings, identity)
    commune = Path(settings.commune_settings)
    library = Library(content_of(home.folder, clock.now().date(), where.assets, where.compiled, commune))
    with closing(open_database(home.database_url(settings))) as database:
        migrate(database)
        yield Hub(home, settings, database, keys, library, clock)


def serve(home: Home, where: Where, clock: Clock) -> None:
    """Serve until SIGTERM or SIGINT. Raises WorldError ``hub.running_already`` and those of ``open_hub``,
    ``check_count`` and ``answer_together``."""
    give_memory_back()
    settings = home.settings()
    check_count(where.processes, settings.database)
    check_machine_keys(home)
    with alone(home.folder, SERVE_LOCK, "hub.running_already"):
        start_journal()
        if where.processes == 1:
            with open_hub(home, where, clock) as hub, listening(where) as listener:
                _answer(hub, where, listener, partial(say_ready, _url(where, listener)))
        else:
            _serve_together(home, where, clock)


def _serve_together(home: Home, where: Where, clock: Clock) -> None:
    with open_hub(home, where, clock):
        pass  # whatever is wrong is said once, and the tables are brought up to date once
    with listening(where) as listener:

        def answer(ready: Ready) -> None:
            with open_hub(home, where, clock) as hub:
                _answer(hub, where, listener, ready)

        answer_together(where.processes, answer, partial(say_ready, _url(where, listener)))


def _answer(hub: Hub, where: Where, listener: socket.socket, ready: Ready) -> None:
    config = uvicorn.Config(
        build(hub, where.processes),
        ssl_certfile=hub.home.server,
        log_config=None,
        access_log=False,
        lifespan="on",
        server_header=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=10,
    )
    tell("start", commune=hub.commune, trial=int(hub.settings.trial))
    with _signals_end_it():
        Server(config, ready).run(sockets=[listener])
    tell("stop")


def _url(where: Where, listener: socket.socket) -> str:
    return f"https://{where.host}:{listener.getsockname()[1]}"


@contextmanager
def _signals_end_it() -> Iterator[None]:
    """uvicorn ends gently on SIGTERM or SIGINT and then sends itself the same signal again: swallow that,
    so that database and lock are closed in order."""
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        yield
    except KeyboardInterrupt:
        tell("interrupted")
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def listening(where: Where) -> Iterator[socket.socket]:
    """The socket on which the hub hears. It names TCP: only then asyncio turns Nagle's algorithm off, which
    would hold back the end of an answer until the other end has acknowledged its head: a whole round trip."""
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((where.host, where.port))
        except (OSError, OverflowError) as error:
            raise WorldError("hub.address", host=where.host, port=where.port) from error
        listener.listen(128)
        yield listener
