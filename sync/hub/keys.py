"""The keys of a running hub, and where each comes from. None of them is ever in the database."""

import hmac
import os
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pyrage
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

from kiosk.domain.errors import WorldError
from kiosk.envelope.keys import public_key, recipient_of
from sync.hub.home import Home, HubSettings, write_durably

_CREDENTIAL = "commune-key"
"""Name of the systemd credential (LoadCredentialEncrypted=commune-key)."""


@dataclass(frozen=True)
class HubKeys:
    """What the hub needs to sign, open and search; kept in memory only, and out of every repr."""

    signing_key: str = field(repr=False)
    """Ed25519 seed, hex: signs receipts."""
    identity: str = field(repr=False)
    """The commune's age identity: opens what points sealed."""
    search: bytes = field(repr=False)
    """Key of the search marks, derived from the identity, so that a stolen database stays dumb."""

    def mark(self, word: str) -> str:
        """The search mark of a folded word or number: 32 hex letters that tell nothing without the key."""
        return hmac.digest(self.search, word.encode(), "sha256").hex()[:32]


def load_keys(home: Home, settings: HubSettings, identity: str) -> HubKeys:
    """Raises WorldError ``hub.commune_key_wrong`` when the identity is not this commune's."""
    try:
        matches = recipient_of(identity) == settings.commune_key
    except WorldError as error:
        raise WorldError("hub.commune_key_wrong") from error
    if not matches:
        raise WorldError("hub.commune_key_wrong")
    return HubKeys(_signing_key(home), identity, _search_key(identity))


def check_machine_keys(home: Home) -> None:
    """What points believe this hub by: the key of its receipts, its certificate, its authority.

    Raises WorldError ``hub.key_damaged``; told before anybody hears READY, and before a copy is called whole.
    """
    _signing_key(home)
    _demand(home.server, lambda: ssl.create_default_context().load_cert_chain(home.server))
    _demand(home.authority, lambda: load_pem_x509_certificate(home.authority.read_bytes()))
    _demand(home.authority_key, lambda: load_pem_private_key(home.authority_key.read_bytes(), None))


def _signing_key(home: Home) -> str:
    found: list[str] = []
    _demand(home.hub_key, lambda: found.append(home.hub_key.read_text("ascii").strip()))
    _demand(home.hub_key, lambda: public_key(found[0]))
    return found[0]


def _demand(file: Path, read: Callable[[], object]) -> None:
    try:
        read()
    except (OSError, ValueError) as error:
        raise WorldError("hub.key_damaged", name=file.name) from error


def find_identity(home: Home, key_file: Path | None, passphrase: str | None) -> str:
    """The commune's key: a named file, systemd's credential, the trial's own file, or by passphrase.

    A file that was named is the only one looked at. Raises WorldError ``hub.commune_key_missing``,
    ``hub.commune_key_wrong`` or ``hub.passphrase_wrong``.
    """
    for path in _places(home, key_file):
        if path.exists():
            return _read_identity(path)
    if key_file is None and passphrase is not None and home.wrapped_commune_key.exists():
        return _unwrap(home.wrapped_commune_key.read_bytes(), passphrase)
    raise WorldError("hub.commune_key_missing")


def needs_passphrase(home: Home, key_file: Path | None) -> bool:
    """Whether only a passphrase typed at start can open the commune's key."""
    if key_file is not None or any(path.exists() for path in _places(home, key_file)):
        return False
    return home.wrapped_commune_key.exists()


def _places(home: Home, key_file: Path | None) -> list[Path]:
    if key_file is not None:
        return [key_file]
    credential = _credential()
    return [credential, home.commune_key] if credential else [home.commune_key]


def _read_identity(path: Path) -> str:
    try:
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise WorldError("hub.commune_key_wrong") from error


def wrap_identity(home: Home, identity: str, passphrase: str) -> None:
    """Keep the commune's key under a passphrase (age's scrypt)."""
    write_durably(
        home.wrapped_commune_key, pyrage.passphrase.encrypt(identity.encode(), passphrase), secret=True
    )


def _unwrap(data: bytes, passphrase: str) -> str:
    try:
        return bytes(pyrage.passphrase.decrypt(data, passphrase)).decode("ascii")
    except pyrage.DecryptError as error:
        raise WorldError("hub.passphrase_wrong") from error


def _credential() -> Path | None:
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return Path(folder) / _CREDENTIAL if folder else None


def _search_key(identity: str) -> bytes:
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"thon-hub-search-1")
    return kdf.derive(identity.encode())
