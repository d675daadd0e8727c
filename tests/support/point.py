"""A real point on a real database, with synthetic dossiers to send."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import insert, select

from kiosk.domain.clock import SystemClock
from kiosk.domain.dossier import Answer
from kiosk.domain.events import EventKind, OutboxItem
from kiosk.domain.ids import new_id
from kiosk.domain.ids import slip_code as code_of
from kiosk.domain.paper import SealedPaper
from kiosk.domain.point import Enrolment
from kiosk.envelope import keys
from kiosk.envelope.payload import Payload
from kiosk.envelope.seal import digest_of, seal, seal_bytes
from kiosk.storage import durable, link, outbox, tables
from kiosk.storage.database import Database, open_database
from sync.client.loop import Link, RoundOutcome, open_link, run_round

PROCEDURE = "1.001193"


@dataclass
class Point:
    """One enrolled point; ``queue`` gives it work, ``talk`` lets it talk until nothing moves any more."""

    database: Database
    enrolment: Enrolment
    signing_key: str = field(default_factory=keys.generate_signing_key)
    identity: str = field(default_factory=keys.generate_age_identity)
    random: Random = field(default_factory=lambda: Random(7))

    def enrol(self, enrolment: Enrolment, token: str) -> Link:
        """Remember an enrolment and open the line."""
        self.enrolment = enrolment
        with self.database.write() as connection:
            link.save_enrolment(connection, enrolment, token)
        line = open_link(self.database, self.identity, self.signing_key, SystemClock())
        assert line is not None
        line.random = Random(3)
        return line

    def queue(self, papers: tuple[int, ...] = (), dossier: str = "", revision: int = 1) -> OutboxItem:
        """A sealed dossier with scans of the given sizes, as ``desk.hand_over`` would queue it."""
        dossier = dossier or self._new_dossier()
        sealed_papers = tuple(self._seal_paper(size) for size in papers)
        payload = Payload(
            dossier=dossier,
            revision=revision,
            procedure=PROCEDURE,
            point=self.enrolment.point,
            hamlet=self.enrolment.hamlet,
            prepared_on="2026-11-21",
            slip_code=code_of(dossier),
            answers=(Answer("nksinh.ho_ten", f"NGUYỄN VĂN {self.random.randrange(10**6)}"),),
            papers=sealed_papers,
        )
        sealed = seal(payload, self.signing_key, self.enrolment.commune_key)
        item = OutboxItem(
            id=new_id(),
            kind=EventKind.DOSSIER,
            dossier=dossier,
            revision=revision,
            procedure=PROCEDURE,
            body=sealed.body,
            digest=sealed.digest,
            papers=tuple(paper.sealed_sha256 for paper in sealed_papers),
            queued_at="2026-11-21T09:00:00+07:00",
        )
        with self.database.write() as connection:
            outbox.add(connection, item, sealed_papers)
        return item

    def _new_dossier(self) -> str:
        dossier = new_id()
        visit = {
            "id": new_id(), "started_at": "2026-11-21", "purposes": "", "text_version": "1",
            "witness": "TN", "address_as": "", "practice": 0,
        }  # fmt: skip
        texts = dict.fromkeys(
            ("form", "form_version", "place", "portal_code", "base_digest", "person_mark", "sentence",
             "reason", "created_at", "changed_at"), "",
        )  # fmt: skip
        row = {
            **texts, "id": dossier, "visit": visit["id"], "slug": "khai_sinh", "procedure": PROCEDURE,
            "road": "commune", "state": "queued", "revision": 1, "practice": 0, "slip_code": code_of(dossier),
            "asked_papers": "[]",
        }  # fmt: skip
        with self.database.write() as connection:
            connection.execute(insert(tables.visits).values(**visit))
            connection.execute(insert(tables.dossiers).values(**row))
        return dossier

    def _seal_paper(self, size: int) -> SealedPaper:
        plain = self.random.randbytes(size)
        body = seal_bytes(plain, self.enrolment.commune_key)
        name = digest_of(body)
        folder = durable.make_folder(self.database.home / outbox.FOLDER)
        durable.write_file(folder / f"{name}.age", body)
        return SealedPaper("giay_chung_sinh", "image/jpeg", 1, digest_of(plain), name, len(body))

    def states(self) -> dict[str, str]:
        """Where each event stands."""
        with self.database.read() as connection:
            return {
                row.id: row.state
                for row in connection.execute(select(tables.outbox.c.id, tables.outbox.c.state))
            }

    def reason(self, event: str) -> tuple[str, str]:
        """Why an event is parked or postponed: code and sentence."""
        columns = select(tables.outbox.c.reason, tables.outbox.c.sentence)
        with self.database.read() as connection:
            row = connection.execute(columns.where(tables.outbox.c.id == event)).one()
        return row.reason, row.sentence

    def link_state(self) -> link.LinkState:
        with self.database.read() as connection:
            return link.get(connection)


def make_point(home: Path, enrolment: Enrolment) -> Point:
    """A point with a new database in ``home``."""
    home.mkdir(parents=True, exist_ok=True)
    return Point(open_database(home / "point.db", b"k" * 32, SystemClock()), enrolment)


def talk(line: Link, rounds: int = 20) -> list[RoundOutcome]:
    """Rounds without a pause between them, until one says that nothing more can be done now."""
    outcomes = [run_round(line)]
    while outcomes[-1].more and len(outcomes) < rounds:
        outcomes.append(run_round(line))
    return outcomes
