"""Expressions over small documents, as ``hamlet-forms eval`` runs them."""

from datetime import date
from typing import Any

from kiosk.author.eval_command import evaluate
from kiosk.domain.clock import ShiftedClock

CLOCK = ShiftedClock(date(2026, 11, 21))


def result(expression: str, instance: str = "<a/>", context: str = "/*") -> dict[str, Any]:
    """Type, value and string of an expression."""
    return dict(evaluate({"instance": instance, "context": context, "expression": expression}, CLOCK))


def value(expression: str, instance: str = "<a/>", context: str = "/*") -> Any:
    """The value; an error fails the test with its reason."""
    found = result(expression, instance, context)
    assert found["type"] != "error", found["value"]
    return found["value"]


def fails(expression: str, instance: str = "<a/>") -> bool:
    """Whether the expression is refused."""
    return bool(result(expression, instance)["type"] == "error")
