"""Consent: explicit, per purpose, with the version of the text that was shown (Luật 91/2025/QH15)."""

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    PREPARE = "prepare"
    SEND_TO_COMMUNE = "send_to_commune"
    SENSITIVE = "sensitive"
    CONTACT = "contact"


@dataclass(frozen=True)
class Consent:
    """What the citizen agreed to, and the proof that the controller must keep."""

    purposes: frozenset[Purpose]
    text_version: str
    given_at: str
    """Wall time in ISO 8601."""
    witness: str
    """Initials of the volunteer who sat there."""

    def allows(self, purpose: Purpose) -> bool:
        return purpose in self.purposes
