"""Which papers the answers ask for, and scans that live only in the encrypted database."""

import hashlib

import pytest

from kiosk.desk import attach_papers, choose, fill, welcome
from kiosk.desk.attach_papers import SIGNED_SHEET, attach, content_of, detach, expected
from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.domain.dossier import Road
from kiosk.domain.errors import WorldError
from kiosk.storage import drafts
from tests.support.pictures import jpeg, small_pdf
from tests.support.visits import ALL_BUT_CONTACT, begin


@pytest.fixture
def filling(desk: Desk) -> Filling:
    return begin(desk)[1]


def keys(desk: Desk, filling: Filling) -> list[str]:
    return [paper.key for paper in expected(desk, filling)]


def test_the_answers_decide_which_papers_are_asked_for(desk: Desk, filling: Filling) -> None:
    assert "giay_chung_sinh" in keys(desk, filling)
    assert "van_ban_uy_quyen" not in keys(desk, filling)
    filling.answer("yc_quan_he.chon", "khac")
    assert "van_ban_uy_quyen" in keys(desk, filling)
    filling.answer("loai_khai_sinh", "bi_bo_roi")
    assert "bien_ban_bo_roi" in keys(desk, filling)
    assert "giay_chung_sinh" not in keys(desk, filling)


def test_the_signed_sheet_comes_last_and_is_never_needed(desk: Desk, filling: Filling) -> None:
    last = expected(desk, filling)[-1]
    assert (last.key, last.needed) == (SIGNED_SHEET, False)


def test_where_there_is_no_declaration_nobody_is_asked_to_sign_one(desk: Desk) -> None:
    visit = welcome.start_visit(desk, ALL_BUT_CONTACT, "Lê Văn Thử", "bác")
    filling = fill.open_filling(desk, choose.start_dossier(desk, visit, "pakn", Road.COMMUNE))
    assert expected(desk, filling)[-1].name == "Bản thông tin chuẩn bị đã ký (bản quét)"


def test_a_scan_is_listed_under_its_paper_and_comes_back(desk: Desk, filling: Filling) -> None:
    paper = attach(desk, filling.dossier, "giay_chung_sinh", [jpeg()])
    (found,) = [each for each in expected(desk, filling) if each.key == "giay_chung_sinh"]
    assert found.attached == (paper,)
    body = content_of(desk, paper.id)
    assert (len(body), hashlib.sha256(body).hexdigest()) == (paper.size, paper.sha256)
    assert not [path for path in desk.home.rglob("*") if path.suffix in (".jpg", ".jpeg", ".pdf")]


def test_a_paper_that_does_not_apply_any_more_is_not_hidden(desk: Desk, filling: Filling) -> None:
    attach(desk, filling.dossier, "giay_chung_sinh", [small_pdf()])
    filling.answer("loai_khai_sinh", "bi_bo_roi")
    assert "giay_chung_sinh" in keys(desk, filling)


def test_a_paper_can_be_taken_away(desk: Desk, filling: Filling) -> None:
    paper = attach(desk, filling.dossier, "giay_chung_sinh", [jpeg(100, 100)])
    detach(desk, paper.id)
    assert all(not each.attached for each in expected(desk, filling))
    with pytest.raises(KeyError):
        content_of(desk, paper.id)


@pytest.mark.parametrize("files", [[], [b""], [b"text"], [jpeg(500, 500)[:400]]])
def test_a_bad_scan_leaves_nothing_and_has_a_sentence(
    desk: Desk, filling: Filling, files: list[bytes]
) -> None:
    with pytest.raises(WorldError) as caught:
        attach(desk, filling.dossier, "giay_chung_sinh", files)
    assert desk.content.texts(f"error.{caught.value.code}", **caught.value.params)
    assert all(not each.attached for each in expected(desk, filling))


def test_there_is_an_end_to_papers(desk: Desk, filling: Filling, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attach_papers, "MAX_PAPERS", 2)
    for _ in range(2):
        attach(desk, filling.dossier, "giay_chung_sinh", [jpeg(50, 50)])
    with pytest.raises(WorldError) as caught:
        attach(desk, filling.dossier, "giay_chung_sinh", [jpeg(50, 50)])
    assert caught.value.code == "paper.too_many"


def test_nothing_is_added_to_what_left_the_point(desk: Desk, filling: Filling) -> None:
    with desk.database.write() as connection:
        drafts.change(connection, filling.dossier, draft=None)
    with pytest.raises(WorldError) as caught:
        attach(desk, filling.dossier, "giay_chung_sinh", [jpeg(50, 50)])
    assert caught.value.code == "draft.closed"


def test_signed_sheets_are_added_and_can_be_taken_away(desk: Desk, filling: Filling) -> None:
    first = attach(desk, filling.dossier, SIGNED_SHEET, [small_pdf()])
    second = attach(desk, filling.dossier, SIGNED_SHEET, [small_pdf()])
    assert expected(desk, filling)[-1].attached == (first, second)
    detach(desk, first.id)
    assert expected(desk, filling)[-1].attached == (second,)


def test_other_papers_get_more_pages(desk: Desk, filling: Filling) -> None:
    both = (
        attach(desk, filling.dossier, "giay_chung_sinh", [jpeg()]),
        attach(desk, filling.dossier, "giay_chung_sinh", [small_pdf()]),
    )
    (found,) = [each for each in expected(desk, filling) if each.key == "giay_chung_sinh"]
    assert found.attached == both
