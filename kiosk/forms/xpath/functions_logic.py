"""Boolean and select functions: XPath 1.0 §4.3 and those of XForms and ODK."""

from kiosk.forms.xpath.ast import Tree
from kiosk.forms.xpath.context import Closure, Context
from kiosk.forms.xpath.function import Compile, Compiled, Function, as_boolean, as_text
from kiosk.forms.xpath.node import text_of
from kiosk.forms.xpath.values import Value


def _if(compile_: Compile, arguments: list[Tree]) -> Compiled:
    condition = as_boolean(compile_(arguments[0]))
    yes, no = (compile_(argument) for argument in arguments[1:])
    if yes.kind == no.kind == "nodes":
        return Compiled(
            "nodes", _choose(condition, yes.run, no.run), _choose(condition, as_text(yes), as_text(no))
        )
    yes, no = _scalar(yes), _scalar(no)
    return Compiled(yes.kind if yes.kind == no.kind else "any", _choose(condition, yes.run, no.run))


def _choose(condition: Closure, one: Closure, other: Closure) -> Closure:
    def run(context: Context) -> Value:
        return one(context) if condition(context) else other(context)

    return run


def _scalar(compiled: Compiled) -> Compiled:
    return Compiled("str", as_text(compiled)) if compiled.kind == "nodes" else compiled


def _coalesce(compile_: Compile, arguments: list[Tree]) -> Compiled:
    """The first value that is there; a number that is none (NaN) is not."""
    first, second = (compile_(argument) for argument in arguments)
    one, other, is_number = as_text(first), as_text(second), first.kind == "num"

    def run(context: Context) -> str:
        found: str = one(context)
        if found == "" or (is_number and found == "NaN"):
            found = other(context)
        return found

    return Compiled("str", run)


def _once(compile_: Compile, arguments: list[Tree]) -> Compiled:
    text = as_text(compile_(arguments[0]))
    return Compiled("str", lambda context: text_of(context.current) or text(context))


def _true() -> bool:
    return True


def _false() -> bool:
    return False


def _not(value: bool) -> bool:
    return not value


def _boolean(value: bool) -> bool:
    return value


def _boolean_from_string(text: str) -> bool:
    return text in ("true", "1")


def _lang(context: Context, wanted: str) -> bool:
    node = context.node
    while True:
        for one in node.attributes or []:
            if one.name == "lang" and one.prefix == "xml":
                return one.value.lower() == wanted.lower() or one.value.lower().startswith(
                    f"{wanted.lower()}-"
                )
        if node.parent is None:
            return False
        node = node.parent


def _selected(chosen: str, value: str) -> bool:
    return value.strip() in chosen.split(" ")


def _selected_at(chosen: str, place: float) -> str:
    parts = chosen.split()
    return parts[int(place)] if 0 <= place < len(parts) else ""


def _count_selected(chosen: str) -> float:
    return float(len(chosen.split()))


def _choice_name(context: Context, value: str, path: str) -> str:
    return context.world.choice_label(context.current, path.strip(), value)


FUNCTIONS = (
    Function("if", 3, 3, "baa", "any", build=_if),
    Function("coalesce", 2, 2, "s", "str", build=_coalesce),
    Function("once", 1, 1, "s", "str", build=_once),
    Function("true", 0, 0, "b", "bool", _true),
    Function("false", 0, 0, "b", "bool", _false),
    Function("not", 1, 1, "b", "bool", _not),
    Function("boolean", 1, 1, "b", "bool", _boolean),
    Function("boolean-from-string", 1, 1, "s", "bool", _boolean_from_string),
    Function("lang", 1, 1, "s", "bool", _lang, context=True),
    Function("selected", 2, 2, "ss", "bool", _selected),
    Function("is-selected", 2, 2, "ss", "bool", _selected),
    Function("selected-at", 2, 2, "sn", "str", _selected_at),
    Function("count-selected", 1, 1, "s", "num", _count_selected),
    Function("jr:choice-name", 2, 2, "ss", "str", _choice_name, context=True),
)
