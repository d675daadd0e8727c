"""The helper of the procedures' tests can fail."""

from dataclasses import replace

import pytest

from kiosk.catalogue.amounts import AMOUNT
from kiosk.domain.filled_form import FilledForm
from tests.documents.samples import birth
from tests.procedures.whole import (
    assert_answers_in_order,
    assert_layout_is_whole,
    assert_official,
    problems,
    procedure,
    visit,
)
from tests.support.content import DAY, real_content

SLUG, LAYOUT = "khai_sinh", "khai_sinh/to_khai"


def test_the_birth_declaration_is_whole_and_prints_its_answers_in_order() -> None:
    assert_layout_is_whole(SLUG, LAYOUT)
    assert_answers_in_order(LAYOUT, birth())


def test_an_answer_that_is_not_printed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    filled = birth()
    printed = replace(filled, entries=tuple(each for each in filled if each.name != "cha_ho_ten"))
    drawn = []

    def draw_less(layout: object, _filled: FilledForm, fonts: object) -> bytes:
        drawn.append(layout)
        return real(layout, printed, fonts)

    from tests.procedures import whole

    real = whole.declaration
    monkeypatch.setattr(whole, "declaration", draw_less)
    with pytest.raises(AssertionError, match="Trần Văn Cam"):
        assert_answers_in_order(LAYOUT, filled)
    assert drawn


def test_another_form_is_not_taken_for_the_official_one() -> None:
    with pytest.raises(AssertionError):
        assert_official(LAYOUT, "khai_tu")


def test_a_visit_refuses_a_name_that_the_form_does_not_have() -> None:
    with pytest.raises(KeyError):
        visit(SLUG, {"khong_co_cau_nay": "1"})
    assert "tre_ho_ten" in problems(visit(SLUG, {}))


@pytest.mark.parametrize(
    "slug",
    [
        "khai_tu",
        "ket_hon",
        "trich_luc",
        "xntthn",
        "bhyt_ho_gia_dinh",
        "lien_thong_khai_sinh",
        "lien_thong_khai_tu",
    ],
)
def test_no_amount_of_a_fee_is_written_into_a_procedure(slug: str) -> None:
    fee = procedure(slug).fee.text or ""
    assert AMOUNT.findall(fee)
    assert "8.000" not in fee
    assert "2.530.000" not in fee
    filled, _sure = real_content().amounts.filled(fee, DAY, "48", "hỏi xã")
    assert "{" not in filled
