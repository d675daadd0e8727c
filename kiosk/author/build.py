"""Compiles the forms of ``assets/procedures`` into what a point loads."""

import hashlib
import json
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any

from kiosk.author.compiler import compile_xform
from kiosk.author.source import xform_of
from kiosk.catalogue.bad_content import BadContentError
from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.dossier import Answer, Source
from kiosk.domain.paper import SealedPaper
from kiosk.envelope.payload import Payload, to_json
from kiosk.packs.compiled_catalogue import NAME, write_compiled


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
        made[f"forms/{name}.json"] = json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode()
        made[f"dictionaries/{name}.zdict"] = dictionary(form)
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


def dictionary(form: dict[str, Any]) -> bytes:
    """A raw zstd dictionary: a payload of this form as it goes on the wire, with every question answered.

    The same form gives the same bytes. What stands nearest to the end is the cheapest to refer to.
    """
    asked = [
        item for item in form["items"] if "as" in item and item["kind"] not in ("group", "repeat", "note")
    ]
    lists = form["instances"].values()
    names = sorted({row.get("name", "") for each in lists for row in each.get("rows", ())})
    chosen = [Answer("", name, source) for name, source in zip(names, cycle(Source), strict=False)]
    payload = Payload(
        dossier="", revision=1, procedure="", point="", hamlet="", prepared_on="2026-", base_digest="",
        form=form["id"], form_version=form["version"], papers=(_PAPER,), consent=_CONSENT,
        answers=(*chosen, *(Answer(item["as"], _typical(item), Source.TYPED) for item in asked)),
    )  # fmt: skip
    return to_json(payload)


_PAPER = SealedPaper("to_khai_da_ky", "application/pdf", 1, "", "", 0)
_CONSENT = Consent(frozenset(Purpose), "", "2026-", "")


def _typical(item: dict[str, Any]) -> str:
    """What an answer of this kind often begins with."""
    return str(item.get("default", "")) or {"date": "2026-", "int": "1"}.get(item["kind"], "")
