"""What a function of XPath is to the compiler."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from kiosk.forms.xpath.ast import Tree
from kiosk.forms.xpath.context import Closure
from kiosk.forms.xpath.values import number_to_text, text_to_number, to_boolean, to_number, to_text


class Compiled(NamedTuple):
    """A closure and the static kind of its result: num, str, date, bool, nodes or any.

    ``text`` is set for a single question of the form: its value without the detour over a list.
    """

    kind: str
    run: Closure
    text: Closure | None = None


Compile = Callable[[Tree], Compiled]


@dataclass(frozen=True)
class Function:
    """A function: how many arguments, of which kinds, and what runs.

    ``params`` has a letter per argument, the last one repeats: s text, n number, b boolean, N nodes,
    a as it is. ``run`` gets the converted arguments, after the context where ``context`` is set.
    ``build`` is used instead where arguments are not simply evaluated first.
    """

    name: str
    least: int
    most: int | None
    params: str
    result: str
    run: Callable[..., Any] | None = None
    context: bool = False
    build: Callable[[Compile, list[Tree]], Compiled] | None = None


def as_text(compiled: Compiled) -> Closure:
    """A closure that gives a text."""
    if compiled.text is not None:
        return compiled.text
    run = compiled.run
    if compiled.kind in ("str", "date"):
        return run
    if compiled.kind == "num":
        return lambda context: number_to_text(run(context))
    return lambda context: to_text(run(context))


def as_number(compiled: Compiled) -> Closure:
    """A closure that gives a number."""
    if compiled.kind == "num":
        return compiled.run
    text = compiled.text
    if text is not None:
        return lambda context: text_to_number(text(context), context.world.zone)
    run = compiled.run
    return lambda context: to_number(run(context), context.world.zone)


def as_boolean(compiled: Compiled) -> Closure:
    """A closure that gives true or false; a question of the form is true when it is answered."""
    if compiled.kind == "bool":
        return compiled.run
    text = compiled.text
    if text is not None:
        return lambda context: text(context) != ""
    run = compiled.run
    return lambda context: to_boolean(run(context))


def call(function: Function, arguments: list[Compiled]) -> Closure:
    """A closure that converts the arguments and runs the function."""
    run = function.run
    assert run is not None, function.name  # noqa: S101 -- registry entries have run or build
    parts = [_convert(argument, _letter(function, place)) for place, argument in enumerate(arguments)]
    if function.context:
        return lambda context: run(context, *[part(context) for part in parts])
    if len(parts) == 1:
        (only,) = parts
        return lambda context: run(only(context))
    if len(parts) == 2:
        first, second = parts
        return lambda context: run(first(context), second(context))
    return lambda context: run(*[part(context) for part in parts])


def _letter(function: Function, place: int) -> str:
    return function.params[min(place, len(function.params) - 1)]


def _convert(argument: Compiled, letter: str) -> Closure:
    if letter == "s":
        return as_text(argument)
    if letter == "n":
        return as_number(argument)
    if letter == "b":
        return as_boolean(argument)
    return argument.run
