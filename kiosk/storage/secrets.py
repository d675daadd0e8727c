"""The point's own secrets, kept only inside the encrypted database."""

from dataclasses import dataclass, field

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from kiosk.storage.tables import secrets

_NAMES = ("signing_key", "sealing_identity", "mark_key")


@dataclass(frozen=True)
class PointSecrets:
    """Drawn once when the point is made; a point that lost them enrols again."""

    signing_key: str = field(repr=False)
    """Ed25519 private key, hex of its seed: signs what is handed over."""
    sealing_identity: str = field(repr=False)
    """age identity (X25519): opens what comes back."""
    mark_key: bytes = field(repr=False)
    """Key of the HMACs by which this point notices a person coming twice for the same procedure."""


def load(connection: Connection) -> PointSecrets | None:
    """The secrets, or ``None`` where the point was not quite made."""
    found = {row.name: row.value for row in connection.execute(select(secrets))}
    if not all(name in found for name in _NAMES):
        return None
    signing_key, identity = (found[name].decode("ascii") for name in _NAMES[:2])
    return PointSecrets(signing_key, identity, found["mark_key"])


def save(connection: Connection, kept: PointSecrets) -> None:
    """Keep the secrets; earlier ones are replaced."""
    values = (kept.signing_key.encode("ascii"), kept.sealing_identity.encode("ascii"), kept.mark_key)
    rows = [{"name": name, "value": value} for name, value in zip(_NAMES, values, strict=True)]
    statement = insert(secrets)
    connection.execute(statement.on_conflict_do_update(set_={"value": statement.excluded.value}), rows)
