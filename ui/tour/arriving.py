"""The first part of a visit: PIN, consent, cards, the procedure and the road."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QListWidget, QPushButton, QWidget

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.procedures import Procedure
from kiosk.domain.folding import fold
from ui.screens.card_people import SOMEBODY
from ui.tour.answering import answer
from ui.tour.choosing import Offer
from ui.tour.hands import Steps, all_seen, at_once, click, look, press, seen, tick, wait_for, write
from ui.tour.play import Play
from ui.tour.visit import CardInVisit, VisitError

_GLANCES = 500
"""Looks (10 ms each) after which a search is taken not to find what the visit wants."""

_OPEN = "do:send_now"
"""The button that the open home has and the locked one has not."""
_ALIASES = {"nguoi_chet": "nc"}
"""Roles that visit files may call by another name."""


@dataclass(frozen=True)
class Joining:
    """What a new point needs to join a hub."""

    url: str
    code: str
    """One-time enrolment code."""
    authority: Path


def set_up(play: Play, joining: Joining) -> Steps[None]:
    """Make a new point on its own screen and join it to a hub. Raises ``VisitError`` if the hub refuses."""
    yield from play.arrive("enrol")
    typed = {
        "volunteer": play.shell.texts("trial.volunteer"),
        "pin": play.pin,
        "pin_again": play.pin,
        "hub": joining.url,
        "code": joining.code,
        "authority": str(joining.authority.resolve()),
    }
    for name, text in typed.items():
        yield from write((yield from wait_for(play.window, name)), text)
    yield from play.look_at("enrol")
    yield from play.press("primary")
    yield lambda: seen(play.window, _OPEN) is not None or bool(play.complaints())
    if play.complaints():
        raise VisitError(f"the hub does not take this point: {' '.join(play.complaints().values())}")


def unlock(play: Play) -> Steps[None]:
    """Open the point with the volunteer's PIN, if it is locked."""
    yield from play.arrive("home")
    if seen(play.window, "pin"):
        yield from play.look_at("home-locked")
        yield from write((yield from wait_for(play.window, "pin")), play.pin)
        yield from play.press("do:unlock")
    yield lambda: seen(play.window, _OPEN) is not None


def come_in(play: Play) -> Steps[None]:
    """Open the point, in the mode that the visit wants, and begin."""
    yield from unlock(play)
    if (play.visit.mode == "practice") is not _practising(play):
        yield from play.press("do:practice")
        yield lambda: seen(play.window, _OPEN) is not None
    _choose_size(play, "size:L" if play.visit.mode == "citizen" else "size:M")
    yield from play.look_at("home")
    yield from play.press("primary")


def _choose_size(play: Play, name: str) -> None:
    """Larger letters where the citizen reads alone."""
    wanted = look(play.window, name)
    if isinstance(wanted, QPushButton) and not wanted.isChecked():
        click(wanted)


def _practising(play: Play) -> bool:
    return play.desk.practice


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
    for button in list(all_seen(look(play.window, "address_as"), "choice:")):
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
            yield from _answer_card(play, card)
            yield from play.look_at(f"card-{index + 1}")
    yield from play.press("primary" if seen(play.window, "whose") else "do:skip")


def _read(play: Play, card: CardInVisit) -> Steps[bool]:
    """Bring a card to the reader; whether it could be read. What was said is kept as a problem."""
    if card.picture:
        play.tray.lay([play.folder / card.picture])
        yield from play.press("do:picture")
    else:
        line = yield from wait_for(play.window, "card:text")
        yield from write(line, card.text or "".join(card.mrz or ()))
        yield from play.press("primary")
    yield lambda: seen(play.window, "whose") is not None or bool(play.complaints())
    if seen(play.window, "whose"):
        return True
    play.record.problems[f"card.{card.role}"] = " ".join(play.complaints().values())
    yield from play.look_at("card-refused")
    yield from write(look(play.window, "card:text"), "")
    return False


