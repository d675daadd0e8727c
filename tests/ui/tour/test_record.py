"""What a tour leaves: pictures with plain names, a summary, and nothing of an earlier tour."""

import hashlib
import json
from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.tour.record import Prefilled, Record


def test_pictures_are_numbered_and_plainly_named(qtbot: QtBot, tmp_path: Path) -> None:
    record, label = Record(tmp_path), QLabel("Bé")
    qtbot.addWidget(label)
    record.picture(label, "form-Mục C: dân tộc, trước 01/7/2025")
    record.picture(label, "home")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "01-form-muc-c-dan-toc-truoc-01-7-2025.png",
        "02-home.png",
    ]


def test_the_summary_lists_every_file_with_its_digest(tmp_path: Path) -> None:
    record = Record(tmp_path)
    (tmp_path / "01-to-khai.pdf").write_bytes(b"%PDF")
    record.problems["tre_ho_ten"] = "Nhập họ tên của trẻ."
    record.prefilled["yc_ho_ten"] = Prefilled("Bưởi", "✓ từ thẻ", "Bưởi")
    record.facts["state"] = "draft"
    record.step("home")
    record.write()
    summary = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert summary["files"] == {"01-to-khai.pdf": hashlib.sha256(b"%PDF").hexdigest()}
    assert summary["problems"] == {"tre_ho_ten": "Nhập họ tên của trẻ."}
    assert summary["prefilled"]["yc_ho_ten"] == {"value": "Bưởi", "source": "✓ từ thẻ", "stored": "Bưởi"}
    assert summary["state"] == "draft"
    assert set(summary["seconds"]) == {"start", "home"}


def test_an_earlier_tour_is_cleared_away_and_nothing_else(tmp_path: Path) -> None:
    for name in (
        "01-home.png",
        "100-form.png",
        "02-phieu-chuan-bi.pdf",
        "summary.json",
        "mine.png",
        "notes.txt",
    ):
        (tmp_path / name).write_text("x", encoding="utf-8")
    Record(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.png", "notes.txt"]
