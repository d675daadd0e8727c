"""One form being filled: answers in, states of questions out."""

from collections.abc import Collection, Iterable

from kiosk.domain.clock import Clock
from kiosk.domain.filled_form import FilledForm
from kiosk.domain.information_sheet import SheetPage
from kiosk.forms import beginning, repeats
from kiosk.forms.engine import Engine
from kiosk.forms.filled import filled_form
from kiosk.forms.form import Form
from kiosk.forms.names import find, name_of, name_of_repeat, parent_of
from kiosk.forms.place import Place, inside, rows
from kiosk.forms.questions import Problem as Problem
from kiosk.forms.questions import QuestionState, label_of, problem_of, state_of
from kiosk.forms.screens import Screen as Screen
from kiosk.forms.screens import screens_of
from kiosk.forms.sheets import answered_pages, blank_pages
from kiosk.forms.xpath.node import Node


class Session:
    """A form being filled.

    ``answers`` restores earlier ones, in any order; texts that fit no data type are kept, too.
    Names are those of visit files; a name inside a repeat carries row numbers (``con[2].ho_ten``).
    Unknown names raise ``KeyError``.
    """

    def __init__(
        self, form: Form, clock: Clock, answers: Iterable[tuple[str, str]] = (), language: str = "vi"
    ) -> None:
        self.form = form
        self._engine = Engine(form, clock, language)
        self._engine.world.label_of = lambda place, value: label_of(self._engine, place, value)
        beginning.begin(self._engine, list(answers))

    def answer(self, name: str, value: str) -> frozenset[str]:
        """Store an answer; gives the names of all questions whose visible state may have changed."""
        place = find(self.form, self._engine.top, name)
        if place.value == value:
            return frozenset()
        self._engine.set_value(place, value)
        return self._settled()

    def question(self, name: str) -> QuestionState:
        """A question as it is now."""
        return state_of(self._engine, find(self.form, self._engine.top, name))

    def screens(self) -> tuple[Screen, ...]:
        """The screens that have something to show now, in order."""
        return screens_of(self._engine)

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong or missing among the relevant questions, in the order of the form."""
        found = (problem_of(self._engine, place) for place in inside(self._engine.top))
        return tuple(problem for problem in found if problem is not None)

    def values(self) -> dict[str, str]:
        """Every value by name, irrelevant ones and calculations too; a repeat's is its number of rows.

        Given to a new session of the same form they restore this one.
        """
        found: dict[str, str] = {}
        _values(self._engine, self._engine.top, found)
        return found

    def filled(self) -> FilledForm:
        """The answers that count."""
        return filled_form(self._engine)

    def sheet(self, without: Collection[str] = ()) -> tuple[SheetPage, ...]:
        """The pages that count as lines of paper; the questions of ``without`` stay unanswered."""
        return answered_pages(self._engine, without)

    def blank_sheet(self) -> tuple[SheetPage, ...]:
        """Every question of the form, to be answered by hand."""
        return blank_pages(self._engine)

    def add_row(self, name: str) -> frozenset[str]:
        """Add a row to a repeat (``con``, or ``con[2].chau`` for a nested one)."""
        parent, item = parent_of(self.form, self._engine.top, name)
        if (
            self.form.items[item].get("fixed")
            or len(rows(parent, self.form.items[item]["name"])) >= repeats.MOST_ROWS
        ):
            return frozenset()
        self._engine.removed.pop((parent, item), None)
        repeats.add(self._engine, parent, item)
        return self._settled()

    def remove_row(self, name: str, number: int) -> frozenset[str]:
        """Remove a row of a repeat by its 1-based number; ``KeyError`` if there is none."""
        parent, item = parent_of(self.form, self._engine.top, name)
        found = rows(parent, self.form.items[item]["name"])
        if not 1 <= number <= len(found):
            raise KeyError(f"{name}[{number}]")
        if self.form.items[item].get("fixed"):
            return frozenset()
        gone = frozenset(
            name_of(self.form, place) for place in inside(found[-1]) if name_of(self.form, place)
        )
        repeats.remove(self._engine, parent, found[number - 1])
        return gone | self._settled()

    def _settled(self) -> frozenset[str]:
        engine = self._engine
        engine.settle()
        unique, changed = engine.world.places, engine.changed
        engine.changed = set()
        there = (place for place in changed if unique[place.item] is place or _attached(place))
        names = {name_of(self.form, place) for place in there}
        names.discard("")
        return frozenset(names)


def _attached(place: Place) -> bool:
    """Whether a place still belongs to the form: the rows it stands in are among their siblings."""
    node: Node | None = place
    while isinstance(node, Place) and isinstance(node.parent, Place):
        if all(child is not node for child in node.parent.children):
            return False
        node = node.parent
    return True


def _values(engine: Engine, holder: Place, found: dict[str, str]) -> None:
    for item in engine.form.outline.children[holder.item]:
        if engine.form.items[item].get("repeat"):
            name = name_of_repeat(engine.form, holder, item)
            found[name] = str(len(rows(holder, engine.form.items[item]["name"])))
    for place in holder.children:
        if not isinstance(place, Place):
            continue
        facts = engine.form.items[place.item]
        if facts["kind"] in ("group", "repeat"):
            _values(engine, place, found)
        elif "as" in facts:
            found[name_of(engine.form, place)] = place.value
