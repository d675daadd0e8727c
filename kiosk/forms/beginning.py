"""How a session begins: first values, earlier answers, and one evaluation of everything."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from kiosk.forms import repeats
from kiosk.forms.engine import Engine
from kiosk.forms.names import find, parent_of, plain
from kiosk.forms.place import Place, hide, inside, rows
from kiosk.forms.xpath.moments import iso_date, iso_stamp


def begin(engine: Engine, answers: Sequence[tuple[str, str]]) -> None:
    """Fill a new form with its first values, then with earlier answers, and evaluate what that takes."""
    first = engine.form.data.get("first")
    if first is not None:
        _as_built(engine, first)
    filled = _preload(engine)
    _set_rows(engine, answers)
    for name, value in answers:
        place = _place(engine, name)
        if place is not None:
            place.value = value
            filled.append(place)
    for place in filled:
        engine.mark(place)
    engine.evaluate(engine.top, None if first is None else first["run"])
    engine.settle()
    given = {name for name, _ in answers}
    _first_load(engine, given)
    engine.settle()
    engine.changed.clear()


def _as_built(engine: Engine, first: Mapping[str, Any]) -> None:
    """The state of the empty form as it was found when the form was built."""
    places = engine.world.places
    for item in first["off"]:
        place = places[item]
        if isinstance(place, Place):
            place.own = False
            hide(place)
    for item, value in first["values"]:
        places[item].value = value
    for key in ("required", "readonly"):
        for item in first[key]:
            setattr(places[item], key, True)


def _set_rows(engine: Engine, answers: Sequence[tuple[str, str]]) -> None:
    """Make as many rows as the answers need; shorter names first, so that outer rows exist."""
    for name, value in sorted(answers, key=lambda one: (one[0].count("["), one[0])):
        bare, numbers = plain(name)
        item = engine.form.by_name.get(bare)
        if item is None:
            continue
        if engine.form.items[item].get("repeat"):
            _resize(engine, name, _counted(value))
        elif numbers:
            _reach(engine, name)


def _counted(value: str) -> int:
    """A number of rows; 0 for an answer that is none, such as that of a question of an older form."""
    return min(int(value[:9]), repeats.MOST_ROWS) if value.isdecimal() else 0


def _reach(engine: Engine, name: str) -> None:
    built = ""
    for piece in name.split("."):
        built = f"{built}.{piece}" if built else piece
        if piece.endswith("]"):
            repeat, _, number = built[:-1].rpartition("[")
            _grow(engine, repeat, int(number))


def _grow(engine: Engine, name: str, wanted: int) -> None:
    try:
        parent, item = parent_of(engine.form, engine.top, name)
    except KeyError:
        return
    have = len(rows(parent, engine.form.items[item]["name"]))
    for _ in range(have, min(wanted, repeats.MOST_ROWS)):
        repeats.insert(engine, parent, item)


def _resize(engine: Engine, name: str, wanted: int) -> None:
    _grow(engine, name, wanted)
    try:
        parent, item = parent_of(engine.form, engine.top, name)
    except KeyError:
        return
    for row in rows(parent, engine.form.items[item]["name"])[wanted:]:
        parent.children.remove(row)


def _place(engine: Engine, name: str) -> Place | None:
    try:
        place = find(engine.form, engine.top, name)
    except KeyError:
        return None
    return None if engine.form.items[place.item]["kind"] in ("group", "repeat") else place


def _preload(engine: Engine) -> list[Place]:
    """Metadata that ODK fills when a form is opened for the first time (``jr:preload``); what was filled."""
    filled: list[Place] = []
    for item, facts in enumerate(engine.form.items):
        if "preload" not in facts:
            continue
        place = engine.world.places[item]
        what, parameter = facts["preload"]
        now = engine.world.now()
        if what == "uid":
            place.value = f"uuid:{uuid.uuid4()}"
        elif what == "timestamp":
            place.value = iso_stamp(now) if parameter == "start" else ""
        elif what == "date" and parameter == "today":
            place.value = iso_date(now)
        if isinstance(place, Place):
            filled.append(place)
    return filled


def _first_load(engine: Engine, given: set[str]) -> None:
    """``odk-instance-first-load`` only where no earlier answer stands, ``odk-instance-load`` every time."""
    for event in engine.form.events:
        name, always = engine.form.items[event["target"]].get("as"), "odk-instance-load" in event["on"]
        if not always and ("odk-instance-first-load" not in event["on"] or _was_given(name, given)):
            continue
        for place in _targets(engine, event):
            engine.set_by_action(place, event.get("tree"), event.get("text", ""))


def _targets(engine: Engine, event: Mapping[str, Any]) -> list[Place]:
    if "some" in event:
        return engine.chosen(engine.top, event["some"])
    return [place for place in inside(engine.top) if place.item == event["target"]]


def _was_given(name: str | None, given: set[str]) -> bool:
    return name is not None and any(plain(one)[0] == name for one in given)
