"""The first part of a visit: PIN, consent, cards, the procedure and the road."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QWidget

from kiosk.domain.folding import fold
from ui.tour.answering import answer
from ui.tour.hands import Steps, all_seen, look, press, seen, tick, wait_for, write
from ui.tour.play import Play
from ui.tour.visit import CardInVisit, VisitError


def unlock(play: Play) -> Steps[None]:
    """Open the point with the volunteer's PIN; the practice switch as the visit wants it."""
    yield from play.arrive("home")
    if seen(play.window, "pin"):
        yield from play.look_at("home-locked")
        write((yield from wait_for(play.window, "pin")), play.pin)
        yield from play.press("do:unlock")
    yield lambda: seen(play.window, "do:send_now") is not None
    if play.visit.mode == "practice":
        yield from play.press("do:practice")
        yield lambda: seen(play.window, "do:send_now") is not None
    yield from play.look_at("home")
    yield from play.press("primary")


def agree(play: Play) -> Steps[bool]:
    """Tick the purposes that the citizen agrees to, go on; whether the visit can begin with them."""
    yield from play.arrive("welcome")
    for purpose in ("prepare", "send_to_commune", "sensitive", "contact"):
        box = yield from wait_for(play.window, f"consent:{purpose}")
        tick(box, getattr(play.visit.consent, purpose))
    if play.visit.sex_age_address:
        _speak_as(play, play.visit.sex_age_address)
    yield from play.look_at("welcome")
    yield from play.press("primary")
    yield lambda: seen(play.window, "screen:card") is not None or bool(play.complaints())
    refused = {f"consent.{name}": text for name, text in play.complaints().items()}
    play.record.problems.update(refused)
    if refused:
        yield from play.look_at("welcome-refused")
    return not refused


def _speak_as(play: Play, address: str) -> None:
    """Choose bác, anh or chị, or leave what is chosen where the screen has no such word."""
    for button in all_seen(look(play.window, "address_as"), "choice:"):
        if fold(button.accessibleName().rpartition(": ")[2]) == fold(address):
            tick(button, True)


def show_cards(play: Play) -> Steps[None]:
    """Read the cards that were brought, one after the other."""
    yield from play.arrive("card")
    yield from play.look_at("card")
    taken = 0
    for index, card in enumerate(play.visit.cards):
        if taken:
            yield from play.press("do:another")
            yield lambda: seen(play.window, "card:text") is not None
        if (yield from _read(play, card)):
            taken += 1
            _answer_card(play, card)
            yield from play.look_at(f"card-{index + 1}")
    yield from play.press("primary" if seen(play.window, "whose") else "do:skip")


def _read(play: Play, card: CardInVisit) -> Steps[bool]:
    """Bring a card to the reader; whether it could be read. What was said is kept as a problem."""
    if card.picture:
        play.tray.lay([play.folder / card.picture])
        yield from play.press("do:picture")
    else:
        line = yield from wait_for(play.window, "card:text")
        write(line, card.text or "".join(card.mrz or ()))
        yield from play.press("primary")
    yield lambda: seen(play.window, "whose") is not None or bool(play.complaints())
    if seen(play.window, "whose"):
        return True
    play.record.problems[f"card.{card.role}"] = " ".join(play.complaints().values())
    yield from play.look_at("card-refused")
    write(look(play.window, "card:text"), "")
    return False


def _answer_card(play: Play, card: CardInVisit) -> None:
    """Answer what the card screen asks: whose it is, which ward, whether only the year is known."""
    tick(_choice(look(play.window, "whose"), card.role), True)
    ward, only_year = card.choose.get("xa"), card.choose.get("only_year")
    question = seen(play.window, "ward")
    if question is not None and ward:
        answer(question, [str(ward)])
    box = seen(play.window, "only_year")
    if box is not None and only_year is not None:
        tick(box, bool(only_year))


def _choice(parent: QWidget, name: str) -> QWidget:
    found = seen(parent, f"choice:{name}")
    if found is None:
        raise VisitError(f"cards: nobody has the role {name}")
    return found


def choose(play: Play) -> Steps[None]:
    """Find the procedure by words, take it, choose the road."""
    yield from play.arrive("choose")
    assert play.shell.desk is not None  # noqa: S101 - the point was unlocked
    catalogue = play.shell.desk.content.catalogue
    procedure = catalogue.by_code(play.visit.procedure) or catalogue.by_slug(play.visit.procedure)
    if procedure is None:
        raise VisitError(f"no such procedure: {play.visit.procedure}")
    write(look(play.window, "search"), play.visit.find_by or fold(procedure.name))
    yield lambda: _row(_results(play), procedure.code) >= 0 or seen(play.window, "none") is not None
    yield from play.look_at("choose")
    _take_row(_results(play), procedure.code)
    road = yield from wait_for(play.window, f"road:{play.visit.road}")
    tick(road, True)
    yield from play.look_at("road")
    yield from play.press("primary")


def _results(play: Play) -> QListWidget | None:
    """The list of what was found, when it can be seen."""
    found = seen(play.window, "results")
    return found if isinstance(found, QListWidget) else None


def _row(results: QListWidget | None, code: str) -> int:
    """The row that shows this code; -1 if none does."""
    if results is None:
        return -1
    rows = (row for row in range(results.count()) if code in results.item(row).text())
    return next(rows, -1)


def _take_row(results: QListWidget | None, code: str) -> None:
    """Go to the row with the arrow keys and take it with Enter; raises ``VisitError`` if it is not there."""
    row = _row(results, code)
    if results is None or row < 0:
        raise VisitError(f"the search does not find {code}")
    results.setFocus(Qt.FocusReason.TabFocusReason)
    while results.currentRow() != row:
        press(results, Qt.Key.Key_Down if results.currentRow() < row else Qt.Key.Key_Up)
    press(results, Qt.Key.Key_Return)
