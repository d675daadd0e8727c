"""When something of a procedure holds: by the value of one question."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.catalogue.tables import Table


@dataclass(frozen=True)
class Condition:
    """Whether a question has one of some values; turned round if ``unless``."""

    question: str
    values: tuple[str, ...]
    unless: bool = False

    def holds(self, value_of: Callable[[str], str]) -> bool:
        """``value_of`` gives the stored value of a question, empty if it has none.

        Where several may be ticked, their names are stored with spaces between; one of them is enough.
        """
        value = value_of(self.question)
        found = value in self.values or not set(self.values).isdisjoint(value.split())
        return found is not self.unless


def read_condition(table: Table, key: str = "when") -> Condition | None:
    """``when = {question = …, values = […]}``; ``unless`` instead turns it round."""
    for name, unless in ((key, False), ("unless", True)):
        if (inner := table.table(name)) is not None:
            condition = Condition(inner.text("question"), inner.several("values"), unless)
            if not condition.values:
                raise inner.refusal("values", "at least one value")
            inner.close()
            return condition
    return None
