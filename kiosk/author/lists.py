"""Build the code lists of ``assets/lists`` from the packages named in ``assets/lists/README.md``.

Run by hand, in an environment that has Babel and vietnamadminunits; a point needs neither:
``python -m kiosk.author.lists --out assets/lists``. Small lists that were typed from the
portal (``dan_toc.csv``, ``giay_to.csv``) are not touched.
"""

import argparse
import csv
import importlib
import importlib.util
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kiosk.domain.folding import fold

_NOT_STATES = (
    "AC AI AQ AS AW AX BL BM BQ BV CC CK CP CQ CW CX DG EA EH EU EZ FK FO GF GG GI GL GP GS GU HM IC IM IO"
    " JE KY MF MP MQ MS NC NF NU PF PM PN PR QO RE SH SJ SX TA TC TF TK UM UN VG VI WF XA XB XK YT ZZ"
)
"""CLDR codes that are no nationality: groups, dependent territories, test locales."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write ``tinh.csv``, ``xa.csv``, ``xa_cu.csv`` and ``quoc_tich.csv`` into a folder."""
    parser = argparse.ArgumentParser(prog="lists", description="Build assets/lists")
    parser.add_argument("--out", type=Path, required=True)
    out: Path = parser.parse_args(arguments).out
    data = _package_data("vietnamadminunits")
    with sqlite3.connect(data / "dataset.db") as units:
        write_list(out / "tinh.csv", ("name", "label"), provinces(units))
        write_list(out / "xa.csv", ("name", "label", "tinh"), wards(units))
        converter = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
        write_list(out / "xa_cu.csv", ("tinh", "huyen", "xa", "ten_khac", "moi"), old_wards(units, converter))
    write_list(out / "quoc_tich.csv", ("name", "label"), countries())
    return 0


def provinces(units: sqlite3.Connection) -> Iterable[tuple[str, ...]]:
    """The 34 provinces of today: two-digit code, name with its kind."""
    return units.execute("SELECT DISTINCT provinceCode, province FROM admin_units ORDER BY 1")


def wards(units: sqlite3.Connection) -> Iterable[tuple[str, ...]]:
    """The 3,321 communes of today: five-digit code, name with its kind, province."""
    return units.execute(
        "SELECT wardCode, ward, provinceCode FROM admin_units ORDER BY provinceCode, wardCode"
    )


def old_wards(units: sqlite3.Connection, converter: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Each ward of before 01/07/2025 with a ward of today; one row for each part of a split ward.

    ``ten_khac`` holds still older names as bare keys, with spaces between them.
    """
    today = {
        (province, ward): code
        for province, ward, code in units.execute("SELECT provinceKey, wardKey, wardCode FROM admin_units")
    }
    successors = _successors(converter)
    query = (
        "SELECT province, district, coalesce(ward, ''), coalesce(wardAlias, '[]'),"
        " provinceKey || '_' || districtKey || '_' || coalesce(wardKey, '')"
        " FROM admin_units_legacy ORDER BY provinceCode, districtCode, wardCode"
    )
    for province, district, ward, alias, key in units.execute(query):
        names = " ".join(sorted(set(json.loads(alias))))
        for code in sorted(today[new] for new in successors[key]):
            yield province, district, ward, names, code


def countries() -> list[tuple[str, str]]:
    """Nationalities by ISO 3166-1 code with their Vietnamese names from CLDR; Việt Nam first."""
    names: Mapping[str, str] = importlib.import_module("babel").Locale("vi").territories
    codes = [code for code in names if len(code) == 2 and code.isalpha() and code not in _NOT_STATES.split()]
    collated = sorted(codes, key=lambda code: (code != "VN", fold(names[code])))
    return [(code, names[code]) for code in collated]


def write_list(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write one list as CSV in UTF-8 with ``\\n``, so that it diffs."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _successors(converter: Mapping[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Old key (province_district_ward) → today's (province key, ward key) pairs."""
    successors: dict[str, list[tuple[str, str]]] = {}
    for province, merged in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, old_keys in merged.items():
            for old in old_keys:
                successors.setdefault(old, []).append((province, ward))
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            successors.setdefault(old, []).extend((province, part["newWardKey"]) for part in parts)
    return successors


def _package_data(name: str) -> Path:
    """The data folder of an installed package, without running its code."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is not installed; see assets/lists/README.md")
    return Path(spec.origin).parent / "data"


if __name__ == "__main__":
    sys.exit(main())
