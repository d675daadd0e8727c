"""A hub without a network, and points that seal real envelopes for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import msgspec

from kiosk.domain.clock import Clock, SystemClock
from kiosk.domain.dossier import Answer
from kiosk.domain.events import EventKind
from kiosk.domain.ids import new_id, slip_code
from kiosk.domain.paper import SealedPaper
from kiosk.envelope import keys
from kiosk.envelope.news import open_news
from kiosk.envelope.payload import Payload, PortalFiling
from kiosk.envelope.seal import digest_of, seal, seal_bytes
from sync.hub.api import enrol_point
from sync.hub.context import Hub
from sync.hub.home import Home
from sync.hub.keys import find_identity, load_keys
from sync.hub.library import Library
from sync.hub.passwords import hash_password
from sync.hub.receive import answer_round
from sync.hub.setup import Wishes, initialise
from sync.hub.store import officers, points
from sync.hub.store.database import open_database
from sync.hub.store.points import Point
from sync.hub.uploads import appending, begin, finish
from sync.protocol import EnrolAnswer, Event, RoundAnswer, RoundRequest
from tests.support.content import real_content

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "assets"
PROCEDURE = "1.001193"
PASSWORD = "mật khẩu để thử"
ANSWERS = (
    Answer("nksinh_ho_ten", "NGUYỄN VĂN HỢP"),
    Answer("yc_ho_ten", "TRẦN THỊ BƯỞI"),
    Answer("me_giay_to.so", "048095001234"),
)
_COMMUNE = """
name = "{name}"
kind = "phường"
province = "48"
ward = "{ward}"
trial = true
draft_days = 3
"""


def make_home(
    folder: Path, database: str = "", ward: str = "20194", name: str = "UBND phường Hải Vân"
) -> Home:
    """A trial hub's folder, made by the same function as ``hamlet-hub init``."""
    settings = folder.with_suffix(".toml")
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(_COMMUNE.format(name=name, ward=ward), encoding="utf-8")
    home = Home(folder)
    wishes = Wishes(trial=True, database=database, commune_settings=settings)
    initialise(home, wishes, SystemClock(), ASSETS)
    return home


def open_hub(home: Home, clock: Clock | None = None) -> Hub:
    """The hub as ``serve`` would open it; close ``hub.database`` afterwards."""
    settings = home.settings()
    hub_keys = load_keys(home, settings, find_identity(home, None, None))
    clock = clock or SystemClock()
    library = Library(real_content())
    return Hub(home, settings, open_database(home.database_url(settings)), hub_keys, library, clock)


def hub_in(folder: Path, database: str = "", clock: Clock | None = None) -> Iterator[Hub]:
    """What a fixture yields: a trial hub below a folder, closed afterwards."""
    hub = open_hub(make_home(folder, database), clock)
    yield hub
    hub.database.close()


def add_officer(hub: Hub, name: str, role: officers.Role) -> None:
    with hub.database.write() as connection:
        officers.add(connection, hub.commune, name, role, hash_password(PASSWORD), hub.now())


def code_beside(home: Home) -> str:
    """A one-time code, made in the database beside a hub that runs."""
    settings = home.settings()
    database = open_database(home.database_url(settings))
    with database.write() as connection:
        code = points.make_code(connection, settings.commune, "Thôn Hai", SystemClock().now().isoformat())
    database.close()
    return code


