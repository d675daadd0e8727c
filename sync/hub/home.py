"""The hub's folder: what lies in it, and the settings that ``hamlet-hub init`` wrote.

hub.json          settings (no secrets)
hub.db            the database, unless a PostgreSQL URL was given
hub-key           Ed25519 key that signs receipts (0600)
commune-key       trial only: age identity of the commune (0600)
commune-key.age   otherwise, if no file or credential is used: the same under a passphrase
authority.pem     certificate authority that points pin; authority-key (0600)
server.pem        certificate and key of the server (0600)
papers/<point>/   complete sealed papers, named by their digest
uploads/          papers that are still arriving
"""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kiosk.domain.errors import WorldError


@dataclass(frozen=True, kw_only=True)
class HubSettings:
    """What ``init`` decided. ``database`` is empty for the SQLite file in the home."""

    commune: str
    """Stable id of the commune in every table (ward code)."""
    commune_name: str
    trial: bool
    commune_key: str
    """age recipient of the commune: public."""
    database: str = ""
    hosts: tuple[str, ...] = field(default=())
    """Names and addresses in the server's certificate."""
    hamlets: tuple[str, ...] = field(default=())
    """Hamlets of the commune: the first is the trial's."""
    commune_settings: str = ""
    """File of commune settings (commune.toml), absolute."""
    token_days: int = 30
    """A point takes a new token after so many days; 0 for never."""


@dataclass(frozen=True)
class Home:
    """Where a hub lives."""

    folder: Path

    @property
    def settings_file(self) -> Path:
        return self.folder / "hub.json"

    @property
    def hub_key(self) -> Path:
        return self.folder / "hub-key"

    @property
    def commune_key(self) -> Path:
        return self.folder / "commune-key"

    @property
    def wrapped_commune_key(self) -> Path:
        return self.folder / "commune-key.age"

    @property
    def authority(self) -> Path:
        return self.folder / "authority.pem"

    @property
    def authority_key(self) -> Path:
        return self.folder / "authority-key"

    @property
    def server(self) -> Path:
        return self.folder / "server.pem"

    @property
    def papers(self) -> Path:
        return self.folder / "papers"

    @property
    def uploads(self) -> Path:
        return self.folder / "uploads"

    def is_made(self) -> bool:
        """Whether ``init`` finished here: the settings are written last."""
        return self.settings_file.exists()

    def settings(self) -> HubSettings:
        """Raises WorldError ``hub.not_made`` or ``hub.settings_damaged``."""
        try:
            return msgspec.json.decode(self.settings_file.read_bytes(), type=HubSettings)
        except FileNotFoundError as error:
            raise WorldError("hub.not_made") from error
        except msgspec.DecodeError as error:
            raise WorldError("hub.settings_damaged") from error

    def database_url(self, settings: HubSettings) -> str:
        """Raises WorldError ``hub.database_missing``: an empty one in its place would deny all it held."""
        if settings.database:
            return settings.database
        file = self.folder / "hub.db"
        if self.is_made() and not file.exists():
            raise WorldError("hub.database_missing")
        return f"sqlite:///{file.as_posix()}"


def write_settings(home: Home, settings: HubSettings) -> None:
    write_durably(home.settings_file, msgspec.json.format(msgspec.json.encode(settings), indent=2))


def write_durably(path: Path, data: bytes, *, secret: bool = False) -> None:
    """Whole or not at all, and on the disk when it returns; ``secret`` keeps others of the machine out.

    Whoever writes the same file at the same time has a file of his own until it is whole.
    """
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    mode = 0o600 if secret else 0o644
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    fsync_folder(path.parent)


def fsync_folder(folder: Path) -> None:
    """Make a renaming durable; Windows keeps its folders itself and cannot open them."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
