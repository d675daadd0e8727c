"""The results' turn in a round: copies come down piece by piece, each piece kept before the next is asked."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import digest_of
from kiosk.storage import results
from kiosk.storage.database import Database
from kiosk.storage.results import Copy
from sync.client.transport import Transport, refusal
from sync.client.trouble import Kind, TransportError
from sync.protocol import RESULTS_PATH

_MOST = 256 * 1024
"""Bytes of one piece at most: a cut loses no more."""
_GONE = frozenset({404, 410})


@dataclass(frozen=True)
class ResultsFetched:
    """What became of the results' turn."""

    whole: int = 0
    """Copies that are whole since this turn."""
    error: WorldError | None = None


def fetch_results(
    database: Database, transport: Transport, piece_bytes: int, go_on: Callable[[], bool]
) -> ResultsFetched:
    """Fetch what the hub announced, while ``go_on`` says so; a broken line ends the turn, nothing is lost."""
    with database.read() as connection:
        dossiers = results.to_fetch(connection)
    whole = 0
    try:
        for dossier in dossiers:
            whole += _fetch(database, transport, dossier, min(piece_bytes, _MOST), go_on)
    except WorldError as error:
        return ResultsFetched(whole, error)
    return ResultsFetched(whole)


def _fetch(
    database: Database, transport: Transport, dossier: str, piece_bytes: int, go_on: Callable[[], bool]
) -> bool:
    """One copy; whether it is whole now."""
    while go_on():
        with database.read() as connection:
            copy = results.of_dossier(connection, dossier)
        if copy is None or copy.is_whole:
            return copy is not None
        _keep(database, copy, _next_piece(transport, copy, piece_bytes))
    return False


def _next_piece(transport: Transport, copy: Copy, piece_bytes: int) -> bytes | None:
    """What is here afterwards; ``None`` when the hub has the copy no longer. Raises TransportError."""
    start = len(copy.body)
    headers = {"Range": f"bytes={start}-{start + piece_bytes - 1}"}
    reply = transport.send("GET", f"{RESULTS_PATH}/{copy.file.sealed_sha256}", headers)
    fits = reply.headers.get("content-range", "").startswith(f"bytes {start}-")
    if reply.status == 206 and fits and reply.body:
        return copy.body + reply.body
    if reply.status == 200 and len(reply.body) == copy.file.sealed_size:
        return reply.body
    if reply.status in {200, 206}:
        raise TransportError(Kind.GARBLED, reply.status)
    error = refusal(reply)
    if reply.status in _GONE and error.problem is not None:
        return None
    raise error


def _keep(database: Database, copy: Copy, body: bytes | None) -> None:
    """Keep what came; a whole that is not what was announced begins again in a later round.

    Raises TransportError ``garbled`` for that, so that the line is not filled with it for ever.
    """
    size = copy.file.sealed_size
    broken = body is not None and (
        len(body) > size or (len(body) == size and digest_of(body) != copy.file.sealed_sha256)
    )
    with database.write() as connection:
        if body is None:
            results.forget(connection, copy.dossier)
        else:
            results.keep(connection, copy.dossier, b"" if broken else body)
    if broken:
        raise TransportError(Kind.GARBLED)
