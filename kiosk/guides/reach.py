"""Which nodes of a guide can be reached, and from which of them an end can."""

from collections.abc import Mapping

from kiosk.guides.model import Guide, NodeKind


def reached(guide: Guide) -> frozenset[str]:
    """Every node that some walk comes to; the ways to paper and to another day stand open."""
    found: set[str] = set()
    waiting = [guide.start, guide.offline.to, guide.later.to]
    while waiting:
        name = waiting.pop()
        if name in guide.nodes and name not in found:
            found.add(name)
            waiting += [answer.to for answer in guide.nodes[name].answers]
    if any(guide.nodes[name].browser for name in found):
        found.add(guide.log_out)
    return frozenset(found)


def leading_out(guide: Guide) -> frozenset[str]:
    """Every node from which its own answers can lead to an end, whatever circles there are on the way."""
    out = {node.id for node in guide.nodes.values() if node.kind.ends or node.kind is NodeKind.LOG_OUT}
    before = _before(guide)
    waiting = list(out)
    while waiting:
        for name in before.get(waiting.pop(), ()):
            if name not in out:
                out.add(name)
                waiting.append(name)
    return frozenset(out)


def _before(guide: Guide) -> Mapping[str, set[str]]:
    """Which nodes lead to a node."""
    found: dict[str, set[str]] = {}
    for node in guide.nodes.values():
        for answer in node.answers:
            found.setdefault(answer.to, set()).add(node.id)
    return found
