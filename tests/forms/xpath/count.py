"""Counts assertions per function and writes the count into ``docs/conformance.md``.

``python -m tests.forms.xpath.count``
"""

from collections import Counter
from pathlib import Path

from kiosk.forms.xpath.parser import parse
from kiosk.forms.xpath.registry import EXCLUDED, FUNCTIONS
from tests.forms.xpath import assertions
from tests.forms.xpath.lone import result

PAGE = Path(__file__).parents[3] / "docs" / "conformance.md"
BEGIN, END = "<!-- functions: begin -->", "<!-- functions: end -->"


def holds(expression: str, expected: object) -> bool:
    """Whether an assertion holds; texts are compared as XPath's string()."""
    context = "/data/empty" if "once(" in expression else "/data/i"
    found = result(expression, assertions.DATA, context)
    if found["type"] == "error":
        return False
    return bool(found["string"] == expected if isinstance(expected, str) else found["value"] == expected)


def all_assertions() -> list[tuple[str, object]]:
    """Every expression with what it should give."""
    return [
        *assertions.TEXTS,
        *assertions.NUMBERS,
        *((expression, True) for expression in assertions.TRUTHS),
        *assertions.DATE_TEXTS,
        *assertions.DATE_NUMBERS,
    ]


def count() -> tuple[Counter[str], Counter[str]]:
    """How many assertions call each function, and how many of them hold."""
    asked: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for expression, expected in all_assertions():
        called = {name for kind, name, _position in parse(expression).marks if kind == "call"}
        asked.update(called)
        if holds(expression, expected):
            held.update(called)
    return asked, held


def section() -> str:
    """The part of the page that this module writes."""
    asked, held = count()
    lines = [
        BEGIN,
        "## Từng hàm",
        "",
        "Do `python -m tests.forms.xpath.count` ghi, từ các khẳng định trong",
        "`tests/forms/xpath/assertions.py` (nguồn: XPath 1.0 và đặc tả ODK XForms). Ngoài ra, biểu thức",
        "sinh ngẫu nhiên được so với libxml2 (`tests/forms/xpath/test_against_libxml2.py`).",
        "",
        "| Hàm | Khẳng định | Đúng |",
        "|---|---|---|",
        *(f"| `{name}()` | {asked[name]} | {held[name]} |" for name in sorted(FUNCTIONS)),
        "",
        f"Cố ý không có, gọi tên là bị từ chối: {', '.join(f'`{name}()`' for name in sorted(EXCLUDED))}.",
        END,
    ]
    return "\n".join(lines)


def page(text: str) -> str:
    """The page with the section in its place, or at the end."""
    before, found, rest = text.partition(BEGIN)
    after = rest.partition(END)[2] if found else "\n"
    return f"{before.rstrip()}\n\n{section()}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
