""" "Có gì mới": what changes soon or changed lately, and what is different from the pack of before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.difference import Difference, differences
from kiosk.catalogue.procedures import Procedure
from kiosk.desk.desk import Desk, today
from kiosk.desk.notices import change_sentence
from kiosk.domain.clock import shown_day
from kiosk.packs.content import Content, catalogue_at

_LATELY = timedelta(days=120)
"""For so long a change is told after it came into force."""


@dataclass(frozen=True)
class News:
    """One sentence for the volunteer."""

    sentence: str
    code: str
    """Of the first procedure that it is about."""
    day: date | None = None
    """From when it counts; ``None`` for what came with the content in use."""
    coming: bool = False
    """Not in force yet."""


def whats_new(desk: Desk) -> tuple[News, ...]:
    """What comes, the soonest first; what came lately, the latest first; what the content in use brought."""
    content, day = desk.content, today(desk)
    dated = [*_changes(content, day), *_endings(content, day)]
    coming = sorted((each for each in dated if each.coming), key=lambda each: each.day or day)
    lately = sorted(
        (each for each in dated if not each.coming), key=lambda each: each.day or day, reverse=True
    )
    return (*coming, *lately, *_brought(content, day))


def _changes(content: Content, day: date) -> Iterator[News]:
    """One sentence for each change, with the names of all procedures that it is about."""
    about: dict[tuple[str, date], list[Procedure]] = {}
    for procedure in content.catalogue.procedures():
        for change in procedure.changes:
            begin = change.effective_from
            if begin is None or begin < day - _LATELY or (change.effective_to or day) < day:
                continue
            about.setdefault((change_sentence(content, change), begin), []).append(procedure)
    for (sentence, begin), procedures in about.items():
        names = ", ".join(each.plain_name for each in procedures)
        told = content.texts("desk.new.change", name=names, change=sentence)
        yield News(told, procedures[0].code, begin, begin > day)


def _endings(content: Content, day: date) -> Iterator[News]:
    """Procedures and facts whose last day is known."""
    say = content.texts
    for procedure in content.catalogue.procedures():
        if (last := procedure.effective_to) is not None:
            sentence = say(
                "desk.new.ends", name=procedure.plain_name, code=procedure.code, day=shown_day(last)
            )
            yield News(sentence, procedure.code, last, coming=True)
        for kind, fact in (("fee", procedure.fee), ("time_limit", procedure.time_limit)):
            if fact.effective_to is not None and fact.effective_to >= day:
                name, last = procedure.plain_name, fact.effective_to
                sentence = say(f"desk.new.{kind}_ends", name=name, day=shown_day(last))
                yield News(sentence, procedure.code, last, coming=True)


def _brought(content: Content, day: date) -> list[News]:
    """What is different from the pack of before; nothing where there is none, or it cannot be read."""
    before = _previous(content, day)
    if before is None:
        return []
    ours = content.catalogue
    found = differences((*before.procedures(), *before.listings()), (*ours.procedures(), *ours.listings()))
    return [News(_sentence(content, each), each.code) for each in found]


def _previous(content: Content, day: date) -> Catalogue | None:
    if content.previous is None:
        return None
    try:
        return catalogue_at(*content.previous, day)
    except BadContentError:  # it is not in use any more, and whoever used it was told
        return None


def _sentence(content: Content, found: Difference) -> str:
    say, unknown = content.texts, content.texts("fact.unknown")
    before, after = found.before or unknown, found.after or unknown
    return say(f"desk.new.{found.kind}", name=found.name, code=found.code, before=before, after=after)
