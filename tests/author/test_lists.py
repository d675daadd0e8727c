"""The script that makes the place lists, on a small package of its own."""

import csv
import json
import sqlite3
import sys
import types
from pathlib import Path

import pytest

from kiosk.author import lists

LEGACY = [
    ("Thành phố X", "Huyện A", "Xã Một", None, "x", "a", "mot", "01", "001", "00001"),
    ("Thành phố X", "Huyện A", "Xã Hai", '["cu", "xacu"]', "x", "a", "hai", "01", "001", "00002"),
    ("Thành phố X", "Huyện Đảo", None, None, "x", "dao", None, "01", "002", None),
]
CONVERTER = {
    "DICT_PROVINCE_WARD_NO_DIVIDED": {"x": {"phuongp": ["x_a_mot"], "dackhud": ["x_dao_"]}},
    "DICT_PROVINCE_WARD_DIVIDED": {"x": {"x_a_hai": [{"newWardKey": "phuongq"}, {"newWardKey": "phuongp"}]}},
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    data = tmp_path / "vietnamadminunits" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").write_text("raise RuntimeError('its code is not run')", encoding="utf-8")
    (data / "converter_2025.json").write_text(json.dumps(CONVERTER), encoding="utf-8")
    units = sqlite3.connect(data / "dataset.db")
    units.execute("CREATE TABLE admin_units (provinceCode, province, wardCode, ward, provinceKey, wardKey)")
    units.executemany(
        "INSERT INTO admin_units VALUES ('01', 'Thành phố X', ?, ?, 'x', ?)",
        [
            ("00009", "Phường P", "phuongp"),
            ("00005", "Phường Q", "phuongq"),
            ("00007", "Đặc khu D", "dackhud"),
        ],
    )
    units.execute(
        "CREATE TABLE admin_units_legacy (province, district, ward, wardAlias, provinceKey, districtKey,"
        " wardKey, provinceCode, districtCode, wardCode)"
    )
    units.executemany(f"INSERT INTO admin_units_legacy VALUES ({','.join('?' * 10)})", LEGACY)
    units.commit()
    units.close()
    return tmp_path


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_lists_are_written(package: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(str(package))
    names = {"VN": "Việt Nam", "LA": "Lào", "AT": "Áo", "AQ": "Nam Cực", "001": "Thế giới"}
    locale = types.SimpleNamespace(territories=names)
    monkeypatch.setitem(sys.modules, "babel", types.SimpleNamespace(Locale=lambda _: locale))
    out = tmp_path / "out"
    out.mkdir()
    assert lists.main(["--out", str(out)]) == 0
    assert rows(out / "tinh.csv") == [["name", "label"], ["01", "Thành phố X"]]
    assert rows(out / "xa.csv")[1:] == [
        ["00005", "Phường Q", "01"],
        ["00007", "Đặc khu D", "01"],
        ["00009", "Phường P", "01"],
    ]
    assert rows(out / "xa_cu.csv")[1:] == [
        ["Thành phố X", "Huyện A", "Xã Một", "", "00009"],
        ["Thành phố X", "Huyện A", "Xã Hai", "cu xacu", "00005"],
        ["Thành phố X", "Huyện A", "Xã Hai", "cu xacu", "00009"],
        ["Thành phố X", "Huyện Đảo", "", "", "00007"],
    ]
    assert rows(out / "quoc_tich.csv")[1:] == [["VN", "Việt Nam"], ["AT", "Áo"], ["LA", "Lào"]]


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(lists.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SystemExit, match="vietnamadminunits is not installed"):
        lists.main(["--out", str(tmp_path)])
