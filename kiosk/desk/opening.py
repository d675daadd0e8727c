"""Setting a point up, unlocking it in the morning, closing it at night."""

import os
from dataclasses import replace
from pathlib import Path

from kiosk.desk import portal_files
from kiosk.desk.desk import Desk as Desk
from kiosk.domain.clock import Clock
from kiosk.envelope.keys import generate_age_identity, generate_signing_key
from kiosk.packs.content import Content
from kiosk.storage import keys, outbox, quarantine, secrets, visits
from kiosk.storage.database import Database, open_database
from kiosk.storage.durable import make_folder
from kiosk.storage.keys import Cost, PointKeys
from kiosk.storage.secrets import PointSecrets

_DATABASE = "point.db"


def is_new(home: Path) -> bool:
    """Whether nobody has set this point up yet."""
    return not keys.has_slots(home)


def create(
    home: Path, content: Content, clock: Clock, volunteer: str, pin: str, cost: Cost | None = None
) -> Desk:
    """Set a new point up with its first volunteer; raises ``WorldError`` pin.weak, point.exists and those
    of a disk in trouble."""
    make_folder(home)
    return _desk(home, content, clock, keys.create_slots(home, volunteer, pin, cost))


def unlock(home: Path, content: Content, clock: Clock, pin: str) -> Desk:
    """Open the point with a volunteer's PIN; raises ``WorldError`` pin.wrong, pin.wait, keys.lost and those
    of ``kiosk.storage.database.open_database``."""
    return _desk(home, content, clock, keys.unlock(home, pin, clock))


def check_pin(desk: Desk, pin: str) -> None:
    """Whether a volunteer of this point is there (a locked screen); raises as ``unlock``."""
    keys.unlock(desk.home, pin, desk.clock)


def practise(desk: Desk, on: bool) -> Desk:
    """The same desk in, or out of, practice mode; dossiers keep the mode in which they were begun."""
    return replace(desk, practice=on)


def close(desk: Desk) -> None:
    """Let go of the database; the desk is of no use any more."""
    desk.database.close()


def set_aside(home: Path, clock: Clock) -> Path:
    """After ``database.damaged``: move the damaged file into quarantine, so that the next ``unlock`` makes
    an empty one. Nothing is deleted. Returns the folder to give to the commune."""
    return quarantine.set_aside(home / _DATABASE, clock)


def _desk(home: Path, content: Content, clock: Clock, unlocked: PointKeys) -> Desk:
    database = open_database(home / _DATABASE, unlocked.database_key, clock)
    kept = _secrets(database)
    with database.read() as connection:
        outbox.sweep_papers(connection, home)
    portal_files.wipe(home)
    return Desk(database, kept, content, clock, home, unlocked.volunteer)


def _secrets(database: Database) -> PointSecrets:
    """The point's secrets, drawn at the first opening (also if that was cut short). A visit that a power
    cut ended is over, so whom it named is forgotten."""
    with database.write() as connection:
        visits.forget_people(connection)
        kept = secrets.load(connection)
        if kept is None:
            kept = PointSecrets(generate_signing_key(), generate_age_identity(), os.urandom(32))
            secrets.save(connection, kept)
    return kept
