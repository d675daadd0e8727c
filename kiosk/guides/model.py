"""A walkthrough: what to ask, say, check and never do at each step, and where each answer leads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from kiosk.domain.card_validity import ValidityRule
from kiosk.domain.next_step import Phone, Statement


class NodeKind(StrEnum):
    """What a node is there for."""

    QUESTION = "question"
    STEP = "step"
    """Something is done here; its answers say how it went."""
    EXIT = "exit"
    """The walk stops with a sheet that says where to go."""
    DONE = "done"
    """The walk reached what it was for; it has a sheet, too."""
    LOG_OUT = "log_out"
    """Ticks before the place is left, wherever the computer's browser was used."""

    @property
    def ends(self) -> bool:
        return self in (NodeKind.EXIT, NodeKind.DONE)


class Helper(StrEnum):
    """What the program can reckon from dates. The only things ever typed into a guide are dates."""

    CARD_EXPIRY = "card_expiry"
    """From birth and issue: answers carry ``when`` = valid, expired or unclear."""
    AGE = "age"
    """From birth: answers carry ``age_from`` and ``age_below``."""


class Site(StrEnum):
    """A page that a step opens in this computer's browser."""

    PORTAL = "portal"
    VNEID = "vneid"


class Place(StrEnum):
    """Where a sheet sends somebody."""

    POLICE = "police"
    COMMUNE = "commune"
    CARRIER = "carrier"
    PHONE = "phone"
    HERE = "here"


@dataclass(frozen=True)
class Answer:
    """One answer of a node. ``key`` names it in what is stored, so that its words may change."""

    key: str
    text: str
    to: str
    reason: str = ""
    """Why, if it leads to an exit: a key of the guide's reasons."""
    note: str = ""
    """What is said first at the next node."""
    when: str = ""
    age_from: int | None = None
    age_below: int | None = None


@dataclass(frozen=True)
class Sheet:
    """What the printed page of an exit says."""

    title: str
    place: Place
    where: tuple[Statement, ...]
    bring: tuple[Statement, ...]
    tell: tuple[Statement, ...]
    tell_for: Mapping[str, Statement]
    """What only somebody with this reason is told, before the rest."""
    phones: tuple[Phone, ...]


@dataclass(frozen=True)
class Node:
    """One page of a walkthrough."""

    id: str
    kind: NodeKind
    ask: str
    say: tuple[Statement, ...]
    """What the volunteer says to the person."""
    check: tuple[Statement, ...]
    must_not: tuple[Statement, ...]
    """What the volunteer must not do."""
    diagram: str
    answers: tuple[Answer, ...]
    sources: tuple[str, ...]
    confidence: str
    helper: Helper | None = None
    browser: bool = False
    """Whether this computer's browser is used here."""
    opens: Site | None = None
    age_from: int | None = None
    """Full years under which somebody is in the wrong branch."""
    reason: str = ""
    """Of an exit: why, where the answer that led here names no reason."""
    ticks: tuple[str, ...] = ()
    sheet: Sheet | None = None

    @property
    def verified(self) -> bool:
        return self.confidence in ("high", "medium")

    def answer(self, key: str) -> Answer | None:
        return next((each for each in self.answers if each.key == key), None)


@dataclass(frozen=True)
class Guide:
    """A whole walkthrough, dated like everything that a law can change."""

    slug: str
    version: str
    title: str
    lead: str
    start: str
    log_out: str
    offline: Answer
    """The way that is open at every node: not online, on paper."""
    later: Answer
    """The way that is open at every question and step: stop here, go on another time."""
    nodes: Mapping[str, Node]
    sources: Mapping[str, str]
    reasons: Mapping[str, str]
    diagrams: Mapping[str, str]
    """Name of a drawing → what it shows, for who cannot see it."""
    validity: ValidityRule | None
    checked: date
    effective_from: date
    effective_to: date | None
    path: Path
    order: tuple[str, ...] = field(default=())
    """Every id as it stands in the file, twice where it stands twice."""

    @property
    def exits(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes.values() if node.kind.ends)

    def in_force(self, day: date) -> bool:
        return self.effective_from <= day <= (self.effective_to or day)

    def drawing(self, node: Node) -> Path | None:
        """The file of a node's diagram."""
        return self.path.parent / f"{node.diagram}.svg" if node.diagram else None