def _answer_card(play: Play, card: CardInVisit) -> Steps[None]:
    """Answer what the card screen asks: whose it is, which ward, whether only the year is known."""
    whose = look(play.window, "whose")
    if seen(whose, f"choice:{card.role}"):
        tick(_choice(whose, card.role), True)
    else:
        play.others[f"{SOMEBODY}{len(play.others) + 1}"] = _later_role(play, card.role)
        tick(_choice(whose, SOMEBODY), True)
    ward, only_year = card.choose.get("xa"), card.choose.get("only_year")
    question = seen(play.window, "ward")
    if question is not None and ward:
        yield from _choose_ward(question, str(ward))
    box = seen(play.window, "only_year")
    if box is not None and only_year is not None:
        tick(box, bool(only_year))


def _later_role(play: Play, named: str) -> str:
    """The role of the procedure that a card is for; raises ``VisitError`` for one that it does not have."""
    role = _ALIASES.get(named, named)
    procedure = wanted_procedure(play.visit.procedure, play.desk.content.catalogue)
    if role not in {each.prefix for each in procedure.persons}:
        raise VisitError(f"cards: nobody has the role {named}")
    return role


def _choose_ward(question: QWidget, ward: str) -> Steps[None]:
    if not (yield from answer(question, [ward], _wards(question))):
        raise VisitError(f"cards: no such commune to choose, or more than one: {ward}")


def _wards(question: QWidget) -> list[Offer]:
    """The communes of a long list, as it shows them when it opens."""
    box = seen(question, "edit")
    if box is None:
        return []
    click(box)
    rows = look(question.window(), "found")
    model = rows.model() if isinstance(rows, QListView) else None
    count = model.rowCount() if model is not None else 0
    labels = [str(model.index(row, 0).data()) for row in range(count)] if model is not None else []
    return [Offer(label, label) for label in labels]


def _choice(parent: QWidget, name: str) -> QWidget:
    found = seen(parent, f"choice:{name}")
    if found is None:
        raise VisitError(f"cards: nobody has the role {name}")
    return found


def choose(play: Play) -> Steps[bool]:
    """Find the procedure by words, take it, choose the road; whether this road is open."""
    yield from play.arrive("choose")
    procedure = wanted_procedure(play.visit.procedure, play.desk.content.catalogue)
    yield from write(look(play.window, "search"), play.visit.find_by or fold(procedure.name))
    shown = procedure.code or procedure.name
    glances = iter(range(_GLANCES))
    yield (
        lambda: (
            _row(_results(play), shown) >= 0
            or seen(play.window, "none") is not None
            or next(glances, None) is None
        )
    )
    yield from play.look_at("choose")
    yield from _take_row(_results(play), shown)
    road = f"road:{play.visit.road}"
    yield lambda: seen(play.window, road) is not None
    box = look(play.window, road)
    if box.isEnabled():
        tick(box, True)
    else:
        play.record.problems["consent.send_to_commune"] = box.accessibleDescription()
    yield from play.look_at("road")
    if box.isEnabled():
        yield from play.press("primary")
    return box.isEnabled()


def wanted_procedure(named: str, catalogue: Catalogue) -> Procedure:
    """By code (also an old one) or slug; raises ``VisitError`` for one that the pack does not have."""
    for find in (catalogue.by_code, catalogue.by_slug):
        try:
            return find(named)
        except KeyError:
            continue
    raise VisitError(f"no such procedure: {named}")


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


def _take_row(results: QListWidget | None, code: str) -> Steps[None]:
    """Go to the row with the arrow keys and take it with Enter; raises ``VisitError`` if it is not there."""
    row = _row(results, code)
    if results is None or row < 0:
        raise VisitError(f"find_by: the search does not find {code}")
    results.setFocus(Qt.FocusReason.TabFocusReason)
    while results.currentRow() != row:
        press(results, Qt.Key.Key_Down if results.currentRow() < row else Qt.Key.Key_Up)
        yield at_once
    press(results, Qt.Key.Key_Return)
