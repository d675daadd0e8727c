"""Rows, moments and other people's cards in a tour, on the real screens."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.tour.answering import answer
from ui.tour.visit import VisitError, covered, load_visit


def visit_file(folder: Path, **answers: Any) -> Path:
    path = folder / "visit.json"
    told = {"version": 1, "procedure": "thuong_tru", "road": "commune", "consent": {}, "answers": answers}
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def test_rows_are_answers_to_numbered_questions(tmp_path: Path) -> None:
    rows = [{"stt": 1, "ho_ten": "Lò Văn A", "nam": 2001}, {"tt": "2", "ho_ten": "Lò Thị B"}]
    visit = load_visit(visit_file(tmp_path, con=rows, chu_ho="Lò Văn C", nhom=["a", "b"], khong=[]))
    assert visit.answers == {
        "con[1].ho_ten": "Lò Văn A",
        "con[1].nam": 2001,
        "con[2].ho_ten": "Lò Thị B",
        "chu_ho": "Lò Văn C",
        "nhom": ["a", "b"],
        "khong": [],
    }


def test_rows_among_choices_are_a_mistake_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(VisitError):
        load_visit(visit_file(tmp_path, con=[{"ho_ten": ["nested"]}]))


@pytest.mark.parametrize(
    ("question", "known"),
    [("con[2].ho_ten", True), ("con", True), ("me.so", True), ("con_dau", False), ("me_ho_ten", False)],
)
def test_a_repeat_or_group_covers_its_questions(question: str, known: bool) -> None:
    assert covered(question, ["con", "me"]) is known


def test_a_moment_is_written_into_its_boxes(qtbot: Any) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    for name in ("day", "month", "year", "hour", "minute"):
        QLineEdit(box).setObjectName(name)
    box.show()
    for _ in answer(box, ["25/11/2026 09:30"]):
        pass
    texts = {edit.objectName(): edit.text() for edit in box.findChildren(QLineEdit)}
    assert texts == {"day": "25", "month": "11", "year": "2026", "hour": "09", "minute": "30"}
