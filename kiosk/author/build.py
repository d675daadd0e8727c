"""Compiles the forms of ``assets/procedures`` into what a point loads."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from kiosk.author.compiler import compile_xform
from kiosk.author.dictionary import dictionary, sentences_of
from kiosk.author.findings import Finding, FormError
from kiosk.author.source import xform_of
from kiosk.catalogue.bad_content import BadContentError
from kiosk.packs.compiled_catalogue import NAME, write_compiled
from kiosk.packs.compiled_forms import key_of


def build(procedures: Path, out: Path) -> list[str]:
    """Compile every form, and the catalogue with them; returns ``<id>-<version>`` of each form.

    Raises ``FormError`` for a form with mistakes.
    """
    (out / "forms").mkdir(parents=True, exist_ok=True)
    (out / "dictionaries").mkdir(parents=True, exist_ok=True)
    names: list[str] = []
    made: dict[str, bytes] = {}
    for path in sorted(procedures.glob("*/form.md")):
        form = compile_xform(xform_of(path), [path.parent])
        name = f"{form['id']}-{form['version']}"
        if key_of(name) is None:
            raise FormError([Finding("build_name", column="form_id", params={"name": name})])
        made[f"forms/{name}.json"] = json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode()
        made[f"dictionaries/{name}.zdict"] = dictionary(form, sentences_of(path.with_name("procedure.toml")))
        names.append(name)
    for place, content in made.items():
        (out / place).write_bytes(content)
    index = {"forms": names, "files": {place: _digest(content) for place, content in made.items()}}
    (out / "index.json").write_text(json.dumps(index, indent=1), encoding="utf-8")
    _compile_catalogue(procedures, out)
    return names


def _compile_catalogue(procedures: Path, out: Path) -> None:
    """A catalogue with a mistake is not compiled: it is read as it stands, and refused with file and line."""
    (out / NAME).unlink(missing_ok=True)
    with suppress(BadContentError):
        write_compiled(procedures, out)


def _digest(content: bytes) -> dict[str, Any]:
    return {"length": len(content), "sha256": hashlib.sha256(content).hexdigest()}
