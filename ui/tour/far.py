"""The far end of the line in a tour: a trial hub of its own, or one that runs already."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import requests

from kiosk.domain.errors import WorldError
from ui.local_hub import HubAccess, LocalHub
from ui.tour.arriving import Joining
from ui.tour.course import Commune
from ui.tour.officer import Officer
from ui.tour.visit import VisitError


@dataclass(frozen=True)
class Far:
    """The hub and the officer who works there; ``stop`` ends what the tour started."""

    commune: Commune
    stop: Callable[[], None]
    access: Callable[[], HubAccess] | None = None
    """How a trial point finds its own hub."""
    joining: Joining | None = None
    """How a new point joins a hub that was given."""


@dataclass(frozen=True)
class GivenHub:
    """What the command line says about a running hub."""

    url: str
    code: str
    authority: Path
    officer: str
    """USER:PASSWORDFILE"""


def own_hub(home: Path) -> Far:
    """A trial hub that is made and started when the point first asks for it."""
    hub = LocalHub(home)

    def log_in() -> Officer:
        password = (home / "officer-password.txt").read_text("utf-8").strip()
        return Officer(hub.access().url, home / "authority.pem", "canbo", password)

    return Far(Commune(log_in), hub.stop, access=hub.access)


def given_hub(given: GivenHub) -> Far:
    """A hub that runs already; everything that can be tried before the visit is tried.

    Raises ``VisitError`` for wrong arguments and a hub that was not made for trying, ``WorldError`` for one
    that cannot be reached, ``OfficerError`` for an officer who cannot log in.
    """
    user, _, password_file = given.officer.partition(":")
    if not user or not password_file:
        raise VisitError("--officer needs USER:PASSWORDFILE")
    authority, password = _read(given.authority), _read(Path(password_file)).strip()
    if not _hello(given.url, authority):
        raise VisitError("--hub: this hub was not made by hamlet-hub init --trial; a tour must not touch it")

    def log_in() -> Officer:
        return Officer(given.url, given.authority, user, password)

    try:
        log_in()
    except requests.RequestException as error:
        raise WorldError("hub.no_line") from error
    return Far(Commune(log_in), _nothing, joining=Joining(given.url, given.code, given.authority))


def _hello(url: str, authority: str) -> bool:
    """Whether the hub that answers there is a trial hub."""
    from sync.client.transport import Transport

    transport = Transport(url, authority)
    try:
        return transport.hello().trial
    finally:
        transport.close()


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise VisitError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise VisitError(f"{path}: not a text file") from error


def _nothing() -> None:
    """The given hub goes on."""
