"""XForms written by hand, in the manners of the field that pyxform never writes."""

import json
from collections.abc import Mapping
from pathlib import Path

from kiosk.author.check import Checked, check
from kiosk.author.try_session import lists_in
from kiosk.domain.clock import SystemClock
from kiosk.forms import Session, load_form

_NAMESPACES = (
    'xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"'
    ' xmlns:odk="http://www.opendatakit.org/xforms"'
)


def xform(nodes: str, model: str = "", body: str = "", itext: str = "", before: str = "") -> str:
    """A form with these nodes below ``/data``."""
    return (
        f"{before}<h:html {_NAMESPACES}><h:head><h:title>T</h:title><model>{itext}<instance>"
        f'<data id="d">{nodes}</data></instance>{model}</model></h:head><h:body>{body}</h:body></h:html>'
    )


def asked(address: str, inside: str = "", by: str = "ref") -> str:
    """An input, addressed by a path or by the id of a bind."""
    return f'<input {by}="{address}"><label>L</label>{inside}</input>'


def bind(path: str, rules: str = "") -> str:
    return f'<bind nodeset="{path}" {rules}/>'


def checked(folder: Path, text: str, beside: Mapping[str, str] | None = None) -> Checked:
    """A form as it is found in a folder, with files beside it."""
    for name, content in (beside or {}).items():
        (folder / name).write_text(content, encoding="utf-8")
    path = folder / "form.xml"
    path.write_text(text, encoding="utf-8")
    return check(path)


def session(folder: Path, text: str, beside: Mapping[str, str] | None = None) -> Session:
    """A session of a form that runs, whatever its author should mend."""
    found = checked(folder, text, beside)
    assert found.runs, found.obstacles
    assert found.compiled is not None
    form = json.loads(json.dumps(found.compiled.form))
    return Session(load_form(form, lists_in([folder])), SystemClock())


def codes(folder: Path, text: str) -> set[str]:
    return {one.code for one in checked(folder, text).findings}
