"""Walking a guide: where somebody stands is nothing but the answers given so far."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.card_validity import ages_on, reckon
from kiosk.domain.partial_date import PartialDate
from kiosk.guides.model import Answer, Guide, Helper, Node, NodeKind

_OLDEST = 125
"""Years; more is a slip of the finger."""


@dataclass(frozen=True)
class Step:
    """One answer that was given at a node."""

    node: str
    answer: str


@dataclass(frozen=True)
class Progress:
    """The answers of a walk in order; it knows of nobody and of no date."""

    steps: tuple[Step, ...] = ()

    def __str__(self) -> str:
        """As it is stored: ``T0.minh T1.co``."""
        return " ".join(f"{step.node}.{step.answer}" for step in self.steps)


@dataclass(frozen=True)
class Dates:
    """What the screen knows for reckoning; never stored."""

    birth: PartialDate | None = None
    issued: date | None = None
    expires: date | None = None
    """As the card itself says; it counts before everything that is reckoned."""


def answers_at(guide: Guide, node: Node) -> tuple[Answer, ...]:
    """The answers of a node and the ways that stand open there: to paper, and to another day."""
    open_ways: tuple[Answer, ...] = ()
    if node.kind is not NodeKind.LOG_OUT and node.id != guide.offline.to:
        open_ways = (guide.offline,) if node.kind.ends else (guide.offline, guide.later)
    return (*node.answers, *open_ways)


def here(guide: Guide, progress: Progress) -> Node:
    """The node where the answers have led."""
    answer = last_answer(guide, progress)
    return guide.nodes[guide.start if answer is None else answer.to]


def last_answer(guide: Guide, progress: Progress) -> Answer | None:
    """The answer that was given last."""
    return _given(guide, progress.steps[-1]) if progress.steps else None


def after(guide: Guide, progress: Progress, key: str) -> Progress:
    """The walk with one more answer; ``ValueError`` for an answer that this node does not have."""
    step = Step(here(guide, progress).id, key)
    if _given(guide, step) is None:
        raise ValueError(f"{step.node} has no answer {key}")
    return Progress((*progress.steps, step))


def before(progress: Progress) -> Progress:
    """The walk without its last answer; the beginning stays the beginning."""
    return Progress(progress.steps[:-1])


def read(guide: Guide, text: str) -> Progress:
    """What was stored, as far as this version of the guide still knows it."""
    progress = Progress()
    for part in text.split():
        node, _, key = part.partition(".")
        if here(guide, progress).id != node or _given(guide, Step(node, key)) is None:
            break
        progress = after(guide, progress, key)
    return progress


def reason(guide: Guide, progress: Progress) -> str:
    """Why a walk ended where it is: a key of the guide's reasons."""
    answer = last_answer(guide, progress)
    return (answer.reason if answer else "") or here(guide, progress).reason


def must_log_out(guide: Guide, progress: Progress) -> bool:
    """Whether this computer's browser was used on the way."""
    return any(guide.nodes[step.node].browser for step in progress.steps)


def too_young(node: Node, dates: Dates, today: date) -> bool:
    """Whether somebody certainly is younger than this branch is made for."""
    if node.age_from is None or dates.birth is None:
        return False
    return ages_on(dates.birth, today)[1] < node.age_from


def suggested(guide: Guide, node: Node, dates: Dates, today: date) -> Answer | None:
    """The answer that follows from dates; ``None`` where they do not tell.

    Raises ``ValueError`` for dates that cannot be.
    """
    if dates.birth is not None:
        _refuse_odd(dates.birth, today)
    if node.helper is Helper.AGE and dates.birth is not None:
        return _by_age(node, dates.birth, today)
    if node.helper is Helper.CARD_EXPIRY:
        state = _card_state(guide, dates, today)
        return next((each for each in node.answers if state and each.when == state), None)
    return None


def _given(guide: Guide, step: Step) -> Answer | None:
    node = guide.nodes[step.node]
    return next((each for each in answers_at(guide, node) if each.key == step.answer), None)


def _card_state(guide: Guide, dates: Dates, today: date) -> str:
    if dates.expires is not None:
        return "valid" if today <= dates.expires else "expired"
    if guide.validity is None or dates.birth is None or dates.issued is None:
        return ""
    return reckon(guide.validity, dates.birth, dates.issued, today).validity


def _refuse_odd(birth: PartialDate, today: date) -> None:
    if birth.earliest > today:
        raise ValueError("born in the future")
    if today.year - birth.year > _OLDEST:
        raise ValueError("nobody is so old")


def _by_age(node: Node, birth: PartialDate, today: date) -> Answer | None:
    youngest, oldest = ages_on(birth, today)
    fitting = [
        each
        for each in node.answers
        if (each.age_from or 0) <= max(youngest, 0) and (each.age_below is None or oldest < each.age_below)
    ]
    return fitting[0] if fitting else None
