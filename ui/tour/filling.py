"""The form in a tour: page after page, every question of the visit that can be seen is answered."""

import re
from collections.abc import Iterable

from PySide6.QtWidgets import QLabel, QWidget

from kiosk.desk.fill import Filling
from kiosk.domain.dossier import Source
from ui.tour.answering import answer, spoken, written
from ui.tour.choosing import Offered
from ui.tour.hands import Steps, all_seen, at_once, click, look, seen
from ui.tour.play import Play
from ui.tour.record import Prefilled
from ui.tour.visit import VisitError, covered

_NOT_FOUND = "chữ gõ vào không khớp đúng một mục nào trong danh sách: {words}"


def fill(play: Play) -> Steps[None]:
    """Answer all pages; what a page objects to is put off until review. Ends at the papers.

    Raises ``VisitError`` for an answer to a question that the form never showed.
    """
    yield from play.arrive("form")
    yield lambda: seen(play.window, "page") is not None
    while seen(play.window, "screen:form"):
        yield from _answer_page(play)
        yield from play.look_at(f"form-{_words(look(play.window, 'page'))}")
        yield from _turn(play)
    _note_hidden(play)
    _check(play)


def _answer_page(play: Play) -> Steps[None]:
    """Answer whatever of the visit can be seen, again as long as answers bring new questions up."""
    yield from _reuse_people(play)
    yield from _add_rows(play)
    _note_prefilled(play)
    while box := next((box for box in all_seen(play.window, "q:") if _waits(play, _name(box))), None):
        name = _name(box)
        play.answered.add(name)
        if not (yield from answer(box, _values(play, name), _offers(play, name))):
            play.record.problems[name] = _NOT_FOUND.format(words=" ".join(_values(play, name)))
        _note_prefilled(play)
    play.met.update(_name(box) for box in all_seen(play.window, "q:"))


def _add_rows(play: Play) -> Steps[None]:
    """Add rows of the repeats on this page until there are as many as the visit fills."""
    for name in [_of_button(each, "do:add_row:") for each in all_seen(play.window, "do:add_row:")]:
        wanted = max((int(n) for n in _rows_of(play.visit.answers, name)), default=0)
        while len(set(_rows_of(filling_of(play).session.values(), name))) < wanted:
            yield from play.press(f"do:add_row:{name}")
            yield at_once


def _rows_of(names: Iterable[str], repeat: str) -> list[str]:
    """The numbers of the rows that these names speak of."""
    found = (re.match(rf"{re.escape(repeat)}\[(\d+)\]", name) for name in names)
    return [match[1] for match in found if match]


def _reuse_people(play: Play) -> Steps[None]:
    """Take a card that was read for somebody else into the role for which the visit brought it."""
    for chip in list(all_seen(play.window, "do:reuse:")):
        role, _, key = _of_button(chip, "do:reuse:").partition(":")
        if play.others.get(key) == role:
            click(chip)
            yield at_once


def _of_button(button: QWidget, prefix: str) -> str:
    return button.objectName().removeprefix(prefix)


def _waits(play: Play, name: str) -> bool:
    """Whether the visit's answer to a question is still to be given."""
    return name in play.visit.answers and name not in play.answered


def _offers(play: Play, name: str) -> tuple[Offered, ...]:
    """The answers that the question's list offers, with their names in the form."""
    return tuple(filling_of(play).session.question(name).choices or ())


def _values(play: Play, name: str) -> list[str]:
    given = play.visit.answers[name]
    if not isinstance(given, list):
        return [spoken(given)]
    if any(isinstance(part, dict) for part in given):
        raise VisitError(f"answers.{name}: this question has no rows")
    return [str(part) for part in given]


def _turn(play: Play) -> Steps[None]:
    """Press on; where something is to be mended, put it off."""
    before = _place(play)
    yield from play.press("primary")
    yield lambda: _place(play) != before or bool(play.complaints())
    if _place(play) == before:
        yield from play.look_at("form-problems")
        yield from play.press("do:later")
        yield lambda: _place(play) != before


def _place(play: Play) -> tuple[bool, int]:
    """Which page is shown, told apart by the object that carries its title."""
    page = seen(play.window, "page") if seen(play.window, "screen:form") else None
    return page is None, id(page)


def _note_prefilled(play: Play) -> None:
    """Note what stands in the questions of this page that nobody typed, and where it came from."""
    for box in all_seen(play.window, "q:"):
        source, name = seen(box, "source"), _name(box)
        if source is not None and _words(source) and name not in play.answered:
            stored = filling_of(play).value(name)
            play.record.prefilled.setdefault(name, Prefilled(written(box), _words(source), stored))


def _note_hidden(play: Play) -> None:
    """What the machine knows of questions that it need not ask, for the expectations of the visit."""
    filling = filling_of(play)
    for name, source in filling.sources.items():
        if source is not Source.TYPED and name not in play.met:
            play.record.unasked[name] = filling.value(name)


def _check(play: Play) -> None:
    """Every answer must have found its question; "no answer" fits one that is not asked, too."""
    given = {name for name, value in play.visit.answers.items() if value is not None}
    left = [name for name in given - play.answered if not covered(name, play.visit.expect.hidden)]
    if left:
        raise VisitError(f"answers to questions that the form does not show: {_listed(left)}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def filling_of(play: Play) -> Filling:
    """The dossier on the screen; it is asked for what a list offers, and for what it keeps."""
    filling = play.shell.visit.filling
    assert filling is not None  # noqa: S101 - the form is open
    return filling


def _name(box: QWidget) -> str:
    return box.objectName().removeprefix("q:")


def _words(label: QWidget) -> str:
    return label.text() if isinstance(label, QLabel) else ""
