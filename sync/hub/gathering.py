"""Rounds that come at the same time are answered together: one transaction and one flush for all of them.

While one group is at work the next one gathers. Nobody waits for company: who comes to an idle hub begins at
once. Each answer still leaves only after everything it says is on the disk.
"""

import asyncio
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, islice

from anyio import to_thread

from kiosk.domain.errors import WorldError
from kiosk.envelope.seal import digest_of
from sync.hub import wire
from sync.hub.context import Hub
from sync.hub.opening import Checked, check
from sync.hub.receive import Heard, answer_rounds, read_request
from sync.hub.store.points import Point
from sync.hub.store.tokens import Use
from sync.protocol import Event, RoundRequest

_MOST_BYTES = 4 * 1024 * 1024
"""A group that has so much to read (compressed) takes no further company."""
_PARALLEL = 8
"""From so many envelopes on several threads open them: cryptography lets go of the interpreter."""
_WORKERS = os.cpu_count() or 1


@dataclass(frozen=True)
class Asked:
    """A round as it came: nobody has looked into it."""

    authorization: str
    body: bytes
    encoding: str


Told = bytes | WorldError


@dataclass(eq=False)
class _Group:
    asked: list[Asked] = field(default_factory=list)
    work: "asyncio.Task[list[Told]] | None" = None

    @property
    def is_full(self) -> bool:
        return sum(len(one.body) for one in self.asked) > _MOST_BYTES


class Gathering:
    """The rounds of one hub in one process."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._at_work = asyncio.Lock()
        self._open: _Group | None = None
        self._threads = ThreadPoolExecutor(_WORKERS, "open")

    async def answer(self, asked: Asked) -> bytes:
        """The JSON of the answer. Raises WorldError as ``wire.point_of``, ``wire.read_body`` and
        ``receive.answer_round``.

        A group that fails leaves nothing behind; then each of it is answered alone, and one that cannot be
        answered harms no other.
        """
        group = self._join()
        place = len(group.asked)
        group.asked.append(asked)
        work = group.work = group.work or asyncio.create_task(self._answer(group))
        await asyncio.wait([work])
        if work.exception() is None:
            told = work.result()[place]
        else:
            (told,) = await to_thread.run_sync(self._answer_all, [asked])
        if isinstance(told, WorldError):
            raise told
        return told

    def _join(self) -> _Group:
        if self._open is None or self._open.is_full:
            self._open = _Group()
        return self._open

    async def _answer(self, group: _Group) -> list[Told]:
        async with self._at_work:
            if self._open is group:
                self._open = None
            return await to_thread.run_sync(self._answer_all, group.asked)

    def _answer_all(self, asked: Sequence[Asked]) -> list[Told]:
        """In a thread."""
        read = _read(self._hub, asked)
        rounds = [one for one in read if not isinstance(one, WorldError)]
        opened = iter(self._open_all([(one.point, event) for one in rounds for event in one.request.events]))
        heard = [
            Heard(one.point, one.request, one.digest, list(islice(opened, len(one.request.events))))
            for one in rounds
        ]
        told = iter(answer_rounds(self._hub, heard) if heard else ())
        return [one if isinstance(one, WorldError) else next(told) for one in read]

    def _open_all(self, events: Sequence[tuple[Point, Event]]) -> Iterable[Checked]:
        if len(events) < _PARALLEL:
            return self._open_some(events)
        share = -(-len(events) // _WORKERS)
        parts = [events[start : start + share] for start in range(0, len(events), share)]
        return chain.from_iterable(self._threads.map(self._open_some, parts))

    def _open_some(self, events: Sequence[tuple[Point, Event]]) -> list[Checked]:
        keys, library = self._hub.keys, self._hub.library
        return [check(event, point.signing_key, keys, library) for point, event in events]


@dataclass(frozen=True)
class _Read:
    point: Point
    request: RoundRequest
    digest: str


def _read(hub: Hub, asked: Sequence[Asked]) -> list[_Read | WorldError]:
    """Who speaks, and what, by one look into the database."""
    with hub.database.glance() as connection:
        holders = wire.holders(connection, hub.commune, [one.authorization for one in asked])
    return [_read_one(hub, one, holder) for one, holder in zip(asked, holders, strict=True)]


def _read_one(hub: Hub, asked: Asked, holder: tuple[Point, Use] | None) -> _Read | WorldError:
    try:
        point = wire.admitted(hub, asked.authorization, holder)
        body = wire.read_body(asked.body, asked.encoding)
        return _Read(point, read_request(body, point), digest_of(body))
    except WorldError as error:
        return error
