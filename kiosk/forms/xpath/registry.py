"""All functions that a form may call, and those that are left out on purpose."""

from kiosk.forms.xpath import (
    functions_date,
    functions_logic,
    functions_nodes,
    functions_number,
    functions_text,
)
from kiosk.forms.xpath.function import Function

EXCLUDED = frozenset({"area", "distance", "enclosed-area", "extract-signed", "geofence", "intersects"})
"""Functions on maps and signatures: naming one is a compile error, never a silent false."""

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for module in (functions_text, functions_number, functions_date, functions_logic, functions_nodes)
    for function in module.FUNCTIONS
}


def function_named(name: str) -> Function | None:
    """The function of that name, or ``None``."""
    return FUNCTIONS.get(name)
