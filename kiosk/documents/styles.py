"""The style column of a layout: a few words per line, every one of them understood or refused."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from kiosk.documents.layout import Align, Condition, Style

_NUMBER = r"\d+(?:\.\d+)?"
_WIDTHS = rf"{_NUMBER}(?::{_NUMBER})+"


def _flag(name: str) -> Callable[[re.Match[str]], dict[str, Any]]:
    return lambda _match: {name: True}


def _length(name: str) -> Callable[[re.Match[str]], dict[str, Any]]:
    return lambda match: {name: float(match[1])}


def _widths(text: str) -> tuple[float, ...]:
    return tuple(float(width) for width in text.split(":"))


_TOKENS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], dict[str, Any]]], ...] = tuple(
    (re.compile(rf"{pattern}(?=[\s;,]|$)"), meaning)
    for pattern, meaning in (
        (r"([LCRJ])", lambda match: {"align": cast(Align, match[1])}),
        (r"label B", _flag("label_bold")),
        (r"value CAPS", _flag("value_caps")),
        (r"brackets? I", _flag("bracket_italic")),
        (r"B", _flag("bold")),
        (r"I", _flag("italic")),
        (r"U", _flag("underlined")),
        (r"CAPS", _flag("caps")),
        (rf"({_NUMBER})", _length("size")),
        (rf"ind ({_NUMBER})", _length("indent")),
        (rf"before ({_NUMBER})", _length("before")),
        (rf"empty ({_NUMBER})", _length("empty_lines")),
        (rf"LDR ({_NUMBER})", lambda match: {"leader": True, "leader_end": float(match[1])}),
        (r"LDR", _flag("leader")),
        (r"keep", _flag("keep")),
        (r"new page", _flag("new_page")),
        (rf"col (\d+) of ({_WIDTHS})", lambda match: {"column": int(match[1]), "widths": _widths(match[2])}),
        (rf"cells ({_WIDTHS})", lambda match: {"widths": _widths(match[1])}),
        (r"align ([LCRJ](?::[LCRJ])+)", lambda match: {"aligns": tuple(match[1].split(":"))}),
        (r"grid", _flag("grid")),
        (r"head", _flag("head")),
        (r"frame", _flag("frame")),
        (r"drawn", _flag("drawn")),
        (rf"high ({_NUMBER})", _length("high")),
        (rf"dots ({_NUMBER})", _length("blank")),
        (rf"boxes ({_NUMBER})", _length("box")),
        (r"note ([^\s;,]+)", lambda match: {"note": match[1]}),
        (
            r"repeat ([a-z][a-z0-9_.]*) where ([a-z][a-z0-9_.]*)=([A-Za-z0-9_.-]+)",
            lambda match: {"repeat": match[1], "where": Condition(match[2], frozenset({match[3]}))},
        ),
        (r"repeat ([a-z][a-z0-9_.]*)", lambda match: {"repeat": match[1]}),
        (r"least (\d+)", lambda match: {"least": int(match[1])}),
    )
)
_GAP = re.compile(r"[\s;,]*")


def parse_style(text: str, size: float) -> Style:
    """The style that the words mean, ``size`` points unless they say otherwise; ``ValueError`` if unknown."""
    found: dict[str, Any] = {"size": size}
    at = 0
    while (at := _end_of_gap(text, at)) < len(text):
        for pattern, meaning in _TOKENS:
            if match := pattern.match(text, at):
                found |= meaning(match)
                at = match.end()
                break
        else:
            raise ValueError(f"the style “{text[at:]}” is not understood")
    return _checked(replace(Style(), **found))


def _end_of_gap(text: str, at: int) -> int:
    match = _GAP.match(text, at)
    return match.end() if match else at


def _checked(style: Style) -> Style:
    if style.column > len(style.widths):
        raise ValueError(f"there is no column {style.column}")
    if style.head and not style.grid:
        raise ValueError("“head” is for a row of a table: “cells … grid; head”")
    if style.aligns and len(style.aligns) != len(style.widths):
        raise ValueError("“align” names one letter for each cell")
    if style.least and not style.repeat:
        raise ValueError("“least” needs a “repeat”")
    if style.size < 5:
        raise ValueError("letters below 5 points cannot be read")
    return style
