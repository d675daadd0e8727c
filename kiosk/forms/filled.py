"""The answers that count, as a plain record for printing and showing."""

from kiosk.domain.filled_form import FilledEntry, FilledForm
from kiosk.forms.engine import Engine
from kiosk.forms.place import Place
from kiosk.forms.questions import say, text_shown


def filled_form(engine: Engine) -> FilledForm:
    """All relevant questions with their answers, calculations among them, in the order of the form."""
    return FilledForm(engine.form.id, engine.form.version, tuple(_entries(engine, engine.top, "")))


def _entries(engine: Engine, holder: Place, prefix: str) -> list[FilledEntry]:
    found: list[FilledEntry] = []
    repeats: dict[int, list[Place]] = {}
    for place in holder.children:
        if not isinstance(place, Place):
            continue
        facts = engine.form.items[place.item]
        if facts.get("repeat"):
            if place.item not in repeats:
                found.append(FilledEntry(_name(facts["as"], prefix), "repeat", _label(engine, place), "", ""))
            repeats.setdefault(place.item, []).append(place)
        elif not place.relevant:
            continue
        elif facts["kind"] == "group":
            found.extend(_entries(engine, place, prefix))
        elif "as" in facts and facts["kind"] != "note":
            found.append(_entry(engine, place, prefix))
    return [_with_rows(engine, entry, repeats, prefix) for entry in found]


def _entry(engine: Engine, place: Place, prefix: str) -> FilledEntry:
    facts = engine.form.items[place.item]
    name = _name(facts["as"], prefix)
    return FilledEntry(name, facts["kind"], _label(engine, place), place.value, text_shown(engine, place))


def _with_rows(
    engine: Engine, entry: FilledEntry, repeats: dict[int, list[Place]], prefix: str
) -> FilledEntry:
    if entry.kind != "repeat":
        return entry
    item = next((one for one in repeats if _name(engine.form.items[one]["as"], prefix) == entry.name), None)
    if item is None:  # the group that it stands in has done so already
        return entry
    inner = f"{engine.form.items[item]['as']}."
    rows = tuple(
        FilledForm(engine.form.id, engine.form.version, tuple(_entries(engine, row, inner)))
        for row in repeats[item]
        if row.relevant
    )
    return FilledEntry(entry.name, entry.kind, entry.label, str(len(rows)), str(len(rows)), rows)


def _name(name: str, prefix: str) -> str:
    return name.removeprefix(prefix)


def _label(engine: Engine, place: Place) -> str:
    return say(engine, place, engine.form.items[place.item].get("label"))
