"""A point and a hub that meet only by a memory stick, which is a folder here."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.domain.point import Enrolment
from kiosk.envelope import keys
from kiosk.storage import link
from sync.client.usb import Copied, copy_to_stick, outward_folder
from sync.client.usb_answer import Taken, take_from_stick
from sync.hub.context import Hub
from sync.hub.receive import answer_round
from sync.hub.stick_import import Imported, import_folder
from sync.hub.store import points
from tests.support.hub import HubPoint
from tests.support.point import Point, make_point
from tests.support.points import AT


@dataclass
class Pair:
    """One point of one hub, and the stick between them."""

    point: Point
    hub: Hub
    drive: Path

    def copy(self) -> Copied:
        return copy_to_stick(self.point.database, self.point.enrolment, self.point.signing_key, self.drive)

    def bring(self) -> list[Imported]:
        return import_folder(self.hub, self.drive)

    def take(self) -> Taken:
        return take_from_stick(self.point.database, self.point.enrolment, self.point.identity, self.drive, AT)

    @property
    def outward(self) -> Path:
        return outward_folder(self.drive, self.point.enrolment.point)

    def file(self, ending: str) -> Path:
        """The only file with this ending on its way to the commune."""
        return next(self.outward.glob(f"*{ending}"))

    def by_line(self, body: bytes) -> bytes:
        """What the hub answers to the JSON of a round, without a network."""
        with self.hub.database.read() as connection:
            row = points.by_id(connection, self.point.enrolment.point)
        return answer_round(self.hub, row, body)


def make_pair(folder: Path, hub: Hub) -> Pair:
    """A new point of ``hub``, with a database of its own in ``folder``."""
    known = HubPoint(hub)
    said = known.enrolled
    enrolment = Enrolment(
        said.point,
        said.hamlet,
        said.commune,
        "https://hub.example",
        "",
        said.hub_key,
        said.commune_key,
        trial=True,
    )
    point = make_point(folder / said.point, enrolment)
    point.signing_key, point.identity = known.signing_key, known.identity
    with point.database.write() as connection:
        link.save_enrolment(connection, enrolment, said.token)
    drive = folder / "usb"
    drive.mkdir(exist_ok=True)
    assert keys.public_key(point.signing_key) == known.row.signing_key
    return Pair(point, hub, drive)
