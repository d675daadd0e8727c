"""The zstd dictionary of a form version: what its dossiers will say again and again, put down beforehand."""

import tomllib
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.dossier import Answer, Source
from kiosk.domain.paper import SealedPaper
from kiosk.envelope.payload import Payload, to_json

_Item = Mapping[str, Any]
_HEADER = b'{"format":"thon-envelope-1","point_key":"","signature":""}\n'
_PAPER = SealedPaper("to_khai_da_ky", "application/pdf", 1, "", "", 0)
_CONSENT = Consent(frozenset(Purpose) - {Purpose.CONTACT}, "2026-", "2026-", "")
_NUMBER = "_giay_to.so"
_OF_A_CARD = (
    "ho_ten", "ngay_sinh", "giay_to.loai", "giay_to.so", "giay_to.ngay_cap",
    "noi_cu_tru.loai_cu_tru", "noi_cu_tru.tinh", "noi_cu_tru.xa", "noi_cu_tru.chi_tiet",
)  # fmt: skip
"""What a person's group of questions is called in our forms, and a card or an earlier answer fills."""
_PASSES = ((Source.TYPED, 2), (Source.SAME_PERSON, 1), (Source.CARD, 0))
"""How persons are filled, and which choice of each list stands there. The likeliest comes last: what stands
nearest to the end is the cheapest to refer to, and authors name the commonest choice first."""


def dictionary(form: _Item, sentences: Sequence[str] = ()) -> bytes:
    """A raw zstd dictionary: envelopes of this form as they go on the wire, filled as they usually are.

    ``sentences`` are what a volunteer may have confirmed. The same form and sentences give the same bytes.
    """
    asked = [
        item for item in form["items"] if "as" in item and item["kind"] not in ("group", "repeat", "note")
    ]
    persons = [item["as"].removesuffix(_NUMBER) for item in asked if item["as"].endswith(_NUMBER)]
    filled = [
        Answer(item["as"], _typical(form, item, choice), _source(item, persons, source))
        for source, choice in _PASSES
        for item in asked
    ]
    payload = Payload(
        dossier="", revision=1, procedure="", point="", hamlet="Thôn ", prepared_on="2026-", base_digest="",
        form=form["id"], form_version=form["version"], papers=(_PAPER,), consent=_CONSENT,
        answers=(*_choices(form), *filled),
    )  # fmt: skip
    return "\n".join(sentences).encode() + _HEADER + to_json(payload)


def sentences_of(procedure: Path) -> list[str]:
    """What the checks of a ``procedure.toml`` may ask the volunteer to confirm; none of a file that is not
    there or cannot be read (others refuse it, with file and line)."""
    try:
        content = tomllib.loads(procedure.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return []
    told = [(row, key) for part, key in (("checks", "message"), ("return_reasons", "ask"))
            for row in content.get(part, ())]  # fmt: skip
    return [str(row[key]) for row, key in told if isinstance(row, dict) and key in row]


def _choices(form: _Item) -> list[Answer]:
    """The names of all choices, each with some source."""
    rows = [row for each in form["instances"].values() for row in each.get("rows", ())]
    names = sorted({row.get("name", "") for row in rows})
    return [Answer("", name, source) for name, source in zip(names, cycle(Source), strict=False)]


def _source(item: _Item, persons: Sequence[str], of_persons: Source) -> Source:
    name = item["as"]
    if any(name.removeprefix(f"{person}_") in _OF_A_CARD for person in persons):
        return of_persons
    if name.startswith("kinh_gui"):
        return Source.COMMUNE
    return Source.DEFAULT if item.get("default") else Source.TYPED


def _typical(form: _Item, item: _Item, choice: int) -> str:
    """What an answer of this kind often begins with."""
    if default := item.get("default"):
        return str(default)
    if rows := _rows(form, item):
        return str(rows[min(choice, len(rows) - 1)].get("name", ""))
    return {"date": "2026-", "int": "1"}.get(item["kind"], "")


def _rows(form: _Item, item: _Item) -> Sequence[_Item]:
    """The choices that the form itself holds for a question."""
    nodes = (item.get("choices") or {}).get("nodes")
    tree = str(form["trees"][nodes]) if isinstance(nodes, int) else ""
    named = [each for name, each in form["instances"].items() if f"'instance', ['str', '{name}']" in tree]
    return named[0].get("rows", ()) if named else ()
