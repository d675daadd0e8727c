"""Points that send real rounds to a running hub as fast as it answers, and the two floors beside them.

Everything is sealed beforehand. Each connection is one point with its own sequence, as in life.
"""

import http.client
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import msgspec
import psycopg
import zstandard

from kiosk.domain.dossier import Answer
from kiosk.domain.ids import new_id, slip_code
from kiosk.envelope.payload import Payload, to_json
from kiosk.envelope.seal import seal
from sync.hub.context import Hub
from sync.protocol import ENCODING, ROUND_PATH, Event, PointReport, RoundAnswer, RoundRequest, Verdict
from tests.bench.link_point import name
from tests.support.hub import BIRTH, BIRTH_FORM, PROCEDURE, HubPoint

POINTS = 8
COPIED = 1000
"""Rows of one COPY, in a transaction of its own."""
_NAMES = {"tre_ho_ten", "me_ho_ten", "cha_ho_ten", "yc_ho_ten"}
_NUMBERS = {"me_giay_to.so", "cha_giay_to.so", "yc_giay_to.so"}


@dataclass
class Sender:
    """One point and what it has to say, sealed."""

    point: HubPoint
    token: str
    events: list[Event] = field(default_factory=list)
    plain: list[bytes] = field(default_factory=list)

    def rounds(self, size: int) -> list[bytes]:
        """Bodies of a new life of the point: so many events in each."""
        life, starts = new_id(), range(0, len(self.events), size)
        return [
            self._round(life, number, self.events[start : start + size])
            for number, start in enumerate(starts, start=1)
        ]

    def _round(self, life: str, sequence: int, events: list[Event]) -> bytes:
        enrolled = self.point.enrolled
        said = RoundRequest(
            version=1,
            point=enrolled.point,
            incarnation=life,
            sequence=sequence,
            epoch=enrolled.epoch,
            receipt=2**31 - 1,
            safe=0,
            cursor=0,
            events=events,
            report=PointReport(program="0.1", queue=len(self.events), free_mb=9000),
            brief=True,
        )
        return zstandard.ZstdCompressor(level=3).compress(msgspec.json.encode(said))


def senders(hub: Hub, dossiers: int) -> list[Sender]:
    """Points of the hub with sealed births, all of different people."""
    chance, made = Random(5), [Sender(point, point.enrolled.token) for point in _points(hub)]
    for number in range(dossiers):
        sender = made[number % POINTS]
        payload = birth(sender.point, chance)
        dictionary = hub.library.dictionary("-".join(BIRTH_FORM))
        sealed = seal(payload, sender.point.signing_key, sender.point.enrolled.commune_key, dictionary)
        sender.plain.append(to_json(payload))
        sender.events.append(
            Event(
                id=new_id(),
                kind=payload.kind.value,
                dossier=payload.dossier,
                revision=1,
                procedure=payload.procedure,
                digest=sealed.digest,
                body=sealed.body,
            )
        )
    return made


def _points(hub: Hub) -> Iterator[HubPoint]:
    return (HubPoint(hub) for _ in range(POINTS))


def birth(point: HubPoint, chance: Random) -> Payload:
    dossier = new_id()
    return Payload(
        dossier=dossier,
        revision=1,
        procedure=PROCEDURE,
        point=point.enrolled.point,
        hamlet=point.enrolled.hamlet,
        prepared_on="2026-11-21",
        slip_code=slip_code(dossier),
        form=BIRTH_FORM[0],
        form_version=BIRTH_FORM[1],
        answers=tuple(_own(answer, chance) for answer in BIRTH),
    )


def _own(answer: Answer, chance: Random) -> Answer:
    """The same answer of somebody else."""
    if answer.name in _NAMES:
        return Answer(answer.name, name(chance))
    if answer.name in _NUMBERS:
        return Answer(answer.name, f"048{chance.randrange(10**9):09d}")
    return answer


def send_rounds(url: str, authority: Path, crowd: Sequence[Sender], size: int) -> float:
    """Dossiers a second that the hub takes in rounds of ``size``; all of them must be accepted."""
    work = [(sender.rounds(size), {"Authorization": f"Bearer {sender.token}"}) for sender in crowd]
    expected = sum(len(sender.events) for sender in crowd)
    headers = {"Content-Encoding": ENCODING, "Accept-Encoding": ENCODING, "Content-Type": "application/json"}
    taken: list[int] = []

    def answered(body: bytes) -> None:
        answer = msgspec.json.decode(zstandard.decompress(body), type=RoundAnswer)
        taken.extend(1 for one in answer.verdicts if one.verdict is Verdict.ACCEPTED and one.receipt)

    seconds = _all_at_once(url, authority, ROUND_PATH, [(b, headers | h) for b, h in work], answered)
    assert len(taken) == expected, f"{len(taken)} of {expected} were accepted"
    return expected / seconds


def send_plain(url: str, authority: Path, crowd: Sequence[Sender]) -> float:
    """Requests a second of the floor, with the plain JSON of the same dossiers."""
    work: list[tuple[list[bytes], dict[str, str]]] = [(sender.plain, {}) for sender in crowd]
    seconds = _all_at_once(url, authority, "/", work, len)
    return sum(len(sender.plain) for sender in crowd) / seconds


def copy_plain(dsn: str, crowd: Sequence[Sender]) -> float:
    """Rows a second of COPY into a table of jsonb."""
    rows = [(new_id(), body.decode()) for sender in crowd for body in sender.plain]
    with psycopg.connect(dsn) as connection:
        began = time.perf_counter()
        for start in range(0, len(rows), COPIED):
            with connection.cursor().copy("COPY floor (id, body) FROM STDIN") as copy:
                for row in rows[start : start + COPIED]:
                    copy.write_row(row)
            connection.commit()
        return len(rows) / (time.perf_counter() - began)


def _all_at_once(
    url: str,
    authority: Path,
    path: str,
    work: Sequence[tuple[list[bytes], dict[str, str]]],
    answered: Callable[[bytes], object],
) -> float:
    """Seconds until everybody has sent everything, each on a connection that stands already."""
    trust = ssl.create_default_context(cafile=str(authority))
    failed: list[str] = []
    ready, begin = threading.Barrier(len(work) + 1), threading.Event()

    def send(bodies: list[bytes], headers: dict[str, str]) -> None:
        line = http.client.HTTPSConnection(urlsplit(url).netloc, context=trust, timeout=60)
        line.connect()
        ready.wait()
        begin.wait()
        for body in bodies:
            line.request("POST", path, body, headers)
            answer = line.getresponse()
            told = answer.read()
            if answer.status != 200:
                failed.append(f"{answer.status} {told[:200]!r}")
                break
            answered(told)
        line.close()

    threads = [threading.Thread(target=send, args=one) for one in work]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    begin.set()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    assert not failed, failed[:3]
    return seconds
