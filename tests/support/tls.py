"""Authorities and server contexts of our own, for tests on 127.0.0.1."""

import ssl
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sync.hub.authority import make_authority, make_server


@dataclass(frozen=True)
class Trust:
    """A pinned authority and a server that it vouches for."""

    authority: str
    context: ssl.SSLContext


def make_trust(*hosts: str) -> Trust:
    """A new authority with a certificate for ``hosts`` (127.0.0.1)."""
    authority, key = make_authority("Xã thử")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "server.pem"
        file.write_bytes(make_server(authority, key, hosts or ("127.0.0.1",)))
        context.load_cert_chain(file)
    return Trust(authority.decode("ascii"), context)


def unchecked() -> ssl.SSLContext:
    """A client's context that believes everybody: for the proxy between point and hub only."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
