"""Whose packs a point accepts: ``trust.json``, given at enrolment or with the first pack."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.domain.errors import WorldError
from kiosk.packs.files import write_durably
from kiosk.packs.manifest import Manifest, Signers, canonical, signers_of

NAME = "trust.json"


@dataclass(frozen=True)
class Trust:
    """Who signs new packs, and who signed those up to a version before the keys were changed."""

    signers: Signers
    earlier: tuple[tuple[int, Signers], ...] = ()
    """(last version, signers), the oldest first."""

    def signers_for(self, version: int) -> Signers:
        """Who had to sign a pack of that version."""
        return next((signers for last, signers in self.earlier if version <= last), self.signers)

    def after(self, manifest: Manifest) -> "Trust":
        """The trust once this pack is accepted: it may name other keys for what comes later."""
        if manifest.signers == self.signers:
            return self
        return Trust(manifest.signers, (*self.earlier, (manifest.version - 1, self.signers)))

    def to_bytes(self) -> bytes:
        earlier = [signers.plain() | {"up_to": last} for last, signers in self.earlier]
        return canonical(self.signers.plain() | {"earlier": earlier})


def read_trust(path: Path) -> Trust:
    """The trust in a file; ``WorldError`` pack.no_trust (none there), pack.trust (unreadable)."""
    try:
        plain: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        earlier = tuple((int(each["up_to"]), signers_of(each)) for each in plain.get("earlier", ()))
        return Trust(signers_of(plain), earlier)
    except FileNotFoundError as error:
        raise WorldError("pack.no_trust") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WorldError("pack.trust") from error


def give_trust(packs: Path, trust: Trust) -> None:
    """Tell a point whom to trust, once. The same again is harmless; others: ``WorldError`` pack.trusted."""
    path = packs / NAME
    if path.exists() and read_trust(path) != trust:
        raise WorldError("pack.trusted")
    packs.mkdir(parents=True, exist_ok=True)
    write_durably(path, trust.to_bytes())
