"""What is shown before consent: an item for each purpose, none ticked beforehand (Luật 91/2025/QH15)."""

from dataclasses import dataclass

from kiosk.catalogue.commune import CommuneSettings
from kiosk.catalogue.texts import Texts
from kiosk.domain.consent import Purpose

NEEDED = frozenset((Purpose.PREPARE, Purpose.SENSITIVE))
"""Without these nothing can be filled in: every form so far asks for dân tộc, which is sensitive."""


@dataclass(frozen=True)
class ConsentItem:
    """One purpose with its own box."""

    purpose: Purpose
    title: str
    text: str
    needed: bool


@dataclass(frozen=True)
class ConsentText:
    """Everything that the citizen must know before saying yes."""

    version: str
    """Kept in the record of consent as proof of what was shown."""
    intro: str
    controller: str
    rights: str
    child: str
    """Shown when the papers are about a child of 7 or more."""
    items: tuple[ConsentItem, ...]


def consent_text(texts: Texts, commune: CommuneSettings) -> ConsentText:
    """The consent screen's words for a commune."""
    unknown = texts("fact.unknown")
    controller = texts(
        "consent.controller",
        controller=commune.data_controller or unknown,
        contact=commune.data_contact or unknown,
    )
    items = tuple(
        ConsentItem(
            purpose,
            texts(f"consent.{purpose}.title"),
            texts(f"consent.{purpose}.text", days=commune.draft_days),
            purpose in NEEDED,
        )
        for purpose in Purpose
    )
    rights, child = texts("consent.rights"), texts("consent.child")
    return ConsentText(texts("consent.version"), texts("consent.intro"), controller, rights, child, items)
