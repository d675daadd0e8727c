"""Why an officer sends a dossier back, and what at the point keeps it from happening."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.catalogue.conditions import Condition, read_condition
from kiosk.catalogue.tables import Table

_BY = ("form", "check", "paper")


@dataclass(frozen=True)
class ReturnReason:
    """One known reason, with the one thing that prevents it."""

    text: str
    by: str
    """``form`` (a rule of a question), ``check``, ``paper`` (the papers show it missing), ``ask``."""
    name: str
    """The question, check or paper; empty for ``ask``."""
    ask: str
    """What is asked of the volunteer, answered "yes, I looked" by a tick; empty unless ``by`` is ``ask``."""
    paper: str
    """Key of a paper: asked only where that paper is attached; empty for always."""
    when: Condition | None

    def applies(self, value_of: Callable[[str], str]) -> bool:
        return self.when is None or self.when.holds(value_of)


def read_return_reasons(table: Table) -> tuple[ReturnReason, ...]:
    """The tables of ``[[return_reasons]]``; ``BadContentError`` for one that nothing prevents."""
    return tuple(_reason(each) for each in table.tables("return_reasons"))


def _reason(table: Table) -> ReturnReason:
    by, name = table.parsed("checked_by", _checked_by)
    asked = by == "ask"
    reason = ReturnReason(
        text=table.text("text"),
        by=by,
        name=name,
        ask=table.text("ask") if asked else "",
        paper=(table.text_or_none("paper") or "") if asked else "",
        when=read_condition(table),
    )
    table.close()
    return reason


def _checked_by(text: str) -> tuple[str, str]:
    """``form:<question>``, ``check:<key>``, ``paper:<key>`` or ``ask``."""
    by, _, name = text.partition(":")
    if text != "ask" and (by not in _BY or not name):
        raise ValueError("form:<question>, check:<key>, paper:<key> or ask")
    return by, name
