"""Compiles the forms of ``assets/procedures`` into what a point loads."""

import json
from pathlib import Path
from typing import Any

from pyxform.xls2xform import convert

from kiosk.author.compiler import compile_xform


def build(procedures: Path, out: Path) -> list[str]:
    """Compile every form; returns ``<id>-<version>`` of each; ``FormError`` for one with mistakes."""
    (out / "forms").mkdir(parents=True, exist_ok=True)
    (out / "dictionaries").mkdir(parents=True, exist_ok=True)
    names = []
    for path in sorted(procedures.glob("*/form.md")):
        form = compile_xform(convert(xlsform=path, validate=False).xform)
        name = f"{form['id']}-{form['version']}"
        text = json.dumps(form, ensure_ascii=False, separators=(",", ":"))
        (out / "forms" / f"{name}.json").write_text(text, encoding="utf-8")
        (out / "dictionaries" / f"{name}.zdict").write_bytes(dictionary(form))
        names.append(name)
    (out / "index.json").write_text(json.dumps({"forms": names}), encoding="utf-8")
    return names


def dictionary(form: dict[str, Any]) -> bytes:
    """A raw zstd dictionary: what every payload of this form is made of, the commonest at the end."""
    asked = [
        item["as"] for item in form["items"] if "as" in item and item.get("asked") and item["kind"] != "note"
    ]
    words = [f'["{name}","","typed"],' for name in asked]
    head = {"form": form["id"], "form_version": form["version"]}
    return ("".join(words) + json.dumps(head, separators=(",", ":"))).encode()
