"""Answering one question of the form as a person would: reading labels, typing, choosing."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.tour.choosing import Offer, Offered, meant
from ui.tour.hands import Steps, all_seen, at_once, look, press, seen, tick, write
from ui.tour.visit import Scalar, VisitError
from ui.widgets.finder import SearchBox

_DATE_PARTS = ("day", "month", "year")
_TIME = re.compile(r"(\d{1,2}):(\d{2})")
_EIGHT_DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")


def spoken(value: Scalar) -> str:
    """What a person would type for a value of the visit file."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def answer(question: QWidget, values: Sequence[str], offers: Sequence[Offered] = ()) -> Steps[bool]:
    """Answer a question that can be seen; several values only where several can be ticked.

    ``offers`` are the answers of a list that is searched; false says that the words are none of them.
    Raises ``VisitError`` if the question has no box for what the visit wants to tick, or asks nothing.
    """
    first = values[0] if values else ""
    if any(all_seen(question, "choice:")):
        _choose(question, values)
    elif seen(question, "hour"):
        yield from _write_moment(question, first)
    elif seen(question, "year"):
        yield from _write_date(question, first)
    elif isinstance(box := seen(question, "edit"), SearchBox):
        return (yield from _search(box, first, offers))
    elif box is not None:
        yield from write(box, first)
    else:
        raise VisitError(f"{_name(question)}: nothing is asked there")
    yield at_once
    return True


def _choose(question: QWidget, values: Sequence[str]) -> None:
    """Tick what is wanted and, where several may be ticked, untick the rest."""
    boxes = {box.objectName(): box for box in all_seen(question, "choice:")}
    offers = [Offer(name.removeprefix("choice:"), _label(box)) for name, box in boxes.items()]
    wanted = {f"choice:{_offer(question, offers, value).name}" for value in values if value}
    for name, box in boxes.items():
        if name in wanted:
            tick(box, True)
        elif type(box).__name__ == "QCheckBox":
            tick(box, False)


def _offer(question: QWidget, offers: Sequence[Offered], value: str) -> Offered:
    found = meant(offers, value)
    if found is None:
        raise VisitError(f"{_name(question)}: no such choice, or more than one: {value}")
    return found


def _write_date(question: QWidget, text: str) -> Steps[None]:
    """Write day, month and year into their boxes; a year alone leaves the others empty."""
    day, month, year = date_parts(text)
    for name, part in zip(_DATE_PARTS, (day, month, year), strict=True):
        yield from write(look(question, name), part)


def _write_moment(question: QWidget, text: str) -> Steps[None]:
    """Write a time, with its day where one is asked: ``25/11/2026 09:30``."""
    time = _TIME.search(text)
    if seen(question, "year"):
        yield from _write_date(question, text[: time.start()].rstrip(" T,") if time else text)
    for name, part in zip(("hour", "minute"), time.groups() if time else ("", ""), strict=True):
        yield from write(look(question, name), part)


def date_parts(text: str) -> tuple[str, str, str]:
    """Day, month and year as they were written, in whichever order; what is not there is empty."""
    parts = [part for part in re.split(r"[/.\- ]+", text.strip()) if part]
    if len(parts) == 1 and (eight := _EIGHT_DIGITS.fullmatch(parts[0])):
        parts = list(eight.groups())
    if len(parts) > 1 and len(parts[0]) == 4:
        parts.reverse()
    day, month, year = ["", "", "", *parts][-3:]
    return day, month, year


def _search(box: SearchBox, text: str, offers: Sequence[Offered]) -> Steps[bool]:
    """Type until the list shows what is meant and take it; words that mean nothing stay as typed."""
    choice = meant(offers, text) if text else None
    yield from write(box, choice.label if choice else text)
    if choice is None:
        return not text
    if box.open:
        press(box, Qt.Key.Key_Return)
    yield at_once
    return box.text() == choice.label


def written(question: QWidget) -> str:
    """What stands in a question now, as a person reads it."""
    if seen(question, "year"):
        boxes = [look(question, name) for name in _DATE_PARTS]
        return "/".join(box.text() for box in boxes if isinstance(box, QLineEdit) and box.text())
    edit = seen(question, "edit")
    if isinstance(edit, QLineEdit):
        return edit.text()
    if isinstance(edit, QPlainTextEdit):
        return edit.toPlainText()
    return next((_label(box) for box in all_seen(question, "choice:") if box.property("checked")), "")


def _label(box: QWidget) -> str:
    """The words of a box, without the question that its name for screen readers begins with."""
    return box.accessibleName().rpartition(": ")[2]


def _name(question: QWidget) -> str:
    return question.objectName().removeprefix("q:")
