"""Visits that bend the road: what people bring, refuse, forget and type wrongly."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.domain.dossier import State
from tests.journeys.conftest import MakeBag, MakeStage, nobody
from tests.support.pictures import as_file, jpeg, page, small_pdf
from ui.tour.far import Far
from ui.tour.record import Record
from ui.tour.session import Bag
from ui.tour.visit import CardInVisit, ConsentInVisit, Expectations, PaperInVisit, VisitError

MRZ = ["IDVNM1450000015048145000001<<5", "4501011F9901018VNM<<<<<<<<<<<8", "NGUYEN<<THI<BUOI<<<<<<<<<<<<<<"]


def play_alone(make_stage: MakeStage, bag: Bag) -> Record:
    """Nothing leaves the point in these visits, so there is no hub."""
    return make_stage().play(bag, nobody())


@pytest.mark.parametrize("purpose", ["prepare", "sensitive"])
def test_without_a_needed_consent_nothing_is_begun(
    make_stage: MakeStage, make_bag: MakeBag, purpose: str
) -> None:
    bag = make_bag(consent=ConsentInVisit(**{purpose: False}))
    record = play_alone(make_stage, bag)
    assert list(record.problems) == [f"consent.{purpose}"]
    assert record.facts["dossier"] is None


def test_without_consent_to_send_the_commune_road_is_closed(make_stage: MakeStage, make_bag: MakeBag) -> None:
    record = play_alone(make_stage, make_bag(consent=ConsentInVisit(send_to_commune=False)))
    assert list(record.problems) == ["consent.send_to_commune"]
    assert record.facts["dossier"] is None


def test_practice_is_never_handed_over(make_stage: MakeStage, make_bag: MakeBag) -> None:
    stage = make_stage()
    record = stage.play(make_bag(mode="practice"), nobody())
    assert not record.problems
    assert "BẢN TẬP HUẤN" in record.facts["printed"]
    assert not record.facts["receipt"]["verified"]
    assert record.facts["state"] in (State.DRAFT, State.ERASED, None)
    again = stage.play(make_bag(out="second", hand_over=False), nobody())
    assert not again.problems


def test_a_visit_may_end_before_hand_over(make_stage: MakeStage, make_bag: MakeBag) -> None:
    record = play_alone(make_stage, make_bag(hand_over=False))
    assert record.facts["state"] == State.DRAFT
    assert not record.problems
    assert "TỜ KHAI ĐĂNG KÝ KHAI SINH" in record.facts["printed"]


def test_no_portal_code_yet_leaves_a_draft(make_stage: MakeStage, make_bag: MakeBag) -> None:
    record = play_alone(make_stage, make_bag("visit-birth-portal", portal_code=None))
    assert record.facts["state"] == State.DRAFT
    assert not record.problems


def test_our_slip_code_is_no_portal_code(make_stage: MakeStage, make_bag: MakeBag) -> None:
    record = play_alone(make_stage, make_bag("visit-birth-portal", portal_code="NHAP-ABCD-EFGHJ"))
    assert list(record.problems) == ["portal_code"]
    assert record.facts["state"] == State.DRAFT


def test_bad_scans_are_problems_and_good_ones_stay(
    make_stage: MakeStage, make_bag: MakeBag, tmp_path: Path
) -> None:
    sheets = {
        "one.jpg": jpeg(),
        "two.png": as_file(page(600, 800), "PNG"),
        "three.pdf": small_pdf(2),
        "empty.jpg": b"",
        "text.jpg": "chỉ là chữ".encode(),
        "huge.png": as_file(page(16000, 12000).convert("1"), "PNG"),
    }
    for name, data in sheets.items():
        (tmp_path / name).write_bytes(data)
    papers = [
        PaperInVisit(kind="giay_chung_sinh", files=["one.jpg", "two.png", "three.pdf"]),
        PaperInVisit(kind="giay_to_tuy_than", files=["empty.jpg"]),
        PaperInVisit(kind="giay_to_cu_tru", files=["text.jpg"]),
        PaperInVisit(kind="giay_chung_nhan_ket_hon", files=["huge.png"]),
    ]
    bag = replace_folder(make_bag(papers=papers, signed_sheet=None, cards=[]), tmp_path)
    record = play_alone(make_stage, bag)
    refused = {name for name in record.problems if name.startswith("paper.")}
    assert refused == {"paper.giay_to_tuy_than", "paper.giay_to_cu_tru", "paper.giay_chung_nhan_ket_hon"}


def replace_folder(bag: Bag, folder: Path) -> Bag:
    return Bag(bag.visit, folder, bag.out)


def test_a_paper_that_is_not_asked_for_is_an_error_of_the_file(
    make_stage: MakeStage, make_bag: MakeBag
) -> None:
    papers = [PaperInVisit(kind="giay_bao_tu", files=["birth/giay-chung-sinh.jpg"])]
    with pytest.raises(VisitError, match="giay_bao_tu"):
        play_alone(make_stage, make_bag(papers=papers))


def test_an_answer_to_a_hidden_question_is_an_error_of_the_file(
    make_stage: MakeStage, make_bag: MakeBag
) -> None:
    with pytest.raises(VisitError, match=r"yc_quan_he\.khac"):
        play_alone(make_stage, make_bag(answers={"yc_quan_he.khac": "Bà ngoại"}, expect=Expectations()))


def test_unless_the_file_expects_it_hidden(make_stage: MakeStage, make_bag: MakeBag) -> None:
    expect = Expectations(hidden=["yc_noi_cu_tru"])
    bag = make_bag(answers={"yc_noi_cu_tru.tinh": "Đà Nẵng"}, expect=expect, hand_over=False)
    assert not play_alone(make_stage, bag).problems


def test_a_question_that_does_not_exist_is_named(make_stage: MakeStage, make_bag: MakeBag) -> None:
    with pytest.raises(VisitError, match="tre_ten_goi"):
        play_alone(make_stage, make_bag(answers={"tre_ten_goi": "Bống"}))


def test_a_choice_that_does_not_exist_is_named(make_stage: MakeStage, make_bag: MakeBag) -> None:
    with pytest.raises(VisitError, match="tre_gioi_tinh"):
        play_alone(make_stage, make_bag(answers={"tre_gioi_tinh": "Không rõ"}))


def test_words_that_no_list_has_stay_a_problem(make_stage: MakeStage, make_bag: MakeBag) -> None:
    record = play_alone(make_stage, make_bag(answers={"tre_noi_sinh.xa": "Xã Không Có"}))
    assert list(record.problems) == ["tre_noi_sinh.xa"]
    assert record.facts["state"] == State.DRAFT


def test_a_card_that_cannot_be_read_is_a_problem(make_stage: MakeStage, make_bag: MakeBag) -> None:
    cards = [CardInVisit(role="yc", text="048195001234||Nguyễn"), CardInVisit(role="me", mrz=MRZ)]
    record = play_alone(make_stage, make_bag(cards=cards))
    assert "card.yc" in record.problems
    assert "card.me" not in record.problems
    assert record.prefilled["me_giay_to.so"].stored == "048145000001"


def test_nobody_has_this_role(make_stage: MakeStage, make_bag: MakeBag) -> None:
    visit = make_bag().visit
    cards = [replace(visit.cards[0], role="ong_noi")]
    with pytest.raises(VisitError, match="ong_noi"):
        play_alone(make_stage, make_bag(cards=cards))


def test_a_search_that_finds_nothing(make_stage: MakeStage, make_bag: MakeBag) -> None:
    with pytest.raises(VisitError, match="find_by"):
        play_alone(make_stage, make_bag(find_by="xây nhà máy điện"))


ODD_WAYS = {
    "yc_ho_ten": "Nguyễn Thị Hoà",
    "yc_ngay_sinh": 1950,
    "yc_giay_to.loai": "Chứng minh nhân dân",
    "yc_giay_to.so": "201234567",
    "yc_giay_to.ngay_cap": "2010-5-3",
    "yc_giay_to.noi_cap": "Công an thành phố Đà Nẵng",
    "yc_quan_he.chon": "Khác",
    "yc_quan_he.khac": "Bà ngoại",
    "yc_noi_cu_tru.loai_cu_tru": 1,
    "yc_noi_cu_tru.tinh": "TP. Đà Nẵng",
    "yc_noi_cu_tru.xa": "X. Hoà Vang",
    "me_ho_ten": "Trần Thị Na",
    "me_ngay_sinh": "5/10/1999",
    "me_giay_to.loai": "9",
    "me_giay_to.so": "048 199 001235",
    "me_noi_cu_tru.tinh": "48",
    "me_noi_cu_tru.xa": "Phường Hải Vân",
    "me_dan_toc": "01",
    "me_quoc_tich": "VN",
    "cha_ho_ten": "Lê Văn Ổi",
    "cha_ngay_sinh": "1995",
    "cha_giay_to.loai": "Thẻ căn cước",
    "cha_giay_to.so": "048095001236",
    "cha_noi_cu_tru.tinh": "da nang",
    "cha_noi_cu_tru.xa": "Hòa Vang",
    "tre_ngay_sinh": "5/10/2026",
    "tre_gioi_tinh": "nữ",
    "cha_me_ket_hon": True,
    "gcnkh_ngay": "14022024",
    "cap_ban_sao": True,
    "so_ban_sao": 2.0,
}


def test_people_write_in_many_ways(make_stage: MakeStage, make_bag: MakeBag) -> None:
    stage = make_stage()
    record = stage.play(make_bag(cards=[], answers=ODD_WAYS, hand_over=False), nobody())
    assert not record.problems
    for text in ("NGUYỄN THỊ HOÀ", "201234567", "Bà ngoại"):
        assert text.casefold() in record.facts["printed"].casefold()


def test_what_cannot_be_is_said_and_kept(make_stage: MakeStage, make_bag: MakeBag) -> None:
    wrong = {
        "yc_ho_ten": "Nguyễn Thị Bưởi",
        "yc_ngay_sinh": "1/1/2030",
        "yc_giay_to.loai": "Căn cước công dân",
        "yc_giay_to.so": "201234567",
        "tre_ngay_sinh": "31/02/2026",
        "so_ban_sao": "hai",
    }
    cards = [make_bag().visit.cards[1]]
    record = play_alone(make_stage, make_bag(cards=cards, answers=wrong))
    assert {"yc_ngay_sinh", "yc_giay_to.so", "tre_ngay_sinh", "so_ban_sao"} <= set(record.problems)
    assert "12 chữ số" in record.problems["yc_giay_to.so"]
    assert record.facts["state"] == State.DRAFT


def test_the_result_reaches_the_point(make_stage: MakeStage, make_bag: MakeBag, hub: Far) -> None:
    bag = make_bag(
        officer="result",
        officer_note="Mời đến nhận.",
        mode="citizen",
        officer_file="birth/giay-chung-sinh.jpg",
    )
    record = make_stage(access=hub.access).play(bag, hub.commune)
    assert record.facts["state"] == State.RESULT_READY
    assert record.facts["sentence"] == "Mời đến nhận."
