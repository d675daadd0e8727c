"""The layouts that procedures print from, found and checked against the forms when a pack is loaded."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kiosk.catalogue.bad_content import BadContentError, refuse
from kiosk.catalogue.prints import Print
from kiosk.catalogue.procedures import Procedure
from kiosk.packs.compiled_forms import Forms, newest_version


def layouts_of(folder: Path, procedures: Iterable[Procedure]) -> dict[str, Path]:
    """The layout files below the folder of procedures, by their names in ``Print.layout``.

    Raises ``BadContentError`` with the line of the print that names a file which is not there.
    """
    found: dict[str, Path] = {}
    for procedure in procedures:
        for number, one in enumerate(procedure.prints):
            if not one.layout:
                continue
            path = folder / f"{one.layout}.md"
            if not path.is_file():
                place = ("prints", number, "layout")
                raise refuse(_file(folder, procedure), place, f"there is no layout {one.layout}.md")
            found[one.layout] = path
    return found


def check_form(folder: Path, procedure: Procedure, forms: Forms) -> None:
    """Every procedure has a form, and prints only what that form asks; ``BadContentError``."""
    if not any(form_id == procedure.form_id for form_id, _ in forms):
        raise BadContentError(_file(folder, procedure), 1, f"no compiled form {procedure.form_id}")
    newest = newest_version(forms, procedure.form_id)
    check_prints(folder, procedure, forms[procedure.form_id, newest])


def check_prints(folder: Path, procedure: Procedure, form: Mapping[str, Any]) -> None:
    """Refuse a print that names a question or page which the compiled form, or the layout, does not have."""
    items = [item for item in form.get("items", ()) if isinstance(item, Mapping)]
    names = frozenset(str(item["as"]) for item in items if "as" in item)
    if not names:  # no form that could be opened: whoever opens it says so
        return
    groups = frozenset(str(item.get("name")) for item in items)
    for number, one in enumerate(procedure.prints):
        for key, question in one.questions():
            if not _is_known(question, names):
                raise _refusal(folder, procedure, number, key, f"the form has no question {question}")
        for page in one.pages:
            if page not in groups:
                raise refuse(
                    _file(folder, procedure), ("prints", number, "pages"), f"the form has no page {page}"
                )
        _check_layout(folder, procedure, number, one)


def _check_layout(folder: Path, procedure: Procedure, number: int, one: Print) -> None:
    """The left side of ``answers`` names blanks of the layout (a clerk's slip would print nothing there)."""
    if not one.answers:
        return
    text = (folder / f"{one.layout}.md").read_text(encoding="utf-8")
    for name in one.answers:
        start = re.escape(name.removesuffix("*"))
        end = "" if name.endswith("*") else r"(?![a-z0-9_])"
        if not re.search(rf"(?<![a-z0-9_.]){start}{end}", text):
            raise _refusal(folder, procedure, number, name, f"the layout {one.layout} has no blank {name}")


def _refusal(folder: Path, procedure: Procedure, number: int, key: str, why: str) -> BadContentError:
    inner = ("when",) if key == "when" else ("answers", *key.split("."))
    return refuse(_file(folder, procedure), ("prints", number, *inner), why)


def _file(folder: Path, procedure: Procedure) -> Path:
    return folder / procedure.slug / "procedure.toml"


def _is_known(name: str, names: frozenset[str]) -> bool:
    """A question, a group (its parts begin so), or all that begin so (``me_*``)."""
    if name.endswith("*"):
        return any(each.startswith(name[:-1]) for each in names)
    return name in names or any(each.startswith(f"{name}.") for each in names)
