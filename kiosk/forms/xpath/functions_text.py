"""String functions: XPath 1.0 §4.2 and those of ODK."""

import base64
import hashlib
import re
import uuid
from functools import lru_cache

from kiosk.forms.xpath.ast import Tree
from kiosk.forms.xpath.context import Context
from kiosk.forms.xpath.errors import XPathError
from kiosk.forms.xpath.function import Compile, Compiled, Function, as_text
from kiosk.forms.xpath.node import text_of
from kiosk.forms.xpath.values import Value, texts_of, to_text

_DIGESTS = frozenset({"md5", "sha1", "sha256", "sha384", "sha512"})
_SPACES = " \t\n\r"


def of_context(compile_: Compile, arguments: list[Tree]) -> Compiled:
    """string(): of its argument, or of the context node."""
    if arguments:
        return Compiled("str", as_text(compile_(arguments[0])))
    return Compiled("str", lambda context: text_of(context.node))


def _concat(*values: Value) -> str:
    return "".join(_flat(values))


def _join(separator: str, *values: Value) -> str:
    return separator.join(_flat(values))


def _flat(values: tuple[Value, ...]) -> list[str]:
    found: list[str] = []
    for value in values:
        found.extend(texts_of(value) if isinstance(value, list) else [to_text(value)])
    return found


def _substr(text: str, start: float, end: float | None = None) -> str:
    return text[_index(start, len(text)) : None if end is None else _index(end, len(text))]


def _index(number: float, length: int) -> int:
    if number != number:
        return 0
    return int(max(-length - 1.0, min(length + 1.0, number)))


def _substring(text: str, start: float, length: float | None = None) -> str:
    first = _round(start)
    last = float("inf") if length is None else first + _round(length)
    return "".join(letter for place, letter in enumerate(text, 1) if first <= place < last)


def _round(number: float) -> float:
    return float(number + 0.5) // 1 if abs(number) < 2**52 else number


def _before(text: str, mark: str) -> str:
    head, found, _ = text.partition(mark) if mark else ("", "", "")
    return head if found else ""


def _after(text: str, mark: str) -> str:
    return text.partition(mark)[2] if mark else text


def _translate(text: str, old: str, new: str) -> str:
    table: dict[int, str | None] = {}
    for place, letter in enumerate(old):
        table.setdefault(ord(letter), new[place] if place < len(new) else None)
    return text.translate(table)


def _length(compile_: Compile, arguments: list[Tree]) -> Compiled:
    text = of_context(compile_, arguments).run
    return Compiled("num", lambda context: float(len(text(context))))


def _normalize(compile_: Compile, arguments: list[Tree]) -> Compiled:
    text = of_context(compile_, arguments).run
    return Compiled("str", lambda context: re.sub(r"[ \t\r\n]+", " ", text(context).strip(_SPACES)))


def _contains(text: str, part: str) -> bool:
    return part in text


_LONGEST_UUID = 10_000


def _uuid(length: float | None = None) -> str:
    if length is None:
        return str(uuid.uuid4())
    if not length <= _LONGEST_UUID:
        raise XPathError(f"uuid() does not give {length} letters")
    letters = ""
    while len(letters) < length:
        letters += uuid.uuid4().hex
    return letters[: int(max(length, 0))]


def _digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    name = algorithm.lower().replace("-", "")
    if name not in _DIGESTS:
        raise XPathError(f"digest() does not know {algorithm}")
    raw = hashlib.new(name, text.encode(), usedforsecurity=False).digest()
    encoding = encoding.lower()
    if encoding == "hex":
        return raw.hex()
    if encoding != "base64":
        raise XPathError(f"digest() does not know the encoding {encoding}")
    return base64.b64encode(raw).decode()


def _base64_decode(text: str) -> str:
    try:
        return base64.b64decode(text.strip() + "=" * (-len(text.strip()) % 4)).decode("utf-8", "replace")
    except ValueError:
        return ""


@lru_cache(maxsize=512)
def pattern(text: str) -> re.Pattern[str]:
    """An expression of regex() for Python: digits and word signs are ASCII ones, as everywhere else."""
    try:
        return re.compile(text.replace("\\p{L}", "a-zA-ZÀ-ỹ" if "[" in text else "[a-zA-ZÀ-ỹ]"), re.ASCII)
    except re.error as error:
        raise XPathError(f"regex() cannot read {text!r}: {error}") from error


def _regex(text: str, expression: str) -> bool:
    """Whether the whole text matches, as authors know it from ODK's own clients."""
    return pattern(expression).fullmatch(text) is not None


def _version(context: Context) -> str:
    return context.world.version()


def _itext(context: Context, key: str) -> str:
    return context.world.text(key)


FUNCTIONS = (
    Function("string", 0, 1, "a", "str", build=of_context),
    Function("concat", 0, None, "a", "str", _concat),
    Function("join", 1, None, "sa", "str", _join),
    Function("substr", 2, 3, "snn", "str", _substr),
    Function("substring", 2, 3, "snn", "str", _substring),
    Function("substring-before", 2, 2, "ss", "str", _before),
    Function("substring-after", 2, 2, "ss", "str", _after),
    Function("translate", 3, 3, "sss", "str", _translate),
    Function("string-length", 0, 1, "s", "num", build=_length),
    Function("normalize-space", 0, 1, "s", "str", build=_normalize),
    Function("contains", 2, 2, "ss", "bool", _contains),
    Function("starts-with", 2, 2, "ss", "bool", str.startswith),
    Function("ends-with", 2, 2, "ss", "bool", str.endswith),
    Function("uuid", 0, 1, "n", "str", _uuid),
    Function("digest", 2, 3, "sss", "str", _digest),
    Function("base64-decode", 1, 1, "s", "str", _base64_decode),
    Function("regex", 2, 2, "ss", "bool", _regex),
    Function("version", 0, 0, "s", "str", _version, context=True),
    Function("jr:itext", 1, 1, "s", "str", _itext, context=True),
)
