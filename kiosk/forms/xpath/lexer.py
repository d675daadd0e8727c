"""Splits an expression into tokens, by the rules of XPath 1.0 §3.7."""

import re
from itertools import pairwise
from typing import NamedTuple

from kiosk.forms.xpath.errors import XPathSyntaxError

_NAME = r"[^\W\d][\w.·-]*"
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<string>"[^"]*"|'[^']*')
    |(?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    |(?P<symbol>::|//|\.\.|!=|<=|>=|[()\[\].@,/|+\-=<>*$])""",
    re.VERBOSE,
)
_WORD_OPERATORS = frozenset({"and", "or", "div", "mod"})
_GLUED = re.compile(r"and|or|div|mod")
_OPERATORS = frozenset(
    {"and", "or", "div", "mod", "*", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="}
)
_BEFORE_OPERAND = frozenset({"@", "::", "(", "[", ",", "$"})
_CURLY = frozenset("“”‘’„‟‚‛«»")


class Token(NamedTuple):
    """One token; ``kind`` is number, string, name, operator, symbol or end."""

    kind: str
    text: str
    position: int


def tokens(text: str) -> list[Token]:
    """The tokens of an expression, closed by one of kind ``end``; ``XPathSyntaxError`` on foreign signs."""
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _foreign(text, position)
        kind = match.lastgroup or ""
        word = _cut(match.group(), found) if kind == "name" else match.group()
        if kind != "space":
            found.append(_classify(kind, word, position, found))
        position += len(word)
    _refuse_doubled(found)
    found.append(Token("end", "", len(text)))
    return found


def _cut(name: str, before: list[Token]) -> str:
    """``1and1``, ``4andpath``: no name can stand after an operand. Where a number touches the word there can
    be no doubt (as JavaRosa reads it); elsewhere the word is left whole, so that its mistake is named."""
    glued = _GLUED.match(name)
    if glued is None or not _operand_before(before):
        return name
    return glued[0] if before[-1].kind == "number" or name[glued.end() :][:1].isdigit() else name


def _classify(kind: str, text: str, position: int, before: list[Token]) -> Token:
    if text == "*" or (kind == "name" and text in _WORD_OPERATORS):
        if _operand_before(before):
            return Token("operator", text, position)
        return Token("name", text, position)
    if kind == "symbol" and text in _OPERATORS:
        return Token("operator", text, position)
    return Token(kind, text, position)


def _operand_before(before: list[Token]) -> bool:
    if not before:
        return False
    last = before[-1]
    return (last.kind != "operator" and last.text not in _BEFORE_OPERAND) or last.kind == "string"


def _refuse_doubled(found: list[Token]) -> None:
    for one, other in pairwise(found):
        if one.text == "|" == other.text and one.kind == other.kind == "operator":
            raise XPathSyntaxError("foreign_operator", one.position, sign="||")
        if one.text == "=" == other.text and one.kind == other.kind == "operator":
            raise XPathSyntaxError("double_equals", one.position)


def _foreign(text: str, position: int) -> XPathSyntaxError:
    sign = text[position]
    if sign in "\"'":
        return XPathSyntaxError("unclosed_quote", position, quote=sign)
    if sign in _CURLY:
        return XPathSyntaxError("curly_quote", position, sign=sign)
    if text.startswith(("&&", "||"), position):
        return XPathSyntaxError("foreign_operator", position, sign=text[position : position + 2])
    return XPathSyntaxError("foreign_sign", position, sign=sign)
