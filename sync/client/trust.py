"""TLS with one pinned authority, and sockets that notice silence but never cap a long body."""

import socket
import ssl
from contextlib import ExitStack
from copy import copy
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.poolmanager import PoolManager

from kiosk.domain.errors import WorldError
from sync.client.two_starts import first_ready

CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 12.0
"""A line on which nothing at all moves for so long is dead. A *total* time is never limited."""
SEND_BUFFER = 128 * 1024
"""Small, so that what the system took from us but has not sent yet drains within the silence."""
AT_ONCE = 3
"""Papers that travel at the same time."""
_NO_CHECK_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME: a dead CMOS battery must not cut a point off; the authority is pinned."""


def pinned_context(authority: str) -> ssl.SSLContext:
    """A TLS context that believes ``authority`` (PEM) alone. Raises WorldError ``enrol.authority_file``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_flags |= _NO_CHECK_TIME
    try:
        context.load_verify_locations(cadata=authority)
    except (ssl.SSLError, ValueError, TypeError) as error:
        raise WorldError("enrol.authority_file") from error
    return context


def open_session(authority: str) -> requests.Session:
    """A session that can reach https addresses of the pinned authority and nothing else."""
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers.clear()
    session.adapters.clear()
    session.mount("https://", _PinnedAdapter(pinned_context(authority)))
    return session


class _PatientConnection(HTTPSConnection):
    """``requests`` lets the connect timeout govern the sending, too: of the whole body over plain TCP, of
    each record over TLS. Here it ends with connecting; after that only silence counts: bodies are file-like
    and go out in blocks, each with the whole silence to itself, so that a long body gets through."""

    def connect(self) -> None:
        """TCP and TLS, begun a second time where the first takes long."""
        self.__dict__.update(vars(first_ready(self._connected, HTTPSConnection.close)))

    def _connected(self) -> HTTPSConnection:
        """Another connection to the same place, ready to be used."""
        twin = copy(self)
        with ExitStack() as undo:
            undo.callback(twin.close)
            HTTPSConnection.connect(twin)
            undo.pop_all()
        return twin

    def request(self, *args: Any, **kwargs: Any) -> None:
        self.timeout = SILENCE_SECONDS
        super().request(*args, **kwargs)


class _PinnedPool(HTTPSConnectionPool):
    ConnectionCls = _PatientConnection


class _PinnedAdapter(HTTPAdapter):
    """Gives its own context to the pool and keeps ``requests`` from adding the world's authorities to it."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(pool_connections=1, pool_maxsize=AT_ONCE)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any
    ) -> None:
        self.poolmanager = PoolManager(
            num_pools=connections,
            maxsize=maxsize,
            block=block,
            ssl_context=self._context,
            socket_options=[*HTTPConnection.default_socket_options, *_socket_options()],
            **pool_kwargs,
        )
        self.poolmanager.pool_classes_by_scheme = {"https": _PinnedPool}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:  # noqa: ARG002 (signature of requests)
        conn.cert_reqs = "CERT_REQUIRED"
        conn.ca_certs = None
        conn.ca_cert_dir = None


def _socket_options() -> list[tuple[int, int, int]]:
    options = [(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)]
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        options.append((socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(SILENCE_SECONDS * 1000)))
    return options
