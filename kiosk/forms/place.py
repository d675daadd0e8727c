"""A question's place in a form that is being filled: one node of the primary instance."""

from collections.abc import Iterator, Mapping, Sequence

from kiosk.forms.form import Form
from kiosk.forms.xpath.node import Node


class Place(Node):
    """A node of the primary instance with what its rules say.

    ``own`` is the relevance by its own rule, ``relevant`` counts the ancestors' too; ``valid`` says
    whether its constraint holds.
    """

    __slots__ = ("item", "own", "readonly", "required", "valid")

    def __init__(self, item: int, name: str, value: str, parent: "Node | None") -> None:
        super().__init__(name, value, parent=parent)
        self.item = item
        self.own = True
        self.required = False
        self.readonly = False
        self.valid = True
        if isinstance(parent, Place):
            self.relevant = parent.relevant


def build(form: Form, item: int, parent: Node) -> Place:
    """A new place with everything inside it, from the form's template; not yet among its siblings."""
    facts = form.items[item]
    place = Place(item, facts["name"], facts.get("default", ""), parent)
    place.required = facts.get("required") is True
    place.readonly = facts.get("readonly") is True
    for child in form.outline.children[item]:
        for number in range(initial_rows(form, child)):
            row = build(form, child, place)
            _give(row, form.items[child].get("given", ()), number)
            place.children.append(row)
    return place


def _give(row: Place, given: Sequence[Mapping[str, str]], number: int) -> None:
    """Put in the values that the form's author gave to a single row."""
    for name, value in given[number].items() if number < len(given) else ():
        cell = row.child(name)
        if cell is not None:
            cell.value = value


def initial_rows(form: Form, item: int) -> int:
    """How many nodes an item has in a new form: one, or the rows that its author put in."""
    facts = form.items[item]
    return int(facts.get("rows", 0)) if facts.get("repeat") else 1


def hide(place: Place) -> None:
    """Nothing in this place counts."""
    for one in inside(place):
        one.relevant = False


def inside(place: Place) -> Iterator[Place]:
    """A place and everything inside it, in order."""
    yield place
    for child in place.children:
        if isinstance(child, Place):
            yield from inside(child)


def rows(parent: Node, name: str) -> list[Place]:
    """The rows of a repeat inside a place."""
    return [child for child in parent.children if child.name == name and isinstance(child, Place)]


def row_numbers(form: Form, place: Place) -> list[int]:
    """The 1-based numbers of the repeat rows that a place stands in, outermost first."""
    found: list[int] = []
    node: Node | None = place
    while isinstance(node, Place):
        if form.items[node.item].get("repeat") and node.parent is not None:
            siblings = [one for one in node.parent.children if one.name == node.name]
            found.append(1 + next(number for number, one in enumerate(siblings) if one is node))
        node = node.parent
    return found[::-1]


def row_above(form: Form, place: Place, depth: int) -> Place | None:
    """The row of the outermost ``depth`` repeats that a place stands in."""
    chain: list[Place] = []
    node: Node | None = place
    while isinstance(node, Place):
        if form.items[node.item].get("repeat"):
            chain.append(node)
        node = node.parent
    return chain[-depth] if 0 < depth <= len(chain) else None
