"""The text column of a layout: words, marks, blanks and boxes of one printed line."""

import re
from collections.abc import Mapping

from kiosk.documents.layout import ROW_NUMBER, Break, Gap, HandBlank, Part, Span, Spans, Tick, Value, Words

_NAME = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*"
_FORMS = frozenset({"", "dd", "mm", "yyyy", "hh", "mi", "ngay", "chu", "so", "so_chu", "ten"})
_FIGURES = re.compile(r"o([1-9]|[1-3][0-9])")
_TOKEN = re.compile(
    r"<(?P<tag>/?(?:sup|b|i|u)|/s)>"
    rf"|<s (?P<struck>{_NAME})=(?P<why>[A-Za-z0-9_.-]+)>"
    rf"|[☐□]\{{(?P<box>{_NAME})=(?P<choice>[A-Za-z0-9_.-]+)\}}"
    r"|(?P<empty>[☐□])(?!\{)"
    rf"|\[(?P<before>[^\[\]{{}}<>]*)\{{(?P<inside>{_NAME})(?::(?P<inside_form>\w+))?\}}(?P<after>[^\[\]{{}}<>]*)\]"
    rf"|\{{(?P<name>{_NAME})(?::(?P<form>\w+))?\}}"
    r"|\{(?P<row>#)\}"
    r"|(?P<line><br>)"
    r"|(?P<blank>…{2,})"
    r"|(?P<gap> {3,})"
)
_LEFT_OVER = re.compile(r"[{}\[\]<>☐□|]")
_JOINTS = frozenset({", ", " số ", " do ", " cấp ngày "})
"""Words that only join two answered parts of one question (an address, an identity paper)."""
_ALWAYS = Tick()
_ELLIPSIS_MILLIMETRES = 5.0
_GAP_MILLIMETRES = 4.0


def parse_cells(text: str) -> tuple[Spans, ...]:
    r"""The cells of a line, separated by ``\|``. Raises ``ValueError`` for a mark that is not known."""
    return tuple(parse_spans(cell.strip()) for cell in text.split(r"\|"))


def parse_spans(text: str) -> Spans:
    """The pieces of one line, in order."""
    spans: list[Span] = []
    marks: dict[str, Tick] = {}
    end = 0
    for match in _TOKEN.finditer(text):
        _add_words(spans, text[end : match.start()], marks)
        _add_token(spans, match, marks)
        end = match.end()
    _add_words(spans, text[end:], marks)
    if marks:
        raise ValueError(f"<{sorted(marks)[0]}> is not closed")
    return tuple(_join_parts(spans))


def _add_words(spans: list[Span], text: str, marks: Mapping[str, Tick]) -> None:
    if not text:
        return
    if stray := _LEFT_OVER.search(text):
        raise ValueError(f"“{stray.group()}” is not understood in “{text.strip()}”")
    spans.append(Words(text, "b" in marks, "i" in marks, "sup" in marks, "u" in marks, marks.get("s")))


def _add_token(spans: list[Span], match: re.Match[str], marks: dict[str, Tick]) -> None:
    if tag := match["tag"]:
        _turn(marks, tag)
    elif match["struck"]:
        _turn(marks, "s", Tick(match["struck"], match["why"]))
    elif match["box"]:
        spans.append(Tick(match["box"], match["choice"]))
    elif match["empty"]:
        spans.append(Tick())
    elif match["line"]:
        spans.append(Break())
    elif match["gap"]:
        spans.append(Gap(_GAP_MILLIMETRES))
    elif match["row"]:
        spans.append(Value((Part(ROW_NUMBER),)))
    elif match["blank"]:
        spans.append(HandBlank(len(match["blank"]) * _ELLIPSIS_MILLIMETRES))
    elif match["inside"]:
        part = Part(match["inside"], _checked(match["inside_form"]), match["before"], match["after"])
        spans.append(Value((part,)))
    else:
        spans.append(Value((Part(match["name"], _checked(match["form"])),)))


def _turn(marks: dict[str, Tick], tag: str, when: Tick = _ALWAYS) -> None:
    """Switch a mark such as ``<sup>`` on or off; only ``<s>`` depends on an answer."""
    name = tag.removeprefix("/")
    if tag.startswith("/") != (name in marks):
        raise ValueError(f"<{tag}> does not fit")
    if tag == name:
        marks[name] = when
    else:
        del marks[name]


def _checked(form: str | None) -> str:
    if (form or "") not in _FORMS and not _FIGURES.fullmatch(form or ""):
        raise ValueError(f"“:{form}” is no way to print an answer")
    return form or ""


def _join_parts(spans: list[Span]) -> list[Span]:
    """Make one value of neighbours, and of parts of one question joined by a known word."""
    joined: list[Span] = []
    waiting: Words | None = None
    for span in spans:
        last = joined[-1] if joined else None
        if isinstance(span, Words) and span.text in _JOINTS and isinstance(last, Value) and waiting is None:
            waiting = span
            continue
        if isinstance(span, Value) and isinstance(last, Value) and _belongs(last, waiting, span):
            first, *rest = span.parts
            before = waiting.text if waiting else first.before
            joined[-1] = Value((*last.parts, Part(first.name, first.form, before, first.after), *rest))
        else:
            joined += [waiting, span] if waiting else [span]
        waiting = None
    return [*joined, waiting] if waiting else joined


def _belongs(last: Value, between: Words | None, then: Value) -> bool:
    """Whether a value continues the one before it."""
    if between is None:
        return True
    groups = {value.parts[0].name.rpartition(".")[0] for value in (last, then)}
    return len(groups) == 1 and groups != {""}
