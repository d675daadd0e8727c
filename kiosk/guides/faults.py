"""What is wrong with a guide as a tree: ends that are none, nodes nobody reaches, words that are missing."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kiosk.domain.card_validity import Validity
from kiosk.guides.model import Answer, Guide, Helper, Node, NodeKind
from kiosk.guides.reach import leading_out, reached

_PLACEHOLDER = re.compile(r"\{(?!(?:you|You)\})[^}]*\}?")
_KEPT = r"(?:mật khẩu|passcode|otp|mã xác thực|mã pin|câu hỏi bảo mật)"
_ASKS_SECRET = re.compile(
    rf"(?i)(?:cho (?:tôi|cháu|em|con|máy) (?:xin|biết|xem|mượn)|đọc (?:cho|to|lên)|là gì|là bao nhiêu|"
    rf"(?:gõ|nhập|ghi|điền|viết) (?:vào|giúp|hộ)).{{0,40}}{_KEPT}|"
    rf"{_KEPT}.{{0,40}}(?:là gì|là bao nhiêu|cho (?:tôi|cháu|em|con|máy) (?:xin|biết|xem))"
)
"""A volunteer who would ask for a secret; what he must not do may name it."""


@dataclass(frozen=True)
class Fault:
    """One mistake: its code, its place in the file such as ``("nodes", 3, "answers")``, what it names."""

    code: str
    where: tuple[str | int, ...]
    params: dict[str, str] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """For a developer; authors read the sentences of ``assets/texts``."""
        return " ".join([self.code.replace("_", " "), *self.params.values()])


def faults(guide: Guide) -> Iterator[Fault]:
    """Everything that keeps a guide from being walked and printed."""
    yield from _whole(guide)
    twice = {name for name, times in Counter(guide.order).items() if times > 1}
    for index, name in enumerate(guide.order):
        node = guide.nodes[name]
        if name in twice:
            twice.discard(name)
            yield _fault("guide_twice", index, "id", name=name)
        for fault in _of_node(guide, node):
            yield Fault(fault.code, ("nodes", index, *fault.where), {"node": name} | fault.params)


def _fault(code: str, index: int, key: str, **params: str) -> Fault:
    return Fault(code, ("nodes", index, key), params)


def _whole(guide: Guide) -> Iterator[Fault]:
    if guide.effective_to and guide.effective_to < guide.effective_from:
        yield Fault("guide_dates", ("effective_to",))
    if guide.start not in guide.nodes:
        yield Fault("guide_unknown_node", ("start",), {"node": "start", "name": guide.start})
    for key, way in (("offline", guide.offline), ("later", guide.later)):
        target = guide.nodes.get(way.to)
        if target is None or target.kind is not NodeKind.EXIT:
            yield Fault("guide_offline", (key, "to"), {"name": way.to})
        if way.reason and way.reason not in guide.reasons:
            yield Fault("guide_unknown_reason", (key, "reason"), {"node": key, "name": way.reason})
    last = guide.nodes.get(guide.log_out)
    if last is None or last.kind is not NodeKind.LOG_OUT or not last.ticks:
        yield Fault("guide_log_out", ("log_out",), {"name": guide.log_out})
    if not any(node.kind is NodeKind.DONE for node in guide.nodes.values()):
        yield Fault("guide_no_done", ("start",))
    for name in guide.diagrams:
        if not (guide.path.parent / f"{name}.svg").is_file():
            yield Fault("guide_no_drawing", ("diagrams", name), {"node": "diagrams", "name": name})


def _of_node(guide: Guide, node: Node) -> Iterator[Fault]:
    """Faults of one node; ``where`` is only the key."""
    yield from _of_ways(guide, node)
    yield from _of_answers(guide, node)
    yield from _of_names(guide, node)
    yield from _of_words(node)
    yield from _of_helper(guide, node)


def _of_ways(guide: Guide, node: Node) -> Iterator[Fault]:
    closed = node.kind.ends or node.kind is NodeKind.LOG_OUT
    if closed and node.answers:
        yield Fault("guide_end_goes_on", ("answers",))
    if not closed and not node.answers:
        yield Fault("guide_dead_end", ("id",))
    elif node.id not in leading_out(guide):
        yield Fault("guide_no_way_out", ("answers",))
    if node.id not in reached(guide):
        yield Fault("guide_not_reached", ("id",))


def _of_answers(guide: Guide, node: Node) -> Iterator[Fault]:
    keys = [guide.offline.key, guide.later.key, *(answer.key for answer in node.answers)]
    for key, times in Counter(keys).items():
        if times > 1:
            yield Fault("guide_answer_twice", ("answers",), {"name": key})
    for answer in node.answers:
        if answer.to not in guide.nodes:
            yield Fault("guide_unknown_node", ("answers",), {"name": answer.to})
        if answer.reason and answer.reason not in guide.reasons:
            yield Fault("guide_unknown_reason", ("answers",), {"name": answer.reason})


def _of_names(guide: Guide, node: Node) -> Iterator[Fault]:
    """Reasons, sources and drawings that a node names and the guide does not have."""
    reasons = [("reason", node.reason)] if node.kind.ends else []
    reasons += [("tell_for", name) for name in (node.sheet.tell_for if node.sheet else ())]
    for key, name in reasons:
        if name not in guide.reasons:
            yield Fault("guide_unknown_reason", (key,), {"name": name})
    for name in node.sources:
        if name not in guide.sources:
            yield Fault("guide_unknown_source", ("sources",), {"name": name})
    if node.diagram and node.diagram not in guide.diagrams:
        yield Fault("guide_no_drawing", ("diagram",), {"name": node.diagram})


def _of_words(node: Node) -> Iterator[Fault]:
    for key in _NEEDED[node.kind]:
        if not getattr(node.sheet if key in ("where", "bring", "tell") else node, key):
            yield Fault("guide_no_words", (key,), {"name": key})
    for key, text in _spoken(node):
        if found := _PLACEHOLDER.search(text):
            yield Fault("guide_placeholder", (key,), {"name": found[0]})
        if key not in ("must_not", "ticks") and _ASKS_SECRET.search(text):
            yield Fault("guide_asks_secret", (key,), {"name": text[:60]})


_NEEDED = {
    NodeKind.QUESTION: ("say", "check", "must_not", "diagram", "sources"),
    NodeKind.STEP: ("say", "check", "must_not", "diagram", "sources"),
    NodeKind.EXIT: ("say", "must_not", "diagram", "sources", "where", "bring", "tell"),
    NodeKind.DONE: ("say", "must_not", "diagram", "sources", "where", "bring", "tell"),
    NodeKind.LOG_OUT: ("say", "must_not", "diagram", "sources", "ticks"),
}


def _spoken(node: Node) -> Iterator[tuple[str, str]]:
    """Every sentence of a node with its key."""
    yield "ask", node.ask
    for key in ("say", "check", "must_not"):
        yield from ((key, each.text) for each in getattr(node, key))
    yield from (("ticks", each) for each in node.ticks)
    for answer in node.answers:
        yield from (("answers", text) for text in (answer.text, answer.note))
    if node.sheet is not None:
        yield "title", node.sheet.title
        for key in ("where", "bring", "tell"):
            yield from ((key, each.text) for each in getattr(node.sheet, key))
        yield from (("tell_for", each.text) for each in node.sheet.tell_for.values())
        yield from (("phones", phone.purpose) for phone in node.sheet.phones)


def _of_helper(guide: Guide, node: Node) -> Iterator[Fault]:
    """What the program reckons must find its answer."""
    if node.helper is Helper.CARD_EXPIRY:
        wanted = {Validity.VALID, Validity.EXPIRED}
        if guide.validity is None or not wanted <= {answer.when for answer in node.answers}:
            yield Fault("guide_helper", ("answers",), {"name": node.helper})
    if node.helper is Helper.AGE and not _ages_meet(node.answers):
        yield Fault("guide_helper", ("answers",), {"name": node.helper})


def _ages_meet(answers: tuple[Answer, ...]) -> bool:
    """Whether the ages of the answers begin at birth, never end, and leave no gap and no doubt."""
    spans = sorted((each.age_from or 0, each.age_below or 0) for each in answers)
    ends = [end for _, end in spans]
    return ends[-1] == 0 and all(ends[:-1]) and [0, *ends[:-1]] == [start for start, _ in spans]
