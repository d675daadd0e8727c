"""What a compiled form says about itself that cannot be meant: choices that do not exist, texts compared with
dates, questions that nobody will ever see, maps. A form with such mistakes runs; an author wants to know."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kiosk.author.cells import meant
from kiosk.author.doubts import (
    bad_date_signs,
    bad_patterns,
    bound,
    equal_literals,
    foreign_lists,
    impossible,
    range_order,
    wrong_default,
)
from kiosk.author.findings import Finding
from kiosk.author.known_lists import KnownLists, Lists
from kiosk.forms.kinds import fits
from kiosk.forms.outline import Outline, outline_of
from kiosk.forms.xpath.ast import Tree, walk
from kiosk.forms.xpath.values import number_to_text

Items = Sequence[Mapping[str, Any]]
_COMPARED = frozenset({"=", "!=", "<", "<=", ">", ">="})
_ORDERED = frozenset({"int", "decimal", "date", "time", "dateTime"})
_TODAY = frozenset({"today", "now", "date"})
_COUNTING = frozenset(
    {"count", "count-selected", "count-non-empty", "string-length", "sum", "position", "last"}
)
_MAPS = frozenset({"maps", "map", "quick", "placement-map", "streets", "satellite", "topographic"})
_SELECT_MAPS = frozenset({"map", "maps", "placement-map"})
"""Appearances by which a choice is made on a map."""
_ONE = frozenset({"select1"})
"""Kinds of questions whose answer is the name of one choice, as it is written."""
_DRAWN = frozenset({"geotrace", "geoshape"})
_LOCATED = frozenset({"geopoint", *_DRAWN})


class Strict:
    """One compiled form under the eyes of a strict reader."""

    def __init__(self, form: Mapping[str, Any], lists: Lists) -> None:
        self._form = form
        self._items: Items = form["items"]
        self._outline: Outline = outline_of(form["items"])
        self._lists = KnownLists(form["instances"], lists)
        self._relevant = {rule[1]: self._tree(rule[2]) for rule in form["rules"] if rule[0] == "relevant"}

    def findings(self) -> list[Finding]:
        """Everything found, in the order of the form."""
        found: list[tuple[int, Finding]] = []
        for item, column, tree in self._expressions():
            seen = [*self._compared(tree, item), *bad_patterns(tree), *bad_date_signs(tree)]
            seen.extend(foreign_lists(tree, self._lists.columns))
            found.extend((item, self._at(item, column, each)) for each in seen)
        for item in range(1, len(self._items)):
            found.extend((item, one) for one in self._question(item))
        found.extend(_empty_groups(self._form["body"], self._outline, self._items))
        found.extend(self._missing_files())
        return [one for _, one in sorted(found, key=lambda pair: pair[0])]

    def _expressions(self) -> Iterator[tuple[int, str, Tree]]:
        seen = set()
        for kind, item, tree, *_ in self._form["rules"]:
            seen.add((item, kind))
            yield item, kind, self._tree(tree)
        for item, facts in enumerate(self._items):
            if "constraint" in facts and (item, "constraint") not in seen:
                yield item, "constraint", self._tree(facts["constraint"])

    def _tree(self, number: int) -> Tree:
        tree: Tree = self._form["trees"][number]
        return tree

    def _at(self, item: int, column: str, finding: Finding) -> Finding:
        return Finding(finding.code, self._outline.path(item), column, params=finding.params)

    def _compared(self, tree: Tree, item: int) -> Iterator[Finding]:
        for part in walk(tree):
            if part[0] == "op" and part[1] in _COMPARED:
                for one, other in ((part[2], part[3]), (part[3], part[2])):
                    yield from self._literal(one, other, part[1], item)
            elif part[0] == "call" and part[1] == "selected" and len(part) == 4:
                yield from self._choice(self.question(part[2], item), part[3])
            elif part[0] == "call" and part[1] in ("date", "date-time") and part[2:]:
                yield from _wrong_type(
                    "date", part[2] if part[2][0] == "str" else ["str", ""], f"{part[1]}()"
                )

    def _literal(self, tree: Tree, literal: Tree, sign: str, item: int) -> Iterator[Finding]:
        if tree[0] == "call" and tree[1] in _TODAY:
            yield from _wrong_type("date", literal, "today()")
            return
        if tree[0] == "call" and tree[1] in _COUNTING:
            yield from _wrong_type("int", literal, f"{tree[1]}()")
            return
        question = self.question(tree, item)
        if question is None:
            return
        if sign in ("=", "!="):
            yield from self._choice(question, literal)
        kind = self._items[question]["type"]
        if kind == "time" and sign not in ("=", "!=") and fits(_value(literal) or "", "time", ""):
            name = str(self._items[question]["name"])
            yield Finding("time_as_text", params={"question": name, "value": _value(literal) or ""})
        elif kind in _ORDERED:
            yield from _wrong_type(kind, literal, self._items[question]["name"])

    def question(self, tree: Tree, item: int) -> int | None:
        """The question whose value a tree is, if it is one."""
        if tree == ["self"]:
            return item
        if tree[0] == "ref":
            return int(tree[1])
        if tree[0] != "row":
            return None
        found: int | None = item
        for _ in range(tree[1]):
            found = self._outline.parents[found or 0]
        for name in tree[2]:
            found = None if found is None else self._outline.child(found, name)
        return found

    def _choice(self, question: int | None, literal: Tree) -> Iterator[Finding]:
        value = _value(literal)
        names = None if question is None or not value or value.isspace() else self.choices(question)
        if question is None or names is None or value is None:
            return
        several = self._items[question]["kind"] not in _ONE
        for word in value.split() if several else [value]:
            if word not in names:
                params = meant(word, frozenset(names)) | {"question": str(self._items[question]["name"])}
                yield Finding("unknown_choice", params=params | {"names": ", ".join(names[:12])})

    def choices(self, question: int) -> Sequence[str] | None:
        """The names of all choices of a question; ``None`` if only the filled form can tell."""
        choices = self._items[question].get("choices")
        if choices is None:
            return None
        fixed = [str(one[0]) for one in choices.get("items", ())]
        if "nodes" not in choices:
            return fixed
        rows = self._lists.rows(_instance(self._tree(choices["nodes"])))
        return None if rows is None else [*fixed, *(row.get(choices["value"], "") for row in rows)]

    def _chosen_columns(self, item: int) -> Iterator[Finding]:
        """The columns of a file by which its rows are chosen."""
        choices = self._items[item].get("choices", {})
        instance = _instance(self._tree(choices["nodes"])) if "nodes" in choices else ""
        file, known = self._lists.file(instance), self._lists.columns.get(instance)
        if file and known and choices["value"] not in known:
            params = meant(choices["value"], known) | {"list": file}
            yield Finding("unknown_column", self._outline.path(item), "type", params=params)

    def _question(self, item: int) -> Iterator[Finding]:
        facts, path = self._items[item], self._outline.path(item)
        if item in self._relevant and self._hidden(item):
            yield Finding("unreachable", path, "relevant", params={"name": facts["name"]})
        if default := wrong_default(facts, self.choices(item)):
            yield self._at(item, "default", default)
        if backwards := range_order(facts):
            yield self._at(item, "parameters", backwards)
        yield from self._chosen_columns(item)
        if facts.get("asked"):
            yield from _on_maps(facts, path)

    def _missing_files(self) -> Iterator[tuple[int, Finding]]:
        """Files that are nowhere, each at the first question that asks for it; the form runs without them."""
        for instance, declared in self._form["instances"].items():
            if "file" in declared and self._lists.rows(instance) is None:
                users = (one for one in self._expressions() if instance in _instances(one[2]))
                item, kind, _ = next(users, (0, "", []))
                column, name = "type" if kind == "choices" else kind, {"name": declared["file"]}
                unread = declared["file"] in self._lists.unread
                code, path = "list_unread" if unread else "no_list_file", self._outline.path(item)
                yield item, Finding(code, path if item else "", column, params=name, error=unread)

    def _hidden(self, item: int) -> bool:
        """Whether the conditions of a question and of what it stands in can never all hold."""
        wanted: dict[int, str] = {}
        bounds: dict[int, list[tuple[str, float]]] = {}
        for one in self._outline.lineage(item):
            for part in _all_of(self._relevant.get(one, ["call", "true"])):
                if never(part):
                    return True
                question, value = self._equal(part, one)
                if question is not None and wanted.setdefault(question, value) != value:
                    return True
                for number, limit in _limits(self, part, one):
                    bounds.setdefault(number, []).append(limit)
        return any(impossible(limits) for limits in bounds.values())

    def _equal(self, tree: Tree, item: int) -> tuple[int | None, str]:
        if tree[:2] != ["op", "="]:
            return None, ""
        for one, other in ((tree[2], tree[3]), (tree[3], tree[2])):
            question, value = self.question(one, item), _value(other)
            if question is not None and value is not None:
                return question, value
        return None, ""


def _empty_groups(body: Sequence[Any], outline: Outline, items: Items) -> Iterator[tuple[int, Finding]]:
    """Groups and repeats in which nothing is asked; ODK refuses a form that has one."""
    for control in body:
        if isinstance(control, dict):
            item = control.get("item", control.get("repeat")) or 0
            name = {"name": str(items[item]["name"])}
            if not control["inside"]:
                yield item, Finding("empty_group", outline.path(item), "type", params=name)
            yield from _empty_groups(control["inside"], outline, items)


def _on_maps(facts: Mapping[str, Any], path: str) -> Iterator[Finding]:
    """Questions of places: a point may be typed, lines and areas are drawn on maps only."""
    maps = (_MAPS if facts["type"] in _LOCATED else _SELECT_MAPS) & set(facts.get("look", "").split())
    if facts["type"] in _DRAWN:
        yield Finding("map_question", path, "type", params={"name": facts["type"]})
    elif facts["type"] in _LOCATED or (maps and "choices" in facts):
        code = "map_widget" if maps else "location"
        yield Finding(code, path, "appearance" if maps else "type", error=bool(maps),
                      params={"name": " ".join(maps)})  # fmt: skip


def _limits(strict: Strict, tree: Tree, item: int) -> Iterator[tuple[int, tuple[str, float]]]:
    """The question of a comparison with a number, and the limit that it sets."""
    if tree[0] != "op":
        return
    for one, other, turned in ((tree[2], tree[3], False), (tree[3], tree[2], True)):
        question, limit = strict.question(one, item), bound(tree[1], other, turned)
        if question is not None and limit is not None:
            yield question, limit


def never(tree: Tree) -> bool:
    """Whether a condition is false whatever is answered."""
    if tree[0] == "call":
        return tree[1] == "false" or (tree[1] == "not" and _ever(tree[2]))
    if tree[0] == "op" and tree[1] in ("and", "or"):
        return (any if tree[1] == "and" else all)(never(part) for part in tree[2:])
    return tree in (["num", 0.0], ["str", ""]) or equal_literals(tree) is False


def _ever(tree: Tree) -> bool:
    return tree == ["call", "true"] or (tree[0] == "num" and tree[1] != 0) or equal_literals(tree) is True


def _all_of(tree: Tree) -> Iterator[Tree]:
    if tree[:2] == ["op", "and"]:
        yield from _all_of(tree[2])
        yield from _all_of(tree[3])
    else:
        yield tree


def _value(tree: Tree) -> str | None:
    if tree[0] == "str":
        return str(tree[1])
    return number_to_text(tree[1]) if tree[0] == "num" else None


def _instance(tree: Tree) -> str:
    return next(_instances(tree), "")


def _instances(tree: Tree) -> Iterator[str]:
    """The secondary instances that an expression names."""
    for part in walk(tree):
        if part[0] == "call" and part[1] in ("instance", "pulldata") and part[2][0] == "str":
            yield str(part[2][1])


def _wrong_type(kind: str, literal: Tree, question: str) -> Iterator[Finding]:
    value = _value(literal)
    if value is None or (literal[0] == "str" and not value):
        return
    dated = kind in ("date", "time", "dateTime")
    wrong = literal[0] == "num" if dated else not fits(value, "decimal", "")
    if dated and literal[0] == "str":
        wrong = not any(fits(value, one, "") for one in ("date", "time", "dateTime"))
    if wrong:
        yield Finding("wrong_literal_date" if dated else "wrong_literal_number",
                      params={"value": value, "question": question})  # fmt: skip
