"""The declaration: pages, sources, relevance, errors, saving, coming back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kiosk.desk import fill
from kiosk.desk.fill import Filling
from kiosk.domain.dossier import Source
from kiosk.domain.errors import WorldError
from kiosk.storage import drafts
from tests.support.typing import key, type_vi
from tests.ui.visit.steps import FATHER, Visitor, settle
from ui.screens.saver import PAUSE
from ui.widgets.question_box import QuestionBox


def filling(visitor: Visitor) -> Filling:
    found = visitor.shell.visit.filling
    assert found is not None
    return found


def kept(visitor: Visitor) -> dict[str, str]:
    """What is on the disk now."""
    again = fill.open_filling(visitor.desk, filling(visitor).dossier)
    return {name: again.value(name) for name in again.sources}


def turn_to(visitor: Visitor, question: str) -> None:
    """Go on, leaving things open, until a question can be seen."""
    while not visitor.sees(f"q:{question}"):
        visitor.press("primary")
        if visitor.errors():
            visitor.press("do:later")


def test_the_commune_of_the_point_stands_there_already(visitor: Visitor) -> None:
    visitor.open_form()
    box = visitor.question("kinh_gui.xa")
    assert (
        visitor.text("edit", box)
        == visitor.desk.content.places.ward(filling(visitor).value("kinh_gui.xa")).name
    )
    assert "xã của điểm" in visitor.text("source", box)


def test_a_card_fills_the_requester_and_says_so(visitor: Visitor) -> None:
    visitor.open_form_with_cards()
    turn_to(visitor, "yc_ho_ten")
    assert visitor.text("edit", visitor.question("yc_ho_ten")) == "Nguyễn Thị Bưởi"
    assert "từ thẻ" in visitor.text("source", visitor.question("yc_ho_ten"))
    number = visitor.question("yc_giay_to.so")
    assert visitor.text("edit", number) == "048 190 001234"


def test_a_requester_who_is_the_mother_fills_the_mother(visitor: Visitor) -> None:
    visitor.open_form_with_cards()
    turn_to(visitor, "yc_quan_he.chon")
    visitor.answer("yc_quan_he.chon", "me")
    turn_to(visitor, "loai_khai_sinh")
    visitor.answer("loai_khai_sinh", "ca_cha_lan_me")
    turn_to(visitor, "me_ho_ten")
    assert visitor.text("edit", visitor.question("me_ho_ten")) == "Nguyễn Thị Bưởi"
    assert "cùng một người" in visitor.text("source", visitor.question("me_ho_ten"))


def test_typing_over_a_filled_answer_takes_its_mark_away(visitor: Visitor) -> None:
    visitor.open_form_with_cards()
    turn_to(visitor, "yc_ho_ten")
    visitor.write(visitor.look("edit", visitor.question("yc_ho_ten")), "Nguyễn Thị Bưởi Bưởi")
    assert not visitor.sees("source", visitor.question("yc_ho_ten"))
    assert filling(visitor).sources["yc_ho_ten"] is Source.TYPED


def test_a_page_with_gaps_says_so_at_the_top_and_beside_each_field(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_ho_ten")
    visitor.press("primary")
    assert "yc_ho_ten" in visitor.errors()
    box = visitor.question("yc_ho_ten")
    assert visitor.text("problem", box)
    assert visitor.look("edit", box).property("problem")
    assert visitor.look("error:yc_ho_ten").hasFocus()


def test_a_line_of_the_summary_leads_to_its_field(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_giay_to.so")
    visitor.press("primary")
    visitor.press("error:yc_giay_to.so")
    assert visitor.look("edit", visitor.question("yc_giay_to.so")).hasFocus()


def test_nothing_is_complained_about_before_the_person_tries_to_go_on(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_ho_ten")
    visitor.answer("yc_giay_to.so", "12")
    assert visitor.errors() == {}
    assert not visitor.sees("do:later")


def test_a_mended_answer_loses_its_mark_at_once(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_ho_ten")
    visitor.press("primary")
    visitor.answer("yc_ho_ten", "Nguyễn Thị Bưởi")
    assert "yc_ho_ten" not in visitor.errors()
    assert not visitor.sees("problem", visitor.question("yc_ho_ten"))


def test_later_goes_on_and_loses_nothing(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_ho_ten")
    visitor.answer("yc_giay_to.so", "201345678")
    visitor.press("primary")
    visitor.press("do:later")
    assert not visitor.sees("q:yc_ho_ten")
    visitor.press("back")
    assert visitor.text("edit", visitor.question("yc_giay_to.so")) == "201 345 678"


def test_an_old_number_in_the_box_of_twelve_gets_the_sentence_that_helps(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_giay_to.so")
    visitor.answer("yc_giay_to.loai", "can cuoc cong dan")
    visitor.answer("yc_giay_to.so", "201345678")
    visitor.press("primary")
    assert "12 chữ số" in visitor.errors()["yc_giay_to.so"]


@pytest.mark.parametrize(
    ("day", "words"), [("31/02/2026", "không có trong lịch"), ("01/01/2030", "sau ngày hôm nay")]
)
def test_a_birth_date_that_cannot_be_is_refused_in_words(visitor: Visitor, day: str, words: str) -> None:
    visitor.open_form()
    turn_to(visitor, "tre_ngay_sinh")
    visitor.answer("tre_ngay_sinh", day)
    visitor.press("primary")
    assert words in visitor.errors()["tre_ngay_sinh"]
    assert visitor.text("year", visitor.question("tre_ngay_sinh")) == day[-4:]


def test_questions_come_and_go_with_the_answers_and_the_focus_stays(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_quan_he.chon")
    assert not visitor.sees("q:yc_quan_he.khac")
    visitor.answer("yc_quan_he.chon", "khac")
    chosen = visitor.look("choice:khac", visitor.question("yc_quan_he.chon"))
    assert visitor.sees("q:yc_quan_he.khac")
    assert chosen.hasFocus()
    visitor.answer("yc_quan_he.khac", "ông nội")
    visitor.answer("yc_quan_he.chon", "me")
    assert not visitor.sees("q:yc_quan_he.khac")
    visitor.answer("yc_quan_he.chon", "khac")
    assert visitor.text("edit", visitor.question("yc_quan_he.khac")) == "ông nội"


def test_pages_come_and_go_with_the_answers(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "loai_khai_sinh")
    before = visitor.text("title")
    visitor.answer("loai_khai_sinh", "chua_xac_dinh_cha")
    turn_to(visitor, "cap_ban_sao")
    assert before != visitor.text("title")
    assert "cha_ho_ten" not in kept(visitor)
    assert not any("trang_cha" in page.name for page in filling(visitor).session.screens())


def test_the_province_decides_which_communes_are_offered(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "tre_que_quan.xa")
    visitor.answer("tre_que_quan.tinh", "ha noi")
    visitor.answer("tre_que_quan.xa", "ba dinh")
    ward = visitor.desk.content.places.ward(filling(visitor).value("tre_que_quan.xa"))
    assert "Ba Đình" in ward.name
    assert ward.province == filling(visitor).value("tre_que_quan.tinh")


def test_an_odd_number_is_pointed_out_and_holds_nobody_up(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_ho_ten")
    visitor.answer("yc_ho_ten", "Nguyễn Thị Bưởi")
    visitor.answer("yc_ngay_sinh", "12/03/1988")
    visitor.answer("yc_giay_to.loai", "can cuoc cong dan")
    visitor.answer("yc_giay_to.so", "048190001234")
    assert "Năm sinh trong số này khác" in visitor.text("warning", visitor.question("yc_giay_to.so"))
    visitor.press("primary")
    assert not visitor.sees("q:yc_ho_ten")


def test_an_answer_is_on_the_disk_soon_after_the_last_key(visitor: Visitor, qtbot: QtBot) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_ho_ten")
    type_vi(visitor.look("edit", visitor.question("yc_ho_ten")), "Bưởi")
    assert visitor.text("saved") == visitor.shell.texts("visit.saving")
    assert kept(visitor).get("yc_ho_ten", "") == ""
    qtbot.waitUntil(lambda: kept(visitor).get("yc_ho_ten") == "Bưởi")
    assert visitor.text("saved") == visitor.shell.texts("shell.saved_at", time="09:00")


def test_who_never_pauses_is_saved_all_the_same(visitor: Visitor, qtbot: QtBot) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_ho_ten")
    edit = visitor.look("edit", visitor.question("yc_ho_ten"))
    visitor.write(edit, "")
    for _ in range(100):
        type_vi(edit, "a")
        QTest.qWait(PAUSE // 2)
        if kept(visitor).get("yc_ho_ten", "").startswith("a"):
            break
    else:
        pytest.fail("nothing was saved while a person went on typing")


def test_leaving_a_page_saves_it_at_once(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_ho_ten")
    visitor.answer("yc_ho_ten", "Nguyễn Thị Bưởi")
    visitor.press("do:home")
    assert visitor.screen == "home"
    assert visitor.shell.visit.filling is None


def test_a_draft_opens_where_it_was_left_with_every_answer(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_ho_ten")
    visitor.answer("yc_ho_ten", "Nguyễn Thị Bưởi")
    dossier = filling(visitor).dossier
    visitor.press("do:home")
    visitor.press(f"draft:{dossier}")
    assert visitor.screen == "form"
    assert visitor.text("edit", visitor.question("yc_ho_ten")) == "Nguyễn Thị Bưởi"


def test_what_cannot_be_saved_is_said_and_saved_later(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_ho_ten")

    def full(*_args: object) -> None:
        raise WorldError("disk.full")

    with monkeypatch.context() as broken:
        broken.setattr("kiosk.storage.drafts.save", full)
        visitor.answer("yc_ho_ten", "Nguyễn Thị Bưởi")
        qtbot.waitUntil(lambda: "disk.full" in visitor.errors())
        assert visitor.text("saved") == visitor.shell.texts("visit.not_saved")
    type_vi(visitor.look("edit", visitor.question("yc_ho_ten")), "A")
    qtbot.waitUntil(lambda: visitor.errors() == {})
    assert "Bưởi" in kept(visitor)["yc_ho_ten"]


def test_help_follows_the_question_in_focus(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_giay_to.so")
    visitor.look("edit", visitor.question("yc_giay_to.so")).setFocus()
    question = filling(visitor).session.question("yc_giay_to.so")
    assert visitor.text("help:text") == question.guidance
    assert visitor.text("help:title") == question.label


def test_a_card_can_be_read_in_the_middle_of_the_form(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "loai_khai_sinh")
    visitor.answer("loai_khai_sinh", "ca_cha_lan_me")
    turn_to(visitor, "cha_ho_ten")
    visitor.press("do:card:cha")
    visitor.write(visitor.look("card:text"), FATHER)
    visitor.press("primary")
    visitor.press("primary")
    assert visitor.screen == "form"
    assert visitor.text("edit", visitor.question("cha_ho_ten")) == "Trần Văn Cam"


def test_the_whole_page_can_be_walked_with_the_tab_key(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "yc_ho_ten")
    first = visitor.look("edit", visitor.question("yc_ho_ten"))
    first.setFocus()
    walked = []
    for _ in range(8):
        QTest.keyClick(visitor.shell.window.focusWidget(), Qt.Key.Key_Tab)
        box = _box_of(QApplication.focusWidget())
        if box and box not in walked:
            walked.append(box)
    questions = [name for name in filling(visitor).session.screens()[1].questions if name != "yc_ho_ten"]
    assert walked == questions[: len(walked)]
    assert len(walked) >= 4


def _box_of(widget: QWidget | None) -> str:
    while widget is not None:
        if isinstance(widget, QuestionBox):
            return widget.question.name
        widget = widget.parentWidget()
    return ""


def test_words_that_match_no_choice_stay_and_get_their_own_sentence(visitor: Visitor) -> None:
    visitor.open_form()
    turn_to(visitor, "tre_dan_toc")
    edit = visitor.look("edit", visitor.question("tre_dan_toc"))
    visitor.write(edit, "không có dân tộc này")
    visitor.press("primary")
    assert isinstance(edit, QLineEdit)
    assert edit.text() == "không có dân tộc này"
    assert "danh sách" in visitor.text("problem", visitor.question("tre_dan_toc"))


def test_a_correction_shows_what_the_commune_asked(visitor: Visitor) -> None:
    visitor.open_form()
    dossier = filling(visitor).dossier
    visitor.press("do:home")
    with visitor.desk.database.write() as connection:
        drafts.change(connection, dossier, revision=1, draft=1, sentence="Thiếu ngày cấp.")
    visitor.shell.show("home")
    settle()
    visitor.press(f"draft:{dossier}")
    assert "Thiếu ngày cấp." in visitor.text("asked")
    visitor.shell.show("papers")
    settle()
    assert "Thiếu ngày cấp." in visitor.text("asked")


def test_a_list_left_half_typed_complains_and_keeps_its_words(visitor: Visitor) -> None:
    visitor.prepare()
    visitor.shell.show("form", question="tre_dan_toc")
    settle()
    visitor.write(visitor.look("edit", visitor.question("tre_dan_toc")), "xyz")
    assert visitor.errors() == {}
    visitor.look("primary").setFocus()
    settle()
    assert list(visitor.errors()) == ["tre_dan_toc"]
    assert "Chưa chọn được trong danh sách" in visitor.text("problem", visitor.question("tre_dan_toc"))
    visitor.press("primary")
    assert visitor.sees("q:tre_dan_toc")
    visitor.press("do:later")
    visitor.press("back")
    assert visitor.text("edit", visitor.question("tre_dan_toc")) == "xyz"
    visitor.look("primary").setFocus()
    settle()
    assert list(visitor.errors()) == ["tre_dan_toc"]


def test_deleting_the_words_or_picking_ends_the_complaint(visitor: Visitor) -> None:
    visitor.prepare()
    visitor.shell.show("form", question="tre_dan_toc")
    settle()
    edit = visitor.look("edit", visitor.question("tre_dan_toc"))
    visitor.write(edit, "xyz")
    visitor.press("primary")
    assert list(visitor.errors()) == ["tre_dan_toc"]
    visitor.write(edit, "hmong")
    assert visitor.errors() == {}
    assert filling(visitor).value("tre_dan_toc") == "08"
    assert filling(visitor).half_typed == {}


def test_escape_goes_back_a_page_and_enter_goes_on(visitor: Visitor) -> None:
    visitor.open_form()
    first = visitor.text("page")
    key(visitor.shell.window.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert visitor.text("page") != first
    key(visitor.shell.window.focusWidget(), Qt.Key.Key_Escape)
    settle()
    assert visitor.text("page") == first
