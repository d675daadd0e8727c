"""What a new version of a form changes, for the clerk who wrote it and the points that will get it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from kiosk.author.shape import RULES, Question, Shape
from kiosk.catalogue.texts import Texts


@dataclass(frozen=True)
class Change:
    """One thing that is different.

    ``what`` is added, removed, renamed, type, label, hint, list, choice_added, choice_removed, choice_label,
    rule_added, rule_removed or rule_changed.
    """

    what: str
    name: str
    """The question, by its new name if it has one."""
    label: str
    old: str = ""
    new: str = ""
    of: str = ""
    """The choice, or the kind of rule (relevant, required, …)."""


def diff(old: Shape, new: Shape) -> list[Change]:
    """Every change from one version to another: what goes, what comes, what stays but changes; each in the
    order of the form."""
    renamed = _renamed(old, new)
    gone = [name for name in old.questions if name not in new.questions and name not in renamed]
    come = [name for name in new.questions if name not in old.questions and name not in renamed.values()]
    found = [
        Change("removed", name, old.questions[name].label, old=old.questions[name].kind) for name in gone
    ]
    found += [Change("added", name, new.questions[name].label, new=new.questions[name].kind) for name in come]
    for before, after in renamed.items():
        found.append(Change("renamed", after, new.questions[after].label, before, after))
    pairs = {name: name for name in old.questions if name in new.questions} | renamed
    for before, after in pairs.items():
        found += _between(old.questions[before], new.questions[after])
    return found


def as_text(old: Shape, new: Shape, texts: Texts) -> str:
    """The changes as sentences, one a line."""
    head = texts("author.diff.head", title=new.title, old=old.version, new=new.version)
    lines = [_line(change, texts) for change in diff(old, new)]
    return "\n".join([head, *(lines or [texts("author.diff.none")])])


def as_json(old: Shape, new: Shape) -> dict[str, Any]:
    """The changes as plain data."""
    return {
        "form": new.id,
        "old": old.version,
        "new": new.version,
        "changes": [asdict(change) for change in diff(old, new)],
    }


def _line(change: Change, texts: Texts) -> str:
    rule = change.what.startswith("rule_")
    said = _kind if change.what in ("added", "removed", "type") else _expression
    return texts(
        f"author.diff.{change.what}",
        name=change.name,
        label=change.label or change.name,
        old=said(change.old, texts),
        new=said(change.new, texts),
        of=texts(f"author.rule.{change.of}") if rule else change.of,
    )


def _kind(kind: str, texts: Texts) -> str:
    key = f"author.kind.{kind}"
    return texts(key) if key in texts else kind


def _expression(text: str, texts: Texts) -> str:
    return texts("author.diff.always") if text == "true()" else text


def _renamed(old: Shape, new: Shape) -> dict[str, str]:
    """Old name → new name of questions that are asked in the same words, where only one can be meant."""
    gone = _by_words([question for name, question in old.questions.items() if name not in new.questions])
    come = _by_words([question for name, question in new.questions.items() if name not in old.questions])
    return {
        names[0]: come[words][0]
        for words, names in gone.items()
        if len(names) == 1 and len(come.get(words, ())) == 1
    }


def _by_words(questions: list[Question]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for question in questions:
        if question.label:
            found.setdefault((question.kind, question.label), []).append(question.name)
    return found


def _between(old: Question, new: Question) -> Iterator[Change]:
    name, label = new.name, new.label
    if old.kind != new.kind:
        yield Change("type", name, label, old.kind, new.kind)
    for what, before, after in (("label", old.label, new.label), ("hint", old.hint, new.hint)):
        if before != after:
            yield Change(what, name, label, before, after)
    if old.source != new.source:
        yield Change("list", name, label, old.source, new.source)
    yield from _choices(old, new)
    yield from _rules(old, new)


def _choices(old: Question, new: Question) -> Iterator[Change]:
    for choice, words in old.choices.items():
        if choice not in new.choices:
            yield Change("choice_removed", new.name, new.label, old=words, of=choice)
    for choice, words in new.choices.items():
        if choice not in old.choices:
            yield Change("choice_added", new.name, new.label, new=words, of=choice)
        elif old.choices[choice] != words:
            yield Change("choice_label", new.name, new.label, old.choices[choice], words, choice)


def _rules(old: Question, new: Question) -> Iterator[Change]:
    for rule in RULES:
        before, after = (" ".join(each.rules.get(rule, "").split()) for each in (old, new))
        if before and not after:
            yield Change("rule_removed", new.name, new.label, old=before, of=rule)
        elif after and not before:
            yield Change("rule_added", new.name, new.label, new=after, of=rule)
        elif before != after:
            yield Change("rule_changed", new.name, new.label, before, after, rule)
