"""Reads an expression into a syntax tree (XPath 1.0 §3; the shape of trees is in ``ast``)."""

from dataclasses import dataclass, field
from typing import Any

from kiosk.forms.xpath.ast import Tree, children
from kiosk.forms.xpath.errors import XPathSyntaxError
from kiosk.forms.xpath.lexer import Token, tokens

_LEVELS = ({"or"}, {"and"}, {"=", "!="}, {"<", "<=", ">", ">="}, {"+", "-"}, {"*", "div", "mod"})
_BINDS = {operator: level for level, operators in enumerate(_LEVELS, 1) for operator in operators}
"""How tightly an operator holds its operands (XPath 1.0 §3.5)."""
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})
_AXES = frozenset(
    {
        "ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self", "following",
        "following-sibling", "namespace", "parent", "preceding", "preceding-sibling", "self",
    }
)  # fmt: skip
_DESCEND: Tree = ["descendant-or-self", "node()", []]
_DEEPEST = 100
"""Brackets in brackets; deeper ones are a mistake or an attack."""
_TALLEST = 250
"""Operations in operations: a tree is compiled and run by calls in calls, of which Python allows 1,000."""


@dataclass
class Parsed:
    """A syntax tree, and where its functions and paths stood: (kind, text, position)."""

    tree: Tree
    marks: list[tuple[str, str, int]] = field(default_factory=list)


def parse(text: str) -> Parsed:
    """Read a whole expression; raises ``XPathSyntaxError``."""
    cursor = _Cursor(tokens(text))
    tree = _expression(cursor)
    token = cursor.now
    if token.kind != "end":
        code = "extra_bracket" if token.text in (")", "]") else "operator_missing"
        raise XPathSyntaxError(code, token.position, text=token.text)
    if _height(tree) > _TALLEST:
        raise XPathSyntaxError("too_deep", 0)
    return Parsed(tree, cursor.marks)


def _height(tree: Tree) -> int:
    height, level = 0, [tree]
    while level:
        height, level = height + 1, [child for one in level for child in children(one)]
    return height


class _Cursor:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self.depth = 0
        self.marks: list[tuple[str, str, int]] = []

    @property
    def now(self) -> Token:
        return self._tokens[self._at]

    @property
    def following(self) -> Token:
        return self._tokens[min(self._at + 1, len(self._tokens) - 1)]

    def take(self) -> Token:
        token = self._tokens[self._at]
        if token.kind != "end":
            self._at += 1
        return token

    def at(self, *texts: str) -> bool:
        return self.now.kind in ("symbol", "operator") and self.now.text in texts

    def expect(self, text: str, opened: int) -> None:
        if not self.at(text):
            raise XPathSyntaxError("bracket_missing", self.now.position, expected=text, opened=str(opened))
        self.take()


def _expression(cursor: _Cursor) -> Tree:
    cursor.depth += 1
    if cursor.depth > _DEEPEST:
        raise XPathSyntaxError("too_deep", cursor.now.position)
    tree = _operation(cursor, 1)
    cursor.depth -= 1
    return tree


def _operation(cursor: _Cursor, least: int) -> Tree:
    """Operators that bind at least so tightly, and their operands."""
    left = _unary(cursor)
    while _binds(cursor) >= least:
        binds, operator = _binds(cursor), cursor.take().text
        operands = [left, _operation(cursor, binds + 1)]
        while operator in ("or", "and") and _binds(cursor) == binds:
            cursor.take()
            operands.append(_operation(cursor, binds + 1))
        left = _joined(operator, operands)
    return left


def _binds(cursor: _Cursor) -> int:
    return _BINDS.get(cursor.now.text, 0) if cursor.now.kind == "operator" else 0


def _joined(operator: str, operands: list[Tree]) -> Tree:
    """A chain as a tree of the least depth: hundreds of ``or`` stay far from Python's limit of calls. They
    are still tried from the left, and none after the one that decides."""
    if len(operands) == 1:
        return operands[0]
    middle = len(operands) // 2
    return ["op", operator, _joined(operator, operands[:middle]), _joined(operator, operands[middle:])]


def _unary(cursor: _Cursor) -> Tree:
    minuses = 0
    while cursor.at("-"):
        cursor.take()
        minuses += 1
    left = _path(cursor)
    while cursor.at("|"):
        cursor.take()
        left = ["op", "|", left, _path(cursor)]
    for _ in range(minuses):
        left = ["neg", left]
    return left


