"""The form in a tour: page after page, every question of the visit that can be seen is answered."""

from PySide6.QtWidgets import QLabel, QWidget

from ui.tour.answering import answer, spoken, written
from ui.tour.hands import Steps, all_seen, look, seen
from ui.tour.play import Play
from ui.tour.visit import VisitError


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
    _check(play)


def _answer_page(play: Play) -> Steps[None]:
    """Answer whatever of the visit can be seen, again as long as answers bring new questions up."""
    _note_prefilled(play)
    while box := next((box for box in all_seen(play.window, "q:") if _waits(play, _name(box))), None):
        answer(box, _values(play, _name(box)))
        play.answered.add(_name(box))
        yield lambda: True


def _waits(play: Play, name: str) -> bool:
    """Note that a question was seen; whether the visit's answer to it is still to be given."""
    play.met.add(name)
    return name in play.visit.answers and name not in play.answered


def _values(play: Play, name: str) -> list[str]:
    given = play.visit.answers[name]
    if isinstance(given, list):
        return [spoken(part) for part in given if not isinstance(part, dict)]
    return [spoken(given)]


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
        source = seen(box, "source")
        if source is not None and _words(source) and _name(box) not in play.answered:
            found = {"value": written(box), "source": _words(source)}
            play.record.prefilled.setdefault(_name(box), found)


def _check(play: Play) -> None:
    left = set(play.visit.answers) - play.answered - set(play.visit.expect.hidden)
    if left:
        raise VisitError(f"answers to questions that the form does not show: {', '.join(sorted(left))}")


def _name(box: QWidget) -> str:
    return box.objectName().removeprefix("q:")


def _words(label: QWidget) -> str:
    return label.text() if isinstance(label, QLabel) else ""
