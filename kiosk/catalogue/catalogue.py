"""All procedures of a pack: by slug, code, life event, or the words of a villager."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.listings import FILE, Listing, load_listings
from kiosk.catalogue.neighbours import beside
from kiosk.catalogue.procedures import Procedure, load_procedure
from kiosk.catalogue.search import Entry, SearchIndex
from kiosk.catalogue.tables import load_table

_CODE = re.compile(r"[0-9]\.[0-9]{6}")
"""A national code among the keywords: a neighbour of this procedure that its form serves, too."""
Found = Procedure | Listing
"""What can be found: what can be filled in here, and what can only be looked up."""


class Catalogue:
    """The procedures in force on a day, in the order of the files."""

    def __init__(self, procedures: Iterable[Procedure], listings: Iterable[Listing] = ()) -> None:
        self._procedures = tuple(procedures)
        known = {code for each in self._procedures for code in (each.code, *each.former_codes)}
        self._listings = tuple(each for each in listings if each.code not in known)

    def procedures(self) -> tuple[Procedure, ...]:
        return self._procedures

    def listings(self) -> tuple[Listing, ...]:
        """What has no form yet, by code; never a procedure that has one."""
        return self._listings

    def by_slug(self, slug: str) -> Procedure:
        """``KeyError`` if no procedure has it."""
        return {procedure.slug: procedure for procedure in self._procedures}[slug]

    def by_code(self, code: str) -> Procedure:
        """By national code; a replaced code leads on to the procedure of today, a neighbour's code to the
        one whose form serves it, too. ``KeyError`` if unknown."""
        today = {procedure.reference: procedure for procedure in self._procedures}
        former = {old: procedure for procedure in self._procedures for old in procedure.former_codes}
        beside = {other: procedure for procedure in self._procedures for other in _served_codes(procedure)}
        return {**beside, **former, **today}[code.strip()]

    def life_events(self) -> tuple[str, ...]:
        """Keys of life events that lead somewhere; their words are texts ``life_event.<key>``."""
        return tuple(dict.fromkeys(event for p in self._procedures for event in p.life_events))

    def by_life_event(self, event: str) -> list[Procedure]:
        return [procedure for procedure in self._procedures if event in procedure.life_events]

    def search(self, words: str, limit: int = 20) -> list[Found]:
        """What the words mean, the best first; accents, case and slips of the finger aside.

        More than half of the words must fit; the beginning of one that is still being typed does. A code,
        also a replaced one, or a part of it finds its procedure. The first call takes longer.
        """
        return self._index.find(words, limit)

    @cached_property
    def _index(self) -> SearchIndex[Found]:
        return SearchIndex([*map(_entry, self._procedures), *map(_listed, self._listings)])


def load_catalogue(folder: Path, day: date) -> Catalogue:
    """Read ``folder/<slug>/procedure.toml`` of all procedures in force on ``day``, and ``catalogue.csv``."""
    return catalogue_on(day, folder, *read_catalogue(folder))


def read_catalogue(folder: Path) -> tuple[list[Procedure], list[Listing]]:
    """All procedures of a folder, in force or not, and the entries without a form; ``BadContentError``."""
    sources = load_table(folder / "sources.toml").pairs()
    loaded = [load_procedure(path, sources) for path in sorted(folder.glob("*/procedure.toml"))]
    return loaded, load_listings(folder / FILE)


def catalogue_on(
    day: date, folder: Path, procedures: Iterable[Procedure], listings: Iterable[Listing]
) -> Catalogue:
    """What is in force on a day, and among the listings the neighbours without a form.

    Raises ``BadContentError`` if two procedures in force have one code.
    """
    codes: set[str] = set()
    every = list(procedures)
    in_force = [each for each in every if each.in_force(day)]
    for procedure in in_force:
        if procedure.reference in codes:
            path = folder / procedure.slug / "procedure.toml"
            raise BadContentError(path, 1, "a second procedure has this code")
        codes.add(procedure.reference)
    neighbours = [pair for each in every for pair in each.listed_neighbours()]
    return Catalogue(in_force, beside(neighbours, listings, day))


def _entry(procedure: Procedure) -> Entry[Found]:
    events = [event.replace("_", " ") for event in procedure.life_events]
    said = (
        procedure.plain_name,
        procedure.name,
        *procedure.keywords,
        procedure.slug.replace("_", " "),
        *events,
    )
    return Entry(procedure, said, (procedure.reference, *procedure.former_codes, *_served_codes(procedure)))


def _served_codes(procedure: Procedure) -> list[str]:
    """Codes of neighbours that the form of a procedure serves, too."""
    return [word for word in procedure.keywords if _CODE.fullmatch(word)]


def _listed(listing: Listing) -> Entry[Found]:
    words = (word.strip() for word in listing.keywords.split(";"))
    return Entry(listing, (listing.name, *words), (listing.code, *listing.former_codes.split()))
