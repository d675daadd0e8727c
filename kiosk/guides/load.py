"""Reading ``guide.toml``; what does not fit, or leads nowhere, is refused with file and line."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from kiosk.catalogue.bad_content import refuse
from kiosk.catalogue.tables import Table, load_table
from kiosk.domain.card_validity import ValidityRule
from kiosk.domain.next_step import Phone, Statement
from kiosk.guides.faults import faults
from kiosk.guides.model import Answer, Guide, Helper, Node, NodeKind, Place, Sheet, Site

T = TypeVar("T")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_CONFIDENCE = ("high", "medium", "low", "unverified")
UNVERIFIED = "(?)"
"""A sentence that begins so was not verified by anybody."""


def guides_in(folder: Path, day: date) -> dict[str, Guide]:
    """The guides in force on a day by slug: of several files ``guide*.toml`` the one that began last.

    Raises ``BadContentError`` as ``load_guide``.
    """
    found: dict[str, Guide] = {}
    guides = [load_guide(path) for path in sorted(folder.glob("*/guide*.toml"))]
    for guide in sorted(guides, key=lambda each: each.effective_from):
        if guide.in_force(day):
            found[guide.slug] = guide
    return found


def load_guide(path: Path) -> Guide:
    """A guide that can be walked to its ends; ``BadContentError`` for the first thing that is wrong."""
    guide = read_guide(path)
    for fault in faults(guide):
        raise refuse(path, fault.where, fault.reason)
    return guide


def read_guide(path: Path) -> Guide:
    """The guide as it is written, not yet looked through for what leads nowhere; ``BadContentError``."""
    table = load_table(path)
    nodes = [_node(each) for each in table.tables("nodes")]
    guide = Guide(
        slug=table.parsed("slug", lambda text: _same(text, path.parent.name)),
        version=table.text("version"),
        title=table.text("title"),
        lead=table.text("lead"),
        start=table.text("start"),
        log_out=table.text("log_out"),
        offline=_answer(_needed(table, "offline", table.table("offline"))),
        later=_answer(_needed(table, "later", table.table("later"))),
        nodes={node.id: node for node in reversed(nodes)},
        sources=_pairs(table, "sources"),
        reasons=_pairs(table, "reasons"),
        diagrams=_pairs(table, "diagrams"),
        validity=_validity(table),
        checked=_needed(table, "checked", table.day("checked")),
        effective_from=_needed(table, "effective_from", table.day("effective_from")),
        effective_to=table.day("effective_to"),
        path=path,
        order=tuple(node.id for node in nodes),
    )
    table.close()
    return guide


def _node(table: Table) -> Node:
    kind = table.parsed("kind", NodeKind)
    helper, opens = table.text_or_none("helper"), table.text_or_none("opens")
    node = Node(
        id=table.parsed("id", _id),
        kind=kind,
        ask=table.text("ask"),
        say=_statements(table, "say"),
        check=_statements(table, "check"),
        must_not=_statements(table, "must_not"),
        diagram=table.text_or_none("diagram") or "",
        answers=tuple(_answer(each) for each in table.tables("answers")),
        sources=table.several("sources"),
        confidence=table.parsed("confidence", _confidence),
        helper=table.parsed("helper", Helper) if helper else None,
        browser=table.flag("browser") is True,
        opens=table.parsed("opens", Site) if opens else None,
        age_from=table.number("age_from"),
        reason=table.text_or_none("reason") or "",
        ticks=table.several("ticks"),
        sheet=_sheet(table) if kind.ends else None,
    )
    table.close()
    return node


def _sheet(table: Table) -> Sheet:
    own = table.table("tell_for")
    return Sheet(
        title=table.text("title"),
        place=table.parsed("place", Place),
        where=_statements(table, "where"),
        bring=_statements(table, "bring"),
        tell=_statements(table, "tell"),
        tell_for={reason: _statement(text) for reason, text in own.pairs().items()} if own else {},
        phones=tuple(_phone(each) for each in table.tables("phones")),
    )


def _answer(table: Table) -> Answer:
    answer = Answer(
        key=table.parsed("key", _id),
        text=table.text("text"),
        to=table.text("to"),
        reason=table.text_or_none("reason") or "",
        note=table.text_or_none("note") or "",
        when=table.text_or_none("when") or "",
        age_from=table.number("age_from"),
        age_below=table.number("age_below"),
    )
    table.close()
    return answer


def _phone(table: Table) -> Phone:
    purpose = _statement(table.text("purpose"))
    phone = Phone(table.text("number"), purpose.text, table.text("source"), purpose.verified)
    table.close()
    return phone


def _validity(table: Table) -> ValidityRule | None:
    rule = table.table("card_validity")
    if rule is None:
        return None
    ages = tuple(rule.parsed("milestones", lambda text: tuple(int(part) for part in text.split())))
    years = _needed(rule, "years_before", rule.number("years_before"))
    rule.text("source")
    rule.close()
    if not ages or list(ages) != sorted(set(ages)):
        raise table.refusal("card_validity", "ages that rise are needed here")
    return ValidityRule(ages, years)


def _statements(table: Table, key: str) -> tuple[Statement, ...]:
    return tuple(_statement(text) for text in table.several(key))


def _statement(text: str) -> Statement:
    return Statement(text.removeprefix(UNVERIFIED).strip(), not text.startswith(UNVERIFIED))


def _pairs(table: Table, key: str) -> Mapping[str, str]:
    return _needed(table, key, table.table(key)).pairs()


def _needed(table: Table, key: str, value: T | None) -> T:
    if value is None:
        raise table.refusal(key, "this is needed here")
    return value


def _id(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError("letters, digits and _ are needed here")
    return text


def _confidence(text: str) -> str:
    if text not in _CONFIDENCE:
        raise ValueError("one of " + ", ".join(_CONFIDENCE))
    return text


def _same(text: str, folder: str) -> str:
    if text != folder:
        raise ValueError(f"its folder is called {folder}")
    return text