def _path(cursor: _Cursor) -> Tree:
    if _starts_filter(cursor):
        return _filter_path(cursor)
    mark = cursor.now.position
    steps: list[Any] = []
    start = "."
    if cursor.at("/"):
        start = "/"
        cursor.take()
        if not _starts_step(cursor):
            return ["path", "/", []]
    elif cursor.at("//"):
        start = "/"
        cursor.take()
        steps.append(_DESCEND)
    steps.append(_step(cursor))
    _more_steps(cursor, steps)
    cursor.marks.append(("path", "", mark))
    return ["path", start, steps]


def _more_steps(cursor: _Cursor, steps: list[Any]) -> None:
    while cursor.at("/", "//"):
        if cursor.take().text == "//":
            steps.append(_DESCEND)
        steps.append(_step(cursor))


def _starts_filter(cursor: _Cursor) -> bool:
    token = cursor.now
    if token.kind in ("number", "string") or cursor.at("(", "$"):
        return True
    return token.kind == "name" and cursor.following.text == "(" and token.text not in _NODE_TYPES


def _starts_step(cursor: _Cursor) -> bool:
    return cursor.now.kind == "name" or cursor.at(".", "..", "@")


def _filter_path(cursor: _Cursor) -> Tree:
    tree = _primary(cursor)
    predicates = _predicates(cursor)
    if predicates:
        tree = ["filter", tree, predicates]
    if not cursor.at("/", "//"):
        return tree
    steps: list[Any] = []
    _more_steps(cursor, steps)
    return ["path", tree, steps]


def _primary(cursor: _Cursor) -> Tree:
    token = cursor.take()
    if token.kind == "number":
        return ["num", float(token.text)]
    if token.kind == "string":
        return ["str", token.text[1:-1]]
    if token.text == "$":
        return ["var", _variable(cursor)]
    if token.text == "(":
        inner = _expression(cursor)
        cursor.expect(")", token.position)
        return inner
    cursor.marks.append(("call", token.text, token.position))
    return ["call", token.text, *_arguments(cursor)]


def _variable(cursor: _Cursor) -> str:
    token = cursor.take()
    if token.kind != "name" or token.text.endswith("*"):
        raise XPathSyntaxError("operand_missing", token.position, text=token.text)
    return token.text


def _arguments(cursor: _Cursor) -> list[Tree]:
    opened = cursor.take().position
    found: list[Tree] = []
    if cursor.at(")"):
        cursor.take()
        return found
    found.append(_expression(cursor))
    while cursor.at(","):
        cursor.take()
        found.append(_expression(cursor))
    cursor.expect(")", opened)
    return found


def _predicates(cursor: _Cursor) -> list[Tree]:
    found: list[Tree] = []
    while cursor.at("["):
        opened = cursor.take().position
        found.append(_expression(cursor))
        cursor.expect("]", opened)
    return found


def _step(cursor: _Cursor) -> Any:
    if cursor.at(".", ".."):
        return cursor.take().text
    axis = "child"
    if cursor.at("@"):
        cursor.take()
        axis = "attribute"
    elif cursor.following.text == "::" and cursor.now.kind == "name":
        axis = _axis(cursor)
    test = _node_test(cursor)
    predicates = _predicates(cursor)
    plain = axis == "child" and not predicates and not test.endswith((")", "*"))
    return test if plain else [axis, test, predicates]


def _axis(cursor: _Cursor) -> str:
    token = cursor.take()
    cursor.take()
    if token.text not in _AXES:
        raise XPathSyntaxError("unknown_axis", token.position, text=token.text)
    return token.text


def _node_test(cursor: _Cursor) -> str:
    token = cursor.now
    if token.kind != "name":
        code = "expression_ends" if token.kind == "end" else "operand_missing"
        raise XPathSyntaxError(code, token.position, text=token.text)
    cursor.take()
    if token.text in _NODE_TYPES and cursor.at("("):
        return _node_type(cursor, token)
    return token.text


def _node_type(cursor: _Cursor, token: Token) -> str:
    opened = cursor.take().position
    named = token.text == "processing-instruction" and cursor.now.kind == "string"
    target = cursor.take().text[1:-1] if named else ""
    cursor.expect(")", opened)
    return f"{token.text}({target})"
