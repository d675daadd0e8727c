"""Node-set functions: XPath 1.0 §4.1, repeats and secondary instances of ODK."""

import hashlib
import math

from kiosk.forms.xpath.ast import Tree
from kiosk.forms.xpath.context import Closure, Context
from kiosk.forms.xpath.errors import XPathError
from kiosk.forms.xpath.function import Compile, Compiled, Function, as_number, as_text
from kiosk.forms.xpath.node import Node, root_of, text_of
from kiosk.forms.xpath.steps import unfiltered
from kiosk.forms.xpath.values import Value, texts_of, to_number, to_text

_MODULUS = 2_147_483_647


def _count(nodes: list[Node]) -> float:
    return float(len(nodes))


def _count_non_empty(nodes: list[Node]) -> float:
    return float(sum(1 for text in texts_of(nodes) if text))


def _last(context: Context) -> float:
    return float(context.size)


def _position(compile_: Compile, arguments: list[Tree]) -> Compiled:
    if not arguments:
        return Compiled("num", lambda context: float(context.position))
    nodes = unfiltered(arguments[0], compile_)
    return Compiled("num", lambda context: _place(nodes(context)))


def _place(nodes: list[Node]) -> float:
    if not nodes:
        return math.nan
    node = nodes[0]
    if node.parent is None:
        return 1.0
    place = 0
    for sibling in node.parent.children:
        place += sibling.name == node.name and sibling.kind == node.kind
        if sibling is node:
            return float(place)
    return 1.0


def _instance(compile_: Compile, arguments: list[Tree]) -> Compiled:
    name = as_text(compile_(arguments[0]))

    def run(context: Context) -> list[Node]:
        wanted = name(context)
        document = context.world.instance(wanted)
        if document is None:
            raise XPathError(f"unknown instance {wanted!r}")
        return [document]

    return Compiled("nodes", run)


def _current(compile_: Compile, arguments: list[Tree]) -> Compiled:
    return Compiled("nodes", lambda context: [context.current])


def _names(part: str) -> Function:
    def build(compile_: Compile, arguments: list[Tree]) -> Compiled:
        nodes: Closure = compile_(arguments[0]).run if arguments else lambda context: [context.node]
        return Compiled("str", lambda context: _name_part(nodes(context), part))

    return Function(part, 0, 1, "N", "str", build=build)


def _name_part(nodes: list[Node], part: str) -> str:
    if not nodes:
        return ""
    node = nodes[0]
    if part == "namespace-uri":
        return node.uri
    if part == "name" and node.prefix:
        return f"{node.prefix}:{node.name}"
    return node.name


def _id(context: Context, value: Value) -> list[Node]:
    texts = texts_of(value) if isinstance(value, list) else [to_text(value)]
    wanted = {word for text in texts for word in text.split()}
    return [node for node in _elements(root_of(context.node)) if _has_id(node, wanted)]


def _elements(node: Node) -> list[Node]:
    found = [node]
    for child in node.children:
        found.extend(_elements(child))
    return found


def _has_id(node: Node, wanted: set[str]) -> bool:
    return any(one.name == "id" and one.value in wanted for one in node.attributes or [])


def _pulldata(context: Context, name: str, wanted: str, column: str, value: str) -> str:
    document = context.world.instance(name)
    if document is None:
        raise XPathError(f"unknown instance {name!r}")
    for root in document.children:
        for row in root.children:
            if _cell(row, column) == value:
                return _cell(row, wanted) or ""
    return ""


def _cell(row: Node, name: str) -> str | None:
    """The text of a column of a row, or of an attribute (``@name``)."""
    if name.startswith("@"):
        return next((one.value for one in row.attributes or [] if one.name == name[1:]), None)
    found = row.child(name)
    return None if found is None else text_of(found)


def _indexed_repeat(compile_: Compile, arguments: list[Tree]) -> Compiled:
    nodes = unfiltered(arguments[0], compile_)
    levels = [
        (unfiltered(arguments[place], compile_), as_number(compile_(arguments[place + 1])))
        for place in range(1, len(arguments), 2)
    ]

    def run(context: Context) -> list[Node]:
        found: list[Node] = nodes(context)
        for repeats, index in levels:
            rows = _in_reach(repeats(context), found, context)
            place = index(context)
            row = rows[int(place) - 1] if 1 <= place <= len(rows) else None
            found = [node for node in found if row is not None and _inside(node, row)]
        return [node for node in found if node.relevant][:1]

    return Compiled("nodes", run)


def _in_reach(rows: list[Node], found: list[Node], context: Context) -> list[Node]:
    """The rows that hold the wanted nodes; of several outer rows the one that the question stands in."""
    holding = [row for row in rows if any(_inside(node, row) for node in found)]
    near = [row for row in holding if row.parent is not None and _inside(context.current, row.parent)]
    return near or holding


def _inside(node: Node, outer: Node) -> bool:
    one: Node | None = node
    while one is not None:
        if one is outer:
            return True
        one = one.parent
    return False


def _randomize(context: Context, nodes: list[Node], seed: Value = None) -> list[Node]:
    state = None if seed is None else _seed(context, seed)
    shuffled = list(nodes)
    for place, node in enumerate(nodes):
        if state is None:
            fraction = context.world.random()
        else:
            state = state * 16_807 % _MODULUS
            fraction = (state - 1) / (_MODULUS - 1)
        other = int(fraction * (place + 1))
        shuffled[place] = shuffled[other]
        shuffled[other] = node
    return shuffled


def _seed(context: Context, value: Value) -> int:
    """A seed of the Park–Miller generator: an empty one is 0, as is a number that is none; a text that is no
    number counts by digest."""
    number, text = to_number(value, context.world.zone), to_text(value)
    if math.isfinite(number):
        whole = int(number)
    elif text == "" or isinstance(value, float):
        whole = 0
    else:
        digest = hashlib.sha256(text.encode()).digest()
        whole = int.from_bytes(digest[:8], "big", signed=True)
    seed = int(math.fmod(whole, _MODULUS))
    return seed if seed > 0 else seed + _MODULUS - 1


FUNCTIONS = (
    Function("count", 1, 1, "N", "num", _count),
    Function("count-non-empty", 1, 1, "N", "num", _count_non_empty),
    Function("last", 0, 0, "a", "num", _last, context=True),
    Function("position", 0, 1, "N", "num", build=_position),
    Function("instance", 1, 1, "s", "nodes", build=_instance),
    Function("current", 0, 0, "a", "nodes", build=_current),
    _names("name"),
    _names("local-name"),
    _names("namespace-uri"),
    Function("id", 1, 1, "a", "nodes", _id, context=True),
    Function("pulldata", 4, 4, "ssss", "str", _pulldata, context=True),
    Function("indexed-repeat", 3, 7, "NNn", "nodes", build=_indexed_repeat),
    Function("randomize", 1, 2, "Na", "nodes", _randomize, context=True),
)
