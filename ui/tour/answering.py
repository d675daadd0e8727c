"""Answering one question of the form as a person would: reading labels, typing, choosing."""

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from kiosk.domain.folding import fold
from ui.tour.hands import NotThereError, all_seen, look, press, seen, tick, write
from ui.tour.visit import Scalar, VisitError

_DATE_PARTS = ("day", "month", "year")
_NO_CHOICE = "no such choice"


def spoken(value: Scalar) -> str:
    """What a person would type for a value of the visit file."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def answer(question: QWidget, values: list[str]) -> None:
    """Answer a question that can be seen; several values only where several can be ticked.

    Raises ``VisitError`` if the visit names a choice that the question does not offer.
    """
    if any(all_seen(question, "choice:")):
        _choose(question, values)
    elif seen(question, "year"):
        _write_date(question, values[0] if values else "")
    elif editable := seen(question, "edit"):
        _write_words(question, editable, values[0] if values else "")
    else:
        raise NotThereError(f"{question.objectName()}: nothing to answer with")


def _choose(question: QWidget, values: list[str]) -> None:
    """Tick what is wanted and, where several may be ticked, untick the rest."""
    boxes = list(all_seen(question, "choice:"))
    wanted = {_named(question, boxes, value).objectName() for value in values if value}
    for box in boxes:
        if box.objectName() in wanted:
            tick(box, True)
        elif not box.property("exclusive") and type(box).__name__ == "QCheckBox":
            tick(box, False)


def _named(question: QWidget, boxes: list[QWidget], value: str) -> QWidget:
    """The box whose words, or whose name in the form, are the value."""
    for box in boxes:
        words = box.accessibleName()
        if value in (words, words.rpartition(": ")[2], box.objectName().removeprefix("choice:")):
            return box
    for box in boxes:
        if fold(box.accessibleName().rpartition(": ")[2]) == fold(value):
            return box
    raise VisitError(f"{question.objectName()}: {_NO_CHOICE}: {value}")


def _write_date(question: QWidget, text: str) -> None:
    """Write day, month and year into their boxes; a year alone leaves the others empty."""
    parts = [part for part in re.split(r"[/.\- ]", text.strip()) if part]
    if parts and len(parts[0]) == 4:
        parts.reverse()
    for name, part in zip(reversed(_DATE_PARTS), [*reversed(parts), "", "", ""], strict=False):
        write(look(question, name), part)


def _write_words(question: QWidget, edit: QWidget, text: str) -> None:
    write(edit, text)
    if type(edit).__name__ == "SearchBox" and text:
        press(edit, Qt.Key.Key_Return)
        _check_picked(question, edit, text)


def _check_picked(question: QWidget, edit: QWidget, text: str) -> None:
    """A searched list must have ended at a choice that says what was typed."""
    shown = edit.text() if isinstance(edit, QLineEdit) else ""
    if not _says(shown, text):
        raise VisitError(f"{question.objectName()}: {_NO_CHOICE}: {text}")


def _says(label: str, typed: str) -> bool:
    """Whether a label is what was typed, up to accents and the word for the kind of place."""
    return fold(label) == fold(typed) or fold(label).endswith(f" {fold(typed)}")


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
    return box.accessibleName().rpartition(": ")[2]
