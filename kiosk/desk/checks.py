"""What a volunteer must look at before anybody signs: broken rules that may be acknowledged, and questions
that only a person can answer. A tick is kept with the draft until an answer or a paper behind it changes."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk.catalogue.texts import Texts
from kiosk.desk.desk import Desk, timestamp, today
from kiosk.desk.fill import Filling, looked_at
from kiosk.desk.rule_checks import Broken, broken, hurries
from kiosk.domain.errors import WorldError
from kiosk.storage import drafts, link, papers, ticks


@dataclass(frozen=True)
class Ask:
    """One sentence with a tick."""

    key: str
    """Names the sentence together with what it was asked about."""
    text: str
    question: str
    """Where to look it up in the form; empty if nowhere."""
    ticked: bool


def asks(desk: Desk, filling: Filling) -> tuple[Ask, ...]:
    """What is to be acknowledged, in order: rules, limits of days, known reasons for return."""
    with desk.database.read() as connection:
        attached = papers.of_dossier(connection, filling.dossier)
        known = ticks.of_dossier(connection, filling.dossier)
    digests: dict[str, list[str]] = {}
    for paper in attached:
        digests.setdefault(paper.kind, []).append(paper.sha256)
    found = [*_rules(desk, filling), *_limits(desk, filling), *_reasons(filling, digests)]
    unique = {ask.key: ask for ask in found}
    return tuple(Ask(ask.key, ask.text, ask.question, ask.key in known) for ask in unique.values())


def tick(desk: Desk, filling: Filling, key: str, on: bool) -> None:
    """Keep or take back a volunteer's tick, durably. Raises ``WorldError`` draft.closed and the disk's."""
    with desk.database.write() as connection:
        row = drafts.load(connection, filling.dossier)
        if row is None or row.draft != filling.revision:
            raise WorldError("draft.closed")
        if on:
            ticks.put(connection, filling.dossier, key, timestamp(desk))
        else:
            ticks.remove(connection, filling.dossier, key)


def _rules(desk: Desk, filling: Filling) -> Iterator[Ask]:
    say = desk.content.texts
    for each in broken(looked_at(filling), filling.procedure.checks):
        if each.unclear or each.check.level == "warn":
            yield _ask(f"check:{each.check.key}", _sentence(each, say), each.values, each.at)


def _sentence(found: Broken, say: Texts) -> str:
    message = found.check.message
    return say("check.unclear", message=message) if found.unclear else message


def _limits(desk: Desk, filling: Filling) -> Iterator[Ask]:
    say = desk.content.texts
    for each in hurries(looked_at(filling), filling.procedure.checks, _days_without_line(desk)):
        text = say("check.hurry" if each.left else "check.last_day", n=each.left, limit=each.check.days)
        yield _ask(f"limit:{each.check.key}", text, each.values, each.check.question)


def _reasons(filling: Filling, digests: dict[str, list[str]]) -> Iterator[Ask]:
    value_of: Callable[[str], str] = looked_at(filling).value
    for reason in filling.procedure.return_reasons:
        if not reason.ask or (reason.paper and reason.paper not in digests) or not reason.applies(value_of):
            continue
        about = tuple(digests.get(reason.paper, ())) if reason.paper else ()
        yield _ask("ask", reason.ask, about, "")


def _ask(kind: str, text: str, about: tuple[str, ...], question: str) -> Ask:
    """What was asked about is part of the key, as a digest: nothing of it can be read there."""
    digest = hashlib.sha256("\0".join((kind, text, *about)).encode()).hexdigest()[:24]
    return Ask(f"{kind}:{digest}", text, question, ticked=False)


def _days_without_line(desk: Desk) -> int:
    """Days since the hub last answered; 0 for a point that never spoke with one."""
    with desk.database.read() as connection:
        last = link.get(connection).last_contact
    return max(0, (today(desk) - datetime.fromisoformat(last).date()).days) if last else 0
