"""``hamlet-forms open FILE``: what is in a form, as JSON; for any XForm or workbook."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from kiosk.author.check import Checked, check
from kiosk.author.words import Words
from kiosk.forms.xpath.registry import EXCLUDED
from kiosk.packs.content import assets_folder


def add_commands(subparsers: Any, words: Words) -> None:
    """Register ``open``; it sets ``run``."""
    parser = subparsers.add_parser("open", help=words.vietnamese("forms.cli.open"))
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.set_defaults(run=lambda options: max(_open(path, words) for path in options.files))


def _open(path: Path, words: Words) -> int:
    try:
        checked = check(path, [assets_folder() / "lists"])
    except OSError as error:
        print(json.dumps({"file": str(path), "loads": False, "why": [str(error)]}, ensure_ascii=False))
        return 1
    print(json.dumps(facts(path, checked, words), ensure_ascii=False, indent=2))
    return 0 if checked.runs else 1


def facts(path: Path, checked: Checked, words: Words) -> dict[str, Any]:
    """Counts, functions, size; why a form does not load, and what its author should look at."""
    obstacles = checked.obstacles
    notes = [one for one in checked.findings if one not in obstacles]
    found: dict[str, Any] = {
        "file": str(path),
        "loads": checked.runs,
        "why": [words.line(one, path.name, checked.places) for one in obstacles],
        "notes": [words.line(one, path.name, checked.places) for one in notes],
        "bytes": path.stat().st_size,
    }
    if checked.compiled is not None:
        found |= _counts(checked.compiled.form)
        functions = dict(sorted(checked.compiled.functions.items()))
        found["functions"] = functions
        found["excluded_functions"] = sorted(EXCLUDED & set(functions))
    return found


def _counts(form: dict[str, Any]) -> dict[str, Any]:
    kinds = Counter(item["kind"] for item in form["items"][1:])
    asked = Counter(item["kind"] for item in form["items"] if item.get("asked"))
    return {
        "id": form["id"],
        "version": form["version"],
        "title": form["title"],
        "languages": form["languages"],
        "questions": sum(asked.values()),
        "kinds": dict(sorted(asked.items())),
        "groups": kinds["group"],
        "repeats": kinds["repeat"],
        "choices": sum(map(_choices, form["items"])) + sum(map(_rows, form["instances"].values())),
        "rules": dict(sorted(Counter(rule[0] for rule in form["rules"]).items())),
        "compiled_bytes": len(json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode()),
    }


def _choices(item: dict[str, Any]) -> int:
    return len(item.get("choices", {}).get("items", ()))


def _rows(instance: dict[str, Any]) -> int:
    return len(instance.get("rows", ()))
