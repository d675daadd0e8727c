"""Compiles the forms of ``assets/procedures`` into what a point loads."""

import hashlib
import json
from pathlib import Path
from typing import Any

from kiosk.author.compiler import compile_xform
from kiosk.author.source import xform_of


def build(procedures: Path, out: Path) -> list[str]:
    """Compile every form; returns ``<id>-<version>`` of each; ``FormError`` for one with mistakes."""
    (out / "forms").mkdir(parents=True, exist_ok=True)
    (out / "dictionaries").mkdir(parents=True, exist_ok=True)
    names: list[str] = []
    made: dict[str, bytes] = {}
    for path in sorted(procedures.glob("*/form.md")):
        form = compile_xform(xform_of(path))
        name = f"{form['id']}-{form['version']}"
        made[f"forms/{name}.json"] = json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode()
        made[f"dictionaries/{name}.zdict"] = dictionary(form)
        names.append(name)
    for place, content in made.items():
        (out / place).write_bytes(content)
    index = {"forms": names, "files": {place: _digest(content) for place, content in made.items()}}
    (out / "index.json").write_text(json.dumps(index, indent=1), encoding="utf-8")
    return names


def _digest(content: bytes) -> dict[str, Any]:
    return {"length": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def dictionary(form: dict[str, Any]) -> bytes:
    """A raw zstd dictionary: what every payload of this form is made of, the commonest at the end."""
    asked = [
        item["as"] for item in form["items"] if "as" in item and item.get("asked") and item["kind"] != "note"
    ]
    words = [f'["{name}","","typed"],' for name in asked]
    head = {"form": form["id"], "form_version": form["version"]}
    return ("".join(words) + json.dumps(head, separators=(",", ":"))).encode()
