"""All procedures of a pack: by slug, code, life event, or the words of a villager."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.procedures import Procedure, load_procedure
from kiosk.catalogue.tables import load_table
from kiosk.domain.folding import fold

_GOOD_ENOUGH = 75.0
"""Per cent of likeness from which a word counts as mistyped: one slip in four letters."""
_FILLERS = frozenset(
    (
        "dang",
        "ky",
        "lam",
        "cho",
        "toi",
        "xin",
        "can",
        "muon",
        "thu",
        "tuc",
        "giay",
        "to",
        "o",
        "tai",
        "ve",
        "va",
    )
)
"""Folded words that do not tell procedures apart."""


class Catalogue:
    """The procedures in force on a day, in the order of the files."""

    def __init__(self, procedures: Iterable[Procedure]) -> None:
        self._procedures = tuple(procedures)

    def procedures(self) -> tuple[Procedure, ...]:
        return self._procedures

    def by_slug(self, slug: str) -> Procedure:
        """``KeyError`` if no procedure has it."""
        return {procedure.slug: procedure for procedure in self._procedures}[slug]

    def by_code(self, code: str) -> Procedure:
        """By national code; a replaced code leads on to the procedure of today. ``KeyError`` if unknown."""
        today = {procedure.code: procedure for procedure in self._procedures}
        former = {old: procedure for procedure in self._procedures for old in procedure.former_codes}
        return {**former, **today}[code.strip()]

    def life_events(self) -> tuple[str, ...]:
        """Keys of life events that lead somewhere; their words are texts ``life_event.<key>``."""
        return tuple(dict.fromkeys(event for p in self._procedures for event in p.life_events))

    def by_life_event(self, event: str) -> list[Procedure]:
        return [procedure for procedure in self._procedures if event in procedure.life_events]

    def search(self, words: str) -> list[Procedure]:
        """Procedures that the words mean, the best first; accents, case and slips of the finger aside.

        More than half of the words must fit; the beginning of one that is still being typed does.
        """
        asked = fold(re.sub(r"[^\w\s.]", " ", words)).split()
        telling = [word for word in asked if word not in _FILLERS] or asked
        scored = [(_score(telling, procedure), procedure) for procedure in self._procedures]
        return [procedure for score, procedure in sorted(scored, key=lambda pair: -pair[0]) if score > 0]


def load_catalogue(folder: Path, day: date) -> Catalogue:
    """Read ``folder/<slug>/procedure.toml`` of all procedures in force on ``day``."""
    sources = load_table(folder / "sources.toml").pairs()
    loaded = [load_procedure(path, sources) for path in sorted(folder.glob("*/procedure.toml"))]
    codes: set[str] = set()
    for procedure in loaded:
        if procedure.code in codes and procedure.in_force(day):
            raise BadContentError(
                folder / procedure.slug / "procedure.toml", 1, "a second procedure has this code"
            )
        if procedure.in_force(day):
            codes.add(procedure.code)
    return Catalogue(procedure for procedure in loaded if procedure.in_force(day))


def _score(asked: Sequence[str], procedure: Procedure) -> float:
    """0 if no more than half of the words fit; otherwise higher the better they fit."""
    if asked and asked[0] in (procedure.code, *procedure.former_codes):
        return 1000
    phrases = [procedure.plain_name, procedure.name, *procedure.keywords, procedure.slug.replace("_", " ")]
    known = sorted({word for phrase in phrases for word in fold(phrase).split()} - _FILLERS)
    likeness = [_likeness(word, known) for word in asked]
    fitting = [each for each in likeness if each >= _GOOD_ENOUGH]
    if 2 * len(fitting) <= len(asked):
        return 0
    whole = any(" ".join(asked) in fold(phrase) for phrase in phrases)
    return sum(fitting) / len(asked) + (50 if whole else 0)


def _likeness(word: str, known: Sequence[str]) -> float:
    """How well a word fits one of the known ones, in per cent; its beginning fits almost fully."""
    if word in known:
        return 100
    if len(word) >= 2 and any(each.startswith(word) for each in known):
        return 95
    if len(word) < 3:
        return 0
    # Only a mistyped word needs these 12 MB.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    best = process.extractOne(word, known, scorer=OSA.normalized_similarity)
    return 100 * best[1] if best else 0
