"""Plays a session of a form from a file of answers, for an author who wants to see what it does."""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.author.attached import csv_rows, find_file
from kiosk.domain.clock import Clock, ShiftedClock, SystemClock
from kiosk.domain.errors import WorldError
from kiosk.domain.filled_form import FilledForm
from kiosk.forms import Session
from kiosk.forms.form import Lists, Row
from kiosk.forms.repeats import MOST_ROWS

Answers = Sequence[tuple[str, str]]


def clock_of(day: str) -> Clock:
    """The morning of an ISO day, or the computer's clock; ``ValueError`` for what is no day."""
    return ShiftedClock(date.fromisoformat(day)) if day else SystemClock()


def read_answers(text: str) -> Answers:
    """Answers by name: an object, or a list of pairs; lists of choices are joined.

    Raises ``WorldError`` form.answers for any other text, and for a value that no question can hold.
    """
    try:
        found = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError) as error:
        raise WorldError("form.answers", why=error) from error
    pairs = list(found.items()) if isinstance(found, dict) else found
    if not isinstance(pairs, list) or not all(
        isinstance(one, list | tuple) and len(one) == 2 for one in pairs
    ):
        raise WorldError("form.answers", why=text.strip()[:60])
    return [(str(name), _answer(str(name), value)) for name, value in pairs]


def _answer(name: str, value: Any) -> str:
    several = value if isinstance(value, list) else [value]
    if any(isinstance(one, dict | list) or _is_no_number(one) for one in several):
        raise WorldError("form.answers", why=f"{name}: {value}"[:60])
    return " ".join(map(_text, several))


def _is_no_number(value: Any) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def lists_in(folders: Sequence[Path]) -> Lists:
    """External lists by file name, looked for in folders; a missing one is empty (checking warns of it)."""

    def rows(name: str) -> Sequence[Row]:
        path = find_file(name, folders)
        try:
            return () if path is None or path.suffix.lower() != ".csv" else csv_rows(path)
        except ValueError as error:
            raise WorldError("form.list_missing", list=name) from error

    return rows


def play(session: Session, answers: Answers) -> list[str]:
    """Give the answers one by one, making the rows they need; returns names that the form does not have.

    What the form works out by itself is not answered by anybody, as in the values of another session.
    """
    unknown = []
    for name, value in answers:
        try:
            if not _is_worked_out(session, name):
                _give(session, name, value)
        except KeyError:
            unknown.append(name)
    return unknown


def _is_worked_out(session: Session, name: str) -> bool:
    item = session.form.items[session.form.by_name[_bare(name)]]
    return "calculate" in item and not item.get("asked")


def _give(session: Session, name: str, value: str) -> None:
    if name in session.values() and session.form.items[session.form.by_name[_bare(name)]].get("repeat"):
        _grow(session, name, value)
        return
    built = ""
    for piece in name.split("."):
        built = f"{built}.{piece}" if built else piece
        if piece.endswith("]"):
            repeat, _, number = built[:-1].rpartition("[")
            _grow(session, repeat, number)
    session.answer(name, value)


def _bare(name: str) -> str:
    return ".".join(piece.partition("[")[0] for piece in name.split("."))


def _grow(session: Session, repeat: str, wanted: str) -> None:
    if not wanted.isdecimal() or len(wanted) > len(str(MOST_ROWS)) or int(wanted) > MOST_ROWS:
        raise KeyError(f"{repeat}[{wanted}]")
    for _ in range(int(wanted) - int(session.values().get(repeat, "0"))):
        session.add_row(repeat)


def report(session: Session) -> dict[str, Any]:
    """The session as plain data: values, relevance, problems, screens, and what counts."""
    names = list(session.values())
    asked = [
        name for name in names if not session.form.items[session.form.by_name[_bare(name)]].get("repeat")
    ]
    return {
        "form": session.form.id,
        "version": session.form.version,
        "values": session.values(),
        "relevant": {name: session.question(name).relevant for name in asked},
        "problems": [vars_of(one, "name", "code", "message") for one in session.problems()],
        "screens": [_screen(one) for one in session.screens()],
        "filled": filled(session.filled()),
    }


def _screen(screen: Any) -> dict[str, Any]:
    found = vars_of(screen, "name", "label", "questions")
    if screen.repeats:
        found["repeats"] = [vars_of(one, "name", "label", "rows", "fixed") for one in screen.repeats]
    return found


def filled(form: FilledForm) -> Mapping[str, Any]:
    """What counts: each answer's value and text by name, rows of repeats as lists."""
    return {
        entry.name: [filled(row) for row in entry.rows]
        if entry.kind == "repeat"
        else {"value": entry.value, "text": entry.text}
        for entry in form
    }


def vars_of(record: Any, *names: str) -> dict[str, Any]:
    """Some fields of a record."""
    return {name: getattr(record, name) for name in names}