@dataclass
class HubPoint:
    """A point that talks to a hub by function calls."""

    hub: Hub
    signing_key: str = field(default_factory=keys.generate_signing_key)
    identity: str = field(default_factory=keys.generate_age_identity)
    incarnation: str = field(default_factory=new_id)
    sequence: int = 0
    receipt: int = 0
    cursor: int = 0
    papers: dict[str, bytes] = field(default_factory=dict)
    enrolled: EnrolAnswer = field(init=False)
    random: Random = field(default_factory=lambda: Random(11))

    def __post_init__(self) -> None:
        with self.hub.database.write() as connection:
            code = points.make_code(connection, self.hub.commune, "Thôn Một", self.hub.now())
        self.enrolled = self.enrol(code)

    def enrol(self, code: str) -> EnrolAnswer:
        request = {
            "code": code,
            "signing_key": keys.public_key(self.signing_key),
            "sealing_key": keys.recipient_of(self.identity),
        }
        return enrol_point(self.hub, msgspec.json.encode(request))

    @property
    def row(self) -> Point:
        with self.hub.database.read() as connection:
            return points.by_id(connection, self.enrolled.point)

    def paper(self, kind: str = "giay_chung_sinh", plain: bytes | None = None) -> SealedPaper:
        """A sealed scan; its bytes are kept for ``send_paper``."""
        plain = plain if plain is not None else self.random.randbytes(500)
        body = seal_bytes(plain, self.enrolled.commune_key)
        sha256 = digest_of(body)
        self.papers[sha256] = body
        return SealedPaper(kind, "image/jpeg", 1, digest_of(plain), sha256, len(body))

    def event(
        self,
        *,
        dossier: str = "",
        revision: int = 1,
        kind: EventKind = EventKind.DOSSIER,
        answers: Sequence[Answer] = ANSWERS,
        papers: Sequence[SealedPaper] = (),
        form: tuple[str, str] = ("", ""),
        confirmed: Sequence[str] = (),
        portal: PortalFiling | None = None,
        base: str = "",
        procedure: str = PROCEDURE,
        prepared_on: str = "2026-11-21",
    ) -> Event:
        """A signed and sealed event."""
        dossier = dossier or new_id()
        payload = Payload(
            kind=kind,
            dossier=dossier,
            revision=revision,
            procedure=procedure,
            point=self.enrolled.point,
            hamlet=self.enrolled.hamlet,
            prepared_on=prepared_on,
            slip_code=slip_code(dossier),
            form=form[0],
            form_version=form[1],
            answers=tuple(answers),
            papers=tuple(papers),
            confirmed=tuple(confirmed),
            portal=portal,
            base_digest=base,
        )
        sealed = seal(payload, self.signing_key, self.enrolled.commune_key)
        return Event(
            id=new_id(),
            kind=kind.value,
            dossier=dossier,
            revision=revision,
            procedure=procedure,
            digest=sealed.digest,
            body=sealed.body,
            papers=[paper.sealed_sha256 for paper in papers],
        )

    def request(self, *events: Event, sequence: int | None = None) -> bytes:
        """The JSON of a round, taking the next sequence unless one is given."""
        if sequence is None:
            self.sequence += 1
            sequence = self.sequence
        asked = RoundRequest(
            version=1,
            point=self.enrolled.point,
            incarnation=self.incarnation,
            sequence=sequence,
            epoch=self.enrolled.epoch,
            receipt=self.receipt,
            safe=0,
            cursor=self.cursor,
            events=list(events),
        )
        return msgspec.json.encode(asked)

    def round(self, *events: Event) -> RoundAnswer:
        """One round; receipts and news are taken note of."""
        answer = self.said(self.request(*events))
        given = [verdict.receipt for verdict in answer.verdicts if verdict.receipt] + answer.receipts
        self.receipt = max([self.receipt, *(receipt.number for receipt in given)])
        self.cursor = answer.cursor
        return answer

    def said(self, body: bytes) -> RoundAnswer:
        return msgspec.json.decode(answer_round(self.hub, self.row, body), type=RoundAnswer)

    def send_paper(self, sha256: str) -> None:
        """The whole paper at once."""
        body = self.papers[sha256]
        upload = begin(self.hub, self.row, sha256, len(body))
        with appending(self.hub, upload, 0) as add:
            add(body)
        finish(self.hub, upload)

    def news(self, answer: RoundAnswer) -> list[object]:
        """The news of an answer, opened."""
        return [open_news(item.body, self.identity) for item in answer.news]


BIRTH = tuple(
    Answer(name, value)
    for name, value in {
        "kinh_gui.tinh": "48",
        "kinh_gui.xa": "20194",
        "yc_ho_ten": "Nguyễn Thị Bưởi",
        "yc_ngay_sinh": "1995-08-12",
        "yc_giay_to.loai": "9",
        "yc_giay_to.so": "048195001234",
        "yc_quan_he.chon": "me",
        "loai_dang_ky": "dung_han",
        "loai_khai_sinh": "ca_cha_lan_me",
        "tre_ho_ten": "Trần Nguyễn Bảo Ngọc",
        "tre_ngay_sinh": "2026-10-05",
        "tre_gioi_tinh": "2",
        "tre_dan_toc": "01",
        "tre_quoc_tich": "VN",
        "tre_noi_sinh.noi": "co_so_y_te",
        "tre_noi_sinh.co_so": "Trung tâm Y tế khu vực Hòa Vang",
        "me_ho_ten": "Nguyễn Thị Bưởi",
        "me_ngay_sinh": "1995-08-12",
        "me_giay_to.loai": "9",
        "me_giay_to.so": "048195001234",
        "cha_ho_ten": "Trần Văn Cam",
        "cha_ngay_sinh": "1990",
        "cha_giay_to.loai": "9",
        "cha_giay_to.so": "048090004321",
        "cha_me_ket_hon": "co",
        "cap_ban_sao": "co",
        "so_ban_sao": "2",
    }.items()
)
"""A birth as the real form asks it; nobody of that name exists."""
BIRTH_FORM = ("khai_sinh", "2026.11")
