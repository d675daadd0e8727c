"""From the names that people and files use (``me_giay_to.so``, ``con[2].ten``) to places, and back."""

import re

from kiosk.forms.form import Form
from kiosk.forms.place import Place, row_numbers, rows

_INDEX = re.compile(r"\[(\d{1,4})\]")


def plain(name: str) -> tuple[str, list[int]]:
    """The name without row numbers, and the row numbers."""
    return _INDEX.sub("", name), [int(number) for number in _INDEX.findall(name)]


def item_of(form: Form, name: str) -> int:
    """The item of a name; ``KeyError`` if the form has no such question."""
    return form.by_name[plain(name)[0]]


def find(form: Form, top: Place, name: str) -> Place:
    """The place of a name; a name without row numbers means first rows. ``KeyError`` if there is none."""
    bare, numbers = plain(name)
    item = form.by_name[bare]
    node: Place = top
    left = list(numbers)
    for one in form.outline.lineage(item)[1:]:
        siblings = rows(node, form.items[one]["name"])
        wanted = (left.pop(0) if left else 1) if form.items[one].get("repeat") else 1
        if not 1 <= wanted <= len(siblings):
            raise KeyError(name)
        node = siblings[wanted - 1]
    return node


def name_of(form: Form, place: Place) -> str:
    """The name of a place, with row numbers where it stands in repeats."""
    name: str = form.items[place.item].get("as", "")
    repeats = form.outline.repeats[place.item]
    if not repeats:
        return name
    numbers = row_numbers(form, place)
    parts = {form.items[repeat]["as"]: number for repeat, number in zip(repeats, numbers, strict=True)}
    return indexed(name, parts)


def name_of_repeat(form: Form, holder: Place, item: int) -> str:
    """The name of the repeat whose rows stand (or could stand) in a place: ``con[2].chau``."""
    repeats = form.outline.repeats[holder.item]
    numbers = row_numbers(form, holder)
    parts = {form.items[repeat]["as"]: number for repeat, number in zip(repeats, numbers, strict=True)}
    return indexed(form.items[item]["as"], parts)


def indexed(name: str, numbers: dict[str, int]) -> str:
    """Put row numbers behind the repeats in a dotted name."""
    pieces: list[str] = []
    built = ""
    for piece in name.split("."):
        built = f"{built}.{piece}" if built else piece
        pieces.append(f"{piece}[{numbers[built]}]" if built in numbers else piece)
    return ".".join(pieces)


def parent_of(form: Form, top: Place, name: str) -> tuple[Place, int]:
    """The place that holds the rows of a repeat, and the repeat's item; ``KeyError`` if there is none."""
    bare, numbers = plain(name)
    item = form.by_name[bare]
    if not form.items[item].get("repeat"):
        raise KeyError(name)
    node: Place = top
    left = list(numbers)
    for one in form.outline.lineage(item)[1:-1]:
        siblings = rows(node, form.items[one]["name"])
        wanted = (left.pop(0) if left else 1) if form.items[one].get("repeat") else 1
        if not 1 <= wanted <= len(siblings):
            raise KeyError(name)
        node = siblings[wanted - 1]
    return node, item
