"""What came of a tour is judged by what was shown, stored and printed."""

from pathlib import Path

import pytest

from ui.tour.course import NO_OFFICER
from ui.tour.record import Prefilled, Record
from ui.tour.verdict import OK, PROBLEMS, UNEXPECTED, judge, told
from ui.tour.visit import Expectations


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = Record(tmp_path / "out")
    record.facts |= {"seen": ["yc_ho_ten", "yc_noi_cu_tru.tinh"], "printed": "TỜ KHAI ĐĂNG KÝ KHAI SINH"}
    record.prefilled = {
        "yc_ngay_sinh": Prefilled("12/08/1995", "✓ từ thẻ", "1995-08-12"),
        "yc_giay_to.so": Prefilled("048 195 001234", "✓ từ thẻ", "048195001234"),
        "yc_noi_cu_tru.tinh": Prefilled("Thành phố Đà Nẵng", "✓ từ thẻ", "48"),
        "yc_ho_ten": Prefilled("Nguyễn Thị Hoà", "✓ từ thẻ", "Nguyễn Thị Hoà"),
    }
    record.unasked = {"me_noi_cu_tru.xa": "20194"}
    return record


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("yc_ngay_sinh", "12/08/1995"),
        ("yc_ngay_sinh", "12/8/1995"),
        ("yc_ngay_sinh", "1995-08-12"),
        ("yc_giay_to.so", "048195001234"),
        ("yc_giay_to.so", "048 195 001234"),
        ("yc_noi_cu_tru.tinh", "48"),
        ("yc_noi_cu_tru.tinh", "Đà Nẵng"),
        ("yc_noi_cu_tru.tinh", "TP. Đà Nẵng"),
        ("yc_ho_ten", "NGUYỄN THỊ HÒA"),
        ("me_noi_cu_tru.xa", "20194"),
    ],
)
def test_prefilled_as_shown_or_as_stored(record: Record, name: str, value: str) -> None:
    assert judge(Expectations(prefilled={name: value}), record)[0] == OK


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("yc_ngay_sinh", "1995"),
        ("yc_ngay_sinh", "13/08/1995"),
        ("yc_ho_ten", "Nguyen Thi Hoa"),
        ("yc_giay_to.so", "48195001234"),
        ("cha_ho_ten", "Trần Văn Cam"),
        ("yc_ho_ten", ""),
    ],
)
def test_what_was_not_prefilled_so(record: Record, name: str, value: str) -> None:
    status, why = judge(Expectations(prefilled={name: value}), record)
    assert status == UNEXPECTED
    assert name in why


def test_hidden_by_question_and_by_group(record: Record) -> None:
    assert judge(Expectations(hidden=["gcnkh_so", "cha_giay_to"]), record)[0] == OK
    assert judge(Expectations(hidden=["yc_noi_cu_tru"]), record)[0] == UNEXPECTED
    assert judge(Expectations(hidden=["yc_ho_ten"]), record)[0] == UNEXPECTED


def test_problems_by_question_and_by_group(record: Record) -> None:
    record.problems = {"me_giay_to.so": "Số định danh có 12 chữ số."}
    assert judge(Expectations(problems=["me_giay_to"]), record)[0] == PROBLEMS
    assert judge(Expectations(problems=["me_giay_to.so"]), record)[0] == PROBLEMS
    assert judge(Expectations(problems=["cha_giay_to"]), record)[0] == UNEXPECTED
    assert judge(Expectations(), record)[0] == PROBLEMS


def test_what_was_left_out_is_told_beside_every_verdict(record: Record) -> None:
    record.remarks.append(NO_OFFICER)
    for expected in (Expectations(), Expectations(hidden=["yc_ho_ten"])):
        status, why = judge(expected, record)
        assert status == (OK if not expected.hidden else UNEXPECTED)
        assert why.endswith(f"; {NO_OFFICER}")


def test_printed_words_stand_in_one_line(record: Record) -> None:
    record.facts["printed"] = "TỜ KHAI\nĐĂNG KÝ  KHAI SINH"
    assert judge(Expectations(printed=["TỜ KHAI ĐĂNG KÝ"]), record)[0] == OK
    status, why = judge(Expectations(printed=["TỜ KHAI KẾT HÔN"]), record)
    assert status == UNEXPECTED
    assert "TỜ KHAI KẾT HÔN" in why


def summary(problems: int) -> dict[str, object]:
    return {
        "dossier": "01a1",
        "slip_code": "NHAP-9MB2-B3A1R", "revision": 1, "state": "queued", "sentence": "dòng một\ndòng hai",
        "portal_code": None, "receipt": {"verified": False}, "prefilled": {}, "files": {},
        "problems": {f"q{n}": "sai\nrồi" for n in range(problems)},
    }  # fmt: skip


def test_at_most_fifteen_lines_each_of_one_line() -> None:
    lines = told(summary(40), Path("out"), "40 problems")
    assert len(lines) <= 15
    assert all("\n" not in line for line in lines)
    assert lines[-1].endswith("40 problems")


def test_a_visit_without_a_dossier_is_told_too() -> None:
    lines = told(summary(0) | {"dossier": None, "state": None, "revision": None}, Path("out"), "as expected")
    assert "None" not in " ".join(lines)


def test_a_receipt_is_told_with_its_number() -> None:
    lines = told(summary(0) | {"receipt": {"verified": True, "number": 7}}, Path("out"), "as expected")
    assert any("số 7" in line for line in lines)


def test_a_paper_is_expected_by_its_own_key_or_with_its_kind(record: Record) -> None:
    record.problems["paper.giay_chung_sinh"] = "bản quét trống"
    for name in ("giay_chung_sinh", "paper.giay_chung_sinh"):
        assert judge(Expectations(problems=[name]), record)[0] == PROBLEMS
    assert judge(Expectations(problems=["giay_khac"]), record)[0] == UNEXPECTED


def test_what_the_far_end_left_undone_is_not_as_expected(record: Record) -> None:
    record.unheard.append("máy chủ xã không trả lời")
    assert judge(Expectations(), record)[0] == UNEXPECTED


def test_things_come_before_questions_and_the_rest_is_counted() -> None:
    problems = {f"cau_hoi_{n}": "thiếu" for n in range(8)} | {"card.yc": "mã đọc được còn thiếu"}
    lines = told(summary(0) | {"problems": problems}, Path("out"), "vướng")
    shown = [line for line in lines if line.startswith("  ")]
    assert shown[0].startswith("  - card.yc")
    assert shown[-1] == "  … và 3 chỗ nữa"
