"""The order of evaluation: which rule reads what, and which comes after which.

A rule is one expression of one item: ``calculate``, ``relevant``, ``count`` feed other rules;
``required``, ``readonly``, ``constraint``, ``choices`` and ``text`` only change what is shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.forms.outline import Outline

FEEDING = frozenset({"calculate", "relevant", "count"})


@dataclass(frozen=True)
class Rule:
    """One expression of one item, and the items it reads (item, number of shared repeat rows)."""

    kind: str
    item: int
    tree: int
    reads: frozenset[tuple[int, int]]


class CycleError(Exception):
    """Rules wait for each other; each of ``cycles`` names the questions on one way round."""

    def __init__(self, cycles: list[list[int]]) -> None:
        super().__init__(f"rules of items {cycles} wait for each other")
        self.cycles = cycles


def levels(rules: list[Rule], outline: Outline) -> list[int]:
    """The level of each rule: above the levels of all rules that it reads from; ``CycleError``."""
    makers = _makers(rules, outline)
    found = [0] * len(rules)
    state = bytearray(len(rules))
    cycles: dict[frozenset[int], list[int]] = {}
    for start in range(len(rules)):
        if state[start] == 0:
            for around in _visit(start, rules, makers, found, state):
                cycles.setdefault(frozenset(around), around)
    if cycles:
        raise CycleError(list(cycles.values()))
    return found


def _visit(
    start: int, rules: list[Rule], makers: dict[int, list[int]], found: list[int], state: bytearray
) -> Iterator[list[int]]:
    """Depth first without recursion, since chains may be thousands long; gives the cycles it meets."""
    stack = [(start, iter(_before(rules[start], makers, rules)))]
    state[start] = 1
    while stack:
        rule, pending = stack[-1]
        for other in pending:
            if state[other] == 1:
                if not _may_meet(rules[rule], rules[other], rule == other):
                    around = [entry[0] for entry in stack]
                    yield [rules[one].item for one in around[around.index(other) :]]
                continue
            if state[other] == 0:
                state[other] = 1
                stack.append((other, iter(_before(rules[other], makers, rules))))
                break
            found[rule] = max(found[rule], found[other] + 1)
        else:
            state[rule] = 2
            stack.pop()
            if stack:
                above = stack[-1][0]
                found[above] = max(found[above], found[rule] + 1)


def _may_meet(rule: Rule, other: Rule, same: bool) -> bool:
    """A calculation may read the same question of another row (running totals)."""
    return (
        same
        and rule.kind == "calculate"
        and all(shared == 0 for item, shared in rule.reads if item == other.item)
    )


def _before(rule: Rule, makers: dict[int, list[int]], rules: list[Rule]) -> Iterable[int]:
    return [
        maker
        for item, _ in rule.reads
        for maker in makers.get(item, ())
        if not (
            rule.kind == "calculate" and rules[maker].kind == "relevant" and rules[maker].item == rule.item
        )
    ]


def _makers(rules: list[Rule], outline: Outline) -> dict[int, list[int]]:
    """For each item the rules that decide its value, its relevance or its rows."""
    own: dict[int, list[int]] = {}
    for number, rule in enumerate(rules):
        if rule.kind in FEEDING:
            own.setdefault(rule.item, []).append(number)
    found: dict[int, list[int]] = {}
    for item, parent in enumerate(outline.parents):
        above = [] if item == 0 else [one for one in found.get(parent, ()) if rules[one].kind != "calculate"]
        both = [*above, *own.get(item, ())]
        if both:
            found[item] = both
    return found
