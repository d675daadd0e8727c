"""Answers of one interview under the names of another procedure's paper."""

from kiosk.domain.filled_form import FilledEntry, FilledForm
from kiosk.domain.renamed import renamed


def entry(name: str, text: str = "", rows: tuple[FilledForm, ...] = ()) -> FilledEntry:
    return FilledEntry(name, "repeat" if rows else "string", "", text, text, rows)


def form(*entries: FilledEntry) -> FilledForm:
    return FilledForm("lien_thong", "1", entries)


BUNDLE = form(
    entry("tre_ho_ten", "Trần Bé"),
    entry("nc_giay_to.loai", "Căn cước"),
    entry("nc_giay_to.so", "048"),
    entry("ho_ten", "người khác"),
    entry("chu_ho"),
    entry("con", "2", (form(entry("ten", "Cam"), entry("tuoi", "4")), form(entry("ten", "Mận")))),
)


def test_a_question_takes_the_name_of_the_paper_and_the_namesake_gives_way() -> None:
    found = renamed(BUNDLE, {"ho_ten": "tre_ho_ten"})
    assert [one.text for one in found if one.name == "ho_ten"] == ["Trần Bé"]
    assert found.text("tre_ho_ten") == "Trần Bé"


def test_a_group_goes_at_once_and_so_does_everything_that_begins_so() -> None:
    group = renamed(BUNDLE, {"me_giay_to": "nc_giay_to"})
    assert (group.text("me_giay_to.loai"), group.text("me_giay_to.so")) == ("Căn cước", "048")
    assert renamed(BUNDLE, {"me_*": "nc_*"}).text("me_giay_to.so") == "048"


def test_places_stand_in_words_as_inside_a_sentence() -> None:
    places = form(entry("o.xa", "Xã Hòa Vang"), entry("o.tinh", "Thành phố Đà Nẵng"), entry("ten", "Xã Lộ"))
    found = renamed(places, {"noi_dung": "'{ten} tại {o.xa}, {o.tinh}'"})
    assert found.text("noi_dung") == "Xã Lộ tại xã Hòa Vang, thành phố Đà Nẵng"


def test_words_carry_answers() -> None:
    found = renamed(BUNDLE, {"noi_dung": "'Nhập {tre_ho_ten} vào hộ {chu_ho}'", "them": "'theo mẹ'"})
    assert found.text("noi_dung") == "Nhập Trần Bé vào hộ ……"
    assert found.value("them") == "theo mẹ"
    assert renamed(BUNDLE, {"noi_dung": "'Vào hộ {chu_ho}'"}).text("noi_dung") == ""


def test_rows_keep_their_number_and_their_parts_are_renamed() -> None:
    rows = renamed(BUNDLE, {"thanh_vien": "con", "thanh_vien.ho_ten": "con.ten"}).rows("thanh_vien")
    assert [row.text("ho_ten") for row in rows] == ["Cam", "Mận"]
    assert rows[0].text("tuoi") == "4"
    assert [row.text("ho_ten") for row in renamed(BUNDLE, {"con.ho_ten": "con.ten"}).rows("con")] == [
        "Cam", "Mận",
    ]  # fmt: skip


def test_a_name_that_the_interview_does_not_have_leaves_the_blank_dotted() -> None:
    assert renamed(BUNDLE, {"ho_ten": "khong_co"}).text("ho_ten") == ""
    assert renamed(BUNDLE, {}) is BUNDLE
