"""The papers' turn in a round: smallest first, a few at once, each resumed where the hub stands."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

from kiosk.domain.errors import WorldError
from kiosk.storage import outbox
from kiosk.storage.database import Database
from kiosk.storage.outbox import PaperToSend
from sync.client.transport import Transport
from sync.client.trouble import TransportError
from sync.client.trust import AT_ONCE
from sync.client.uploads import Upload, is_its_own, is_whole, send_paper

_NEVER = frozenset({400, 413, 422})
"""Statuses by which a hub says that this very paper is at fault."""


@dataclass(frozen=True)
class PapersSent:
    """What became of the papers' turn."""

    moved: bool = False
    """At least one paper arrived, or a long one went on."""
    error: WorldError | None = None
    """The first trouble of the line or of this point's disk."""


@dataclass(frozen=True)
class _Turn:
    """What the papers of one turn share."""

    database: Database
    transport: Transport
    piece_bytes: int
    go_on: Callable[[], bool]
    stop: Event


def send_papers(
    database: Database, transport: Transport, piece_bytes: int, go_on: Callable[[], bool]
) -> PapersSent:
    """Send what accepted events still lack, while ``go_on`` says so.

    A paper that can never arrive parks its event, and one that the hub does not take now stops no other; a
    broken line ends the turn.
    """
    with database.read() as connection:
        papers = outbox.papers_to_send(connection)
    if not papers:
        return PapersSent()
    turn = _Turn(database, transport, piece_bytes, go_on, Event())
    with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="paper") as workers:
        results = list(workers.map(lambda paper: _send_one(turn, paper), papers))
    errors = [result for result in results if isinstance(result, WorldError)]
    return PapersSent(True in results, errors[0] if errors else None)


def _send_one(turn: _Turn, paper: PaperToSend) -> bool | WorldError:
    """One paper: whether it moved, or what broke the turn."""
    if turn.stop.is_set() or not turn.go_on():
        return False
    try:
        return _send_or_park(turn, paper)
    except WorldError as error:
        if not is_its_own(error):
            turn.stop.set()
        return error


def _send_or_park(turn: _Turn, paper: PaperToSend) -> bool:
    body = _read(paper)
    if body is None:
        return _park(turn, paper, "hub.paper_lost", "")
    try:
        return _send(turn, paper, body)
    except TransportError as error:
        if error.problem is None or error.status not in _NEVER:
            raise
        return _park(turn, paper, error.problem.code, error.problem.sentence)


def _send(turn: _Turn, paper: PaperToSend, body: bytes) -> bool:
    def remember(url: str | None) -> None:
        with turn.database.write() as connection:
            outbox.set_upload_url(connection, paper.sealed_sha256, url)

    def go_on() -> bool:
        return turn.go_on() and not turn.stop.is_set()

    upload = Upload(paper.sealed_sha256, body, paper.upload_url, remember)
    if send_paper(turn.transport, upload, turn.piece_bytes, go_on):
        with turn.database.write() as connection:
            outbox.paper_arrived(connection, paper.sealed_sha256)
    return True


def _park(turn: _Turn, paper: PaperToSend, reason: str, sentence: str) -> bool:
    with turn.database.write() as connection:
        outbox.park_by_paper(connection, paper.sealed_sha256, reason, sentence)
    return True


def _read(paper: PaperToSend) -> bytes | None:
    """The sealed bytes; ``None`` where the file is gone or is not what it was."""
    try:
        body = paper.path.read_bytes()
    except OSError:
        return None
    return body if is_whole(paper.sealed_sha256, body) else None
