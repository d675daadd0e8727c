"""The questions of a form as its author thinks of them, read from the ODK XForm that pyxform makes."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_MESSAGES = ("requiredMsg", "constraintMsg")
RULES = (
    "relevant",
    "required",
    "readonly",
    "constraint",
    "calculate",
    "filter",
    "count",
    "default",
    *_MESSAGES,
)
_ITEXT = re.compile(r"jr:itext\('([^']*)'\)")
_LIST = re.compile(r"instance\('([^']*)'\)[^\[]*(?:\[(.*)\])?", re.DOTALL)
_SELECTS = ("select1", "select", "rank")


@dataclass
class Question:
    """One question, group, repeat or calculation."""

    name: str
    """The dotted path without the groups that are pages; a page has its own path."""
    kind: str
    label: str = ""
    hint: str = ""
    source: str = ""
    """The list that choices come from."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """Name → label, of a list that the form itself holds."""
    rules: dict[str, str] = field(default_factory=dict)
    """Kind of rule → its expression as it was written."""


@dataclass
class Shape:
    """A form: its questions by path, in its order."""

    id: str
    version: str
    title: str
    questions: dict[str, Question]


def shape_of(xml: str) -> Shape:
    """The shape of an XForm; ``ValueError`` for what is none. Nothing outside of the text is loaded."""
    if "<!DOCTYPE" in xml or "<!ENTITY" in xml:
        raise ValueError("an XForm declares no document type")
    try:
        root = ET.fromstring(xml)  # noqa: S314 - no DTD, no entities: looked at above
    except ET.ParseError as error:
        raise ValueError(f"not XML: {error}") from error
    model = next(_all(root, "model"), None)
    instance = next(_all(model, "instance"), None) if model is not None else None
    if model is None or instance is None or not len(instance):
        raise ValueError("no XForm")
    data = instance[0]
    reader = _Reader(model, f"/{_local(data)}")
    reader.instance(data, f"/{_local(data)}")
    for body in _children(root, "body"):
        reader.body(body)
    title = next((title.text or "" for title in _all(root, "title")), "")
    return Shape(data.get("id", ""), data.get("version", ""), title, reader.named())


class _Reader:
    """Gathers what binds, instance and body say of each path."""

    def __init__(self, model: Element, top: str) -> None:
        self.questions: dict[str, Question] = {}
        self._top = top
        self._pages: set[str] = set()
        self._binds = {_plain(bind).get("nodeset", ""): _plain(bind) for bind in _children(model, "bind")}
        self._texts = {
            text.get("id", ""): {value.get("form", ""): _said(value) for value in _children(text, "value")}
            for text in reversed(list(_all(model, "text")))
        }
        self._lists = {each.get("id", ""): self._rows(each) for each in _children(model, "instance")}

    def instance(self, element: Element, path: str) -> None:
        """Questions in the order of the instance, calculations and hidden ones included."""
        for child in element:
            inner = f"{path}/{_local(child)}"
            bind = self._binds.get(inner, {})
            if _local(child) == "meta":
                continue
            question = Question(
                inner.removeprefix(self._top)[1:], "group" if len(child) else bind.get("type", "string")
            )
            rules = {rule: bind[rule] for rule in RULES if bind.get(rule, "false()") != "false()"}
            rules |= {rule: self._referred(rules[rule]) for rule in _MESSAGES if rule in rules}
            question.rules = rules | ({"default": child.text} if child.text and not len(child) else {})
            if "calculate" in rules:
                question.kind = "calculate"
            self.questions[inner] = question
            self.instance(child, inner)

    def body(self, element: Element) -> None:
        """What the controls add."""
        for control in element:
            path = control.get("ref") or control.get("nodeset") or ""
            if path in self.questions:
                self._control(self.questions[path], control)
                if "field-list" in control.get("appearance", "").split():
                    self._pages.add(path)
            if _local(control) in ("group", "repeat"):
                self.body(control)

    def named(self) -> dict[str, Question]:
        """Questions by name, in order: pages do not stand in the names of what is on them."""
        for path, question in self.questions.items():
            question.name = _name(path, self._pages, self._top)
        return {question.name: question for question in self.questions.values()}

    def _control(self, question: Question, control: Element) -> None:
        tag = _local(control)
        question.label = self._words(control, "label") or question.label
        question.hint = self._words(control, "hint")
        if tag in (*_SELECTS, "repeat", "range", "trigger", "upload"):
            question.kind = tag
        elif tag == "input" and question.rules.get("readonly") == "true()":
            question.kind = "note"
        if count := _plain(control).get("count"):
            question.rules["count"] = count
        for itemset in _children(control, "itemset"):
            found = _LIST.fullmatch(itemset.get("nodeset", ""))
            question.source = found[1] if found else itemset.get("nodeset", "")
            question.choices = self._lists.get(question.source, {})
            if found and found[2]:
                question.rules["filter"] = found[2]
        if items := list(_children(control, "item")):
            question.choices = {_text(item, "value"): self._words(item, "label") for item in items}

    def _rows(self, instance: Element) -> dict[str, str]:
        rows = [{_local(cell): cell.text or "" for cell in item} for item in _all(instance, "item")]
        return {
            row["name"]: row.get("label") or self._texts.get(row.get("itextId", ""), {}).get("", "")
            for row in rows
            if "name" in row
        }

    def _words(self, element: Element, tag: str) -> str:
        for found in _children(element, tag):
            return self._referred(found.get("ref", "")) or _said(found)
        return ""

    def _referred(self, text: str) -> str:
        reference = _ITEXT.fullmatch(text)
        return self._texts.get(reference[1], {}).get("", "") if reference else text


def _name(path: str, pages: set[str], top: str) -> str:
    """The path in dots, without the pages around it."""
    steps = path.removeprefix(f"{top}/").split("/")
    above = (f"{top}/" + "/".join(steps[: depth + 1]) for depth in range(len(steps)))
    return ".".join(
        step for step, each in zip(steps, above, strict=True) if each == path or each not in pages
    )


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _plain(element: Element) -> dict[str, str]:
    """Attributes by local name."""
    return {name.rpartition("}")[2]: value for name, value in element.attrib.items()}


def _children(element: Element, tag: str) -> Iterator[Element]:
    return (child for child in element if _local(child) == tag)


def _all(element: Element, tag: str) -> Iterator[Element]:
    return (found for found in element.iter() if _local(found) == tag)


def _text(element: Element, tag: str) -> str:
    return next((child.text or "" for child in _children(element, tag)), "")


def _said(element: Element) -> str:
    """The words of an element; ``{…}`` where the form puts an answer in."""
    parts = [element.text or ""]
    for inner in element:
        parts += ["{" + inner.get("value", "") + "}", inner.tail or ""]
    return "".join(parts).strip()
