"""``hamlet-hub init``: make a hub's folder, keys, certificates and tables."""

import secrets
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.commune import CommuneSettings, load_commune
from kiosk.domain.clock import Clock
from kiosk.domain.errors import WorldError
from kiosk.envelope.keys import generate_age_identity, generate_signing_key, recipient_of
from sync.hub.authority import make_authority, make_server
from sync.hub.home import Home, HubSettings, write_durably, write_settings
from sync.hub.keys import wrap_identity
from sync.hub.passwords import hash_password
from sync.hub.store import officers, points, rounds
from sync.hub.store.database import Database, open_database
from sync.hub.store.migrate import migrate

ENROL_CODE_FILE = "enrol-code.txt"
OFFICER_FILE = "officer-password.txt"
TRIAL_OFFICER = "canbo"
TRIAL_COMMUNE = Path("parameters/trial_commune.toml")
TRIAL_HAMLET = "Thôn dùng thử"
_ALWAYS = ("127.0.0.1", "localhost")


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What ``init`` was asked for."""

    trial: bool = False
    database: str = ""
    commune_settings: Path | None = None
    hosts: Sequence[str] = ()
    commune_key_file: Path | None = None
    """Where to write the commune's new key; not inside the home, so that no backup takes it along."""
    passphrase: str | None = None
    """Keep the commune's key in the home under this passphrase instead."""


def initialise(home: Home, wishes: Wishes, clock: Clock, assets: Path) -> HubSettings:
    """Make a hub. Raises WorldError ``hub.made_already``, ``hub.commune_settings``,
    ``hub.commune_key_exists``, ``hub.commune_key_missing`` (no place for the key was named)."""
    if home.is_made():
        raise WorldError("hub.made_already")
    source = wishes.commune_settings or (assets / TRIAL_COMMUNE if wishes.trial else None)
    if source is None:
        raise WorldError("hub.commune_settings_needed")
    commune = read_commune(source)
    home.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    home.papers.mkdir(exist_ok=True)
    home.uploads.mkdir(exist_ok=True)
    _reach(wishes.database)
    hosts = tuple(dict.fromkeys((*_ALWAYS, *wishes.hosts)))
    _write_certificates(home, commune.ward, hosts)
    identity = generate_age_identity()
    _keep_identity(home, identity, wishes)
    write_durably(home.hub_key, generate_signing_key().encode(), secret=True)
    settings = HubSettings(
        commune=commune.ward,
        commune_name=commune.name,
        hamlets=commune.hamlets,
        trial=wishes.trial,
        commune_key=recipient_of(identity),
        database=wishes.database,
        hosts=hosts,
        commune_settings=str(source.resolve()),
    )
    _make_tables(home, settings, clock)
    write_settings(home, settings)
    return settings


def _reach(url: str) -> None:
    """A database that does not answer is told before the commune's key is made."""
    if url:
        with closing(open_database(url)) as database, database.read():
            pass


def read_commune(path: Path) -> CommuneSettings:
    """A commune's settings. Raises WorldError ``hub.commune_settings``."""
    try:
        return load_commune(path)
    except (OSError, BadContentError) as error:
        raise WorldError("hub.commune_settings") from error


def _keep_identity(home: Home, identity: str, wishes: Wishes) -> None:
    if wishes.trial:
        write_durably(home.commune_key, identity.encode(), secret=True)
    elif wishes.commune_key_file is not None:
        if wishes.commune_key_file.exists():
            raise WorldError("hub.commune_key_exists")
        write_durably(wishes.commune_key_file, identity.encode(), secret=True)
    elif wishes.passphrase:
        wrap_identity(home, identity, wishes.passphrase)
    else:
        raise WorldError("hub.commune_key_missing")


def _write_certificates(home: Home, commune: str, hosts: Sequence[str]) -> None:
    authority, key = make_authority(commune)
    write_durably(home.authority, authority)
    write_durably(home.authority_key, key, secret=True)
    write_durably(home.server, make_server(authority, key, hosts), secret=True)


def _make_tables(home: Home, settings: HubSettings, clock: Clock) -> None:
    database = open_database(home.database_url(settings))
    try:
        migrate(database)
        with database.write() as connection:
            rounds.add_commune(connection, settings.commune, f"e-{secrets.token_hex(4)}")
        if settings.trial:
            _make_trial(home, settings, database, clock.now().isoformat(timespec="seconds"))
    finally:
        database.close()


def _make_trial(home: Home, settings: HubSettings, database: Database, at: str) -> None:
    """What somebody needs to try everything: a code and an officer, written where they are found."""
    password = secrets.token_urlsafe(9)
    with database.write() as connection:
        hamlet = next(iter(settings.hamlets), TRIAL_HAMLET)
        code = points.make_code(connection, settings.commune, hamlet, at)
        officers.add(
            connection, settings.commune, TRIAL_OFFICER, officers.Role.OFFICER, hash_password(password), at
        )
    write_durably(home.folder / ENROL_CODE_FILE, f"{code}\n".encode(), secret=True)
    write_durably(home.folder / OFFICER_FILE, f"{password}\n".encode(), secret=True)
