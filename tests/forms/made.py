"""Small forms for tests, written as XLSForm tables."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pyxform.xls2xform import convert

from kiosk.author.compiler import compile_xform
from kiosk.domain.clock import ShiftedClock
from kiosk.forms import Form, Session, load_form
from kiosk.packs.content import list_rows
from tests.support.content import real_content

DAY = date(2026, 11, 21)
LISTS = Path(__file__).parents[2] / "assets" / "lists"


def rows_of(name: str) -> Sequence[Any]:
    """The rows of a list of the assets."""
    return list_rows(LISTS / f"{name.removesuffix('.csv')}.csv")


def xform(survey: str, choices: str = "", settings: str = "| | form_id |\n| | thu |") -> str:
    """XForm XML of a form; tables without the sheet names, the first row names the columns."""
    tables = [f"| survey |\n{survey.strip()}"]
    if choices:
        tables.append(f"| choices |\n{choices.strip()}")
    tables.append(f"| settings |\n{settings.strip()}")
    return str(convert(xlsform="\n\n".join(tables), file_type=".md", validate=False).xform)


def compiled(survey: str, choices: str = "", settings: str = "| | form_id |\n| | thu |") -> dict[str, Any]:
    """The compiled form, gone through JSON as a built one."""
    found: dict[str, Any] = json.loads(json.dumps(compile_xform(xform(survey, choices, settings))))
    return found


def form(survey: str, choices: str = "", settings: str = "| | form_id |\n| | thu |") -> Form:
    """A form ready to be filled."""
    return load_form(compiled(survey, choices, settings), rows_of)


def session(survey: str, choices: str = "", answers: Iterable[tuple[str, str]] = ()) -> Session:
    """A session of a form on the day of the tests."""
    return Session(form(survey, choices), ShiftedClock(DAY), answers)


def xml_session(xml: str, language: str = "vi") -> Session:
    """A session of an XForm."""
    return Session(load_form(compile_xform(xml), rows_of), ShiftedClock(DAY), (), language)


def birth(answers: Iterable[tuple[str, str]] = ()) -> Session:
    """The birth declaration of the pack."""
    content = real_content()
    return Session(load_form(content.form("khai_sinh", "2026.11"), content.rows), ShiftedClock(DAY), answers)


def fresh(some: Session) -> Session:
    """A new session of the same form with all answers of another one, in reverse order."""
    answers = reversed(list(some.values().items()))
    return Session(some.form, ShiftedClock(DAY), answers)


def names(some: Session) -> list[str]:
    """The names of all questions and calculations; repeats are left out."""
    return [name for name in some.values() if _is_question(some, name)]


def _is_question(some: Session, name: str) -> bool:
    try:
        return some.question(name).kind != "repeat"
    except KeyError:  # a repeat without rows
        return False


def look(some: Session) -> dict[str, Any]:
    """Everything that a screen can show of a form."""
    questions = {name: some.question(name) for name in names(some)}
    return {"questions": questions, "screens": some.screens(), "problems": some.problems()}
