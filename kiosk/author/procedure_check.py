"""Whether ``procedure.toml`` names questions that its form really asks, each mistake with file and line."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk.catalogue.amounts import AMOUNT
from kiosk.catalogue.bad_content import BadContentError, read_toml, refuse
from kiosk.catalogue.procedures import load_procedure
from kiosk.catalogue.tables import load_table

Place = tuple[str | int, ...]
_IN_CHECKS = ("question", "at", "other", "on")
_CONDITIONS = ("when", "unless", "same_as")


def problems_of(path: Path, form: Mapping[str, Any], amounts: Collection[str] = ()) -> list[BadContentError]:
    """What is wrong with a ``procedure.toml`` beside its compiled form; the first one only if it cannot be
    read at all. ``amounts`` are the keys that ``{amount:…}`` may name."""
    try:
        procedure = load_procedure(path, load_table(path.parents[1] / "sources.toml").pairs())
    except BadContentError as error:
        return [error]
    found = []
    if procedure.form_id != form["id"]:
        found.append(refuse(path, ("form_id",), f"the form beside it is {form['id']}"))
    known = names_of(form)
    raw = read_toml(path)
    for place, name in questions_named(raw):
        if name not in known:
            found.append(refuse(path, place, f"the form has no question {name}"))
    for place, key in amounts_named(raw):
        if key not in amounts:
            found.append(refuse(path, place, f"there is no amount {key}"))
    return found


def amounts_named(raw: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """Every amount that a fact names, with the place where it does."""
    for name in ("fee", "time_limit", "result"):
        facts = raw.get(name, ())
        for number, fact in enumerate([facts] if isinstance(facts, Mapping) else facts):
            place: Place = (name, "text") if isinstance(facts, Mapping) else (name, number, "text")
            for key in AMOUNT.findall(fact.get("text", "")):
                yield place, key


def names_of(form: Mapping[str, Any]) -> frozenset[str]:
    """The names of a compiled form's questions and of the groups around them (``me_giay_to``)."""
    names = {item["as"] for item in form["items"] if "as" in item}
    return frozenset(names | {name.rpartition(".")[0] for name in names if "." in name})


def questions_named(raw: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    """Every question that a ``procedure.toml`` names, with the place where it does."""
    yield from _pairs(raw.get("agency", {}), ("agency",))
    for number, person in enumerate(raw.get("persons", ())):
        yield from _pairs(person.get("fields", {}), ("persons", number, "fields"))
    for number, check in enumerate(raw.get("checks", ())):
        for key in _IN_CHECKS:
            if key in check:
                yield ("checks", number, key), check[key]
    for number, reason in enumerate(raw.get("return_reasons", ())):
        by, _, name = reason["checked_by"].partition(":")
        if by == "form":
            yield ("return_reasons", number, "checked_by"), name
    for table in ("papers", "persons", "checks", "return_reasons"):
        yield from _conditions(raw.get(table, ()), table)


def _conditions(rows: Collection[Mapping[str, Any]], table: str) -> Iterator[tuple[Place, str]]:
    for number, row in enumerate(rows):
        for key in _CONDITIONS:
            if key in row:
                yield (table, number, key, "question"), row[key]["question"]


def _pairs(table: Mapping[str, str], place: Place) -> Iterator[tuple[Place, str]]:
    for key, name in table.items():
        yield (*place, key), name
