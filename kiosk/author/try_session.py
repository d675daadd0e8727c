"""Plays a session of a form from a file of answers, for an author who wants to see what it does."""

import json
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

Answers = Sequence[tuple[str, str]]


def clock_of(day: str) -> Clock:
    """The morning of an ISO day, or the computer's clock; ``ValueError`` for what is no day."""
    return ShiftedClock(date.fromisoformat(day)) if day else SystemClock()


def read_answers(text: str) -> Answers:
    """Answers by name: an object, or a list of pairs; lists of choices are joined. ``ValueError``."""
    found = json.loads(text) if text.strip() else {}
    pairs = list(found.items()) if isinstance(found, dict) else found
    if not isinstance(pairs, list) or not all(
        isinstance(one, list | tuple) and len(one) == 2 for one in pairs
    ):
        raise ValueError("answers are an object or a list of pairs")
    return [(str(name), _text(value)) for name, value in pairs]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(_text(one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
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
    """Give the answers one by one, making the rows they need; returns names that the form does not have."""
    unknown = []
    for name, value in answers:
        try:
            _make_rows(session, name, value)
        except KeyError:
            unknown.append(name)
    return unknown


def _make_rows(session: Session, name: str, value: str) -> None:
    if name in session.values() and session.form.items[session.form.by_name[_bare(name)]].get("repeat"):
        _grow(session, name, int(value) if value.isdecimal() else 0)
        return
    built = ""
    for piece in name.split("."):
        built = f"{built}.{piece}" if built else piece
        if piece.endswith("]"):
            repeat, _, number = built[:-1].rpartition("[")
            _grow(session, repeat, int(number))
    session.answer(name, value)


def _bare(name: str) -> str:
    return ".".join(piece.partition("[")[0] for piece in name.split("."))


def _grow(session: Session, repeat: str, wanted: int) -> None:
    for _ in range(wanted - int(session.values().get(repeat, "0"))):
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
