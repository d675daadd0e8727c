"""A visit on the real screens, with the real form, beside a scanner and a printer made of memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtGui import QGuiApplication

from kiosk.desk.opening import Desk
from kiosk.domain.errors import WorldError
from kiosk.envelope import keys
from kiosk.storage import link
from tests.support.points import enrolment
from tests.ui.visit.steps import Visitor
from ui.devices.browser import Left, Place
from ui.devices.set import Devices
from ui.window import Shell


@dataclass
class Tray:
    """A scanner on whose glass a test lays pages; empty it says so."""

    pages: list[bytes] = field(default_factory=list)

    def scan(self) -> list[bytes]:
        if not self.pages:
            raise WorldError("scanner.empty")
        return self.pages


@dataclass
class PaperStack:
    """A printer that remembers; ``jammed`` makes it refuse."""

    printed: list[tuple[str, bytes]] = field(default_factory=list)
    jammed: bool = False

    def print_pdf(self, data: bytes, title: str, copies: int = 1) -> None:
        if self.jammed:
            raise WorldError("printer.none")
        self.printed += [(title, data)] * copies

    def forget(self, title: str) -> None:
        """Paper cannot be taken back."""


@dataclass
class Door:
    """A browser that remembers where it was sent."""

    opened: list[str] = field(default_factory=list)
    places: list[Place | None] = field(default_factory=list)
    closed: int = 0

    def open(self, address: str, place: Place | None = None) -> None:
        self.opened.append(address)
        self.places.append(place)

    @property
    def is_open(self) -> bool:
        return bool(self.opened)

    def close(self) -> Left:
        self.closed += 1
        return Left.NOTHING


@pytest.fixture
def tray() -> Tray:
    return Tray()


@pytest.fixture
def printer() -> PaperStack:
    return PaperStack()


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def enrolled(desk: Desk) -> Desk:
    """The commune has enrolled this point."""
    commune_key = keys.recipient_of(keys.generate_age_identity())
    with desk.database.write() as connection:
        link.save_enrolment(connection, enrolment(commune_key), "token")
    return desk


@pytest.fixture
def visitor(
    open_shell: Shell, enrolled: Desk, tray: Tray, printer: PaperStack, door: Door
) -> Iterator[Visitor]:
    """Somebody who sits before the open, enrolled point."""
    open_shell.devices = Devices(tray, printer, open_shell.devices.voice, door)
    yield Visitor(open_shell)
    open_shell.show("home")
    QGuiApplication.clipboard().clear()
