"""What a notice says of a procedure on a day, and that all of them can be printed."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.catalogue.catalogue import Catalogue
from kiosk.catalogue.listings import COLUMNS, Listing
from kiosk.catalogue.local_rules import LocalRule
from kiosk.catalogue.procedures import Change
from kiosk.desk import notices
from kiosk.desk.desk import Desk
from kiosk.packs.content import Content
from tests.documents.samples import flat, pdf_text

DAY = date(2026, 11, 21)
OWN_FEE = LocalRule("khai_sinh", "5.000 đồng", "NQ 7/2026", date(2026, 5, 1))
LISTING = Listing(
    **{**dict.fromkeys(COLUMNS, ""), "code": "1.004837", "name": "Đăng ký giám hộ", "source": "bảng thử",
       "fee": "Miễn", "former_codes": "1.000008"}
)  # fmt: skip


def test_facts_carry_their_source_and_day(content: Content) -> None:
    birth = content.catalogue.by_slug("khai_sinh")
    made = notices.notice_of(content, birth, DAY)
    assert (made.code, made.name, made.has_form) == (birth.code, birth.name, True)
    assert made.fee.text == (birth.fee.text or "").replace("{amount:ban_sao_trich_luc}", "8.000 đồng")
    assert (made.fee.source, made.fee.checked) == (birth.fee.source, birth.fee.checked)
    assert [paper.name for paper in made.papers] == [paper.name for paper in birth.papers]


def test_a_fact_that_is_not_in_force_is_not_known_and_a_weak_one_is_doubtful(content: Content) -> None:
    birth = content.catalogue.by_slug("khai_sinh")
    over = replace(birth.fee, effective_to=date(2026, 11, 20))
    weak = replace(birth.time_limit, confidence="low")
    made = notices.notice_of(content, replace(birth, fee=over, time_limit=weak), DAY)
    assert made.fee.text is None
    assert made.time_limit.doubtful
    assert not made.result.doubtful


def test_the_communes_own_fee_counts(content: Content) -> None:
    commune = replace(content.commune, local_fees=(OWN_FEE,))
    birth = content.catalogue.by_slug("khai_sinh")
    made = notices.notice_of(replace(content, commune=commune), birth, DAY)
    assert (made.fee.text, made.fee.source) == ("5.000 đồng", f"NQ 7/2026 ngày 01/05/2026, {commune.name}")


def test_an_entry_without_a_form(content: Content) -> None:
    made = notices.notice_of(content, LISTING, DAY)
    assert (made.has_form, made.checked, made.former_codes) == (False, None, ("1.000008",))
    assert made.fee.doubtful
    assert made.time_limit.text is None


@pytest.mark.parametrize(
    ("begin", "end", "said"),
    [
        (date(2027, 3, 1), None, "Từ 01/03/2027: luật mới"),
        (None, date(2027, 2, 28), "Đến hết 28/02/2027: luật mới"),
        (date(2026, 8, 15), date(2027, 2, 28), "Từ 15/08/2026 đến hết 28/02/2027: luật mới"),
        (None, None, "luật mới"),
    ],
)
def test_a_change_is_a_sentence_with_its_days(
    content: Content, begin: date | None, end: date | None, said: str
) -> None:
    assert notices.change_sentence(content, Change("luật mới", begin, end)) == said


def test_changes_that_are_over_are_left_out(content: Content) -> None:
    birth = content.catalogue.by_slug("khai_sinh")
    changes = (Change("đã qua", None, date(2026, 11, 20)), Change("sắp tới", date(2027, 3, 1), None))
    made = notices.notice_of(content, replace(birth, changes=changes), DAY)
    assert made.changes == ("Từ 01/03/2027: sắp tới",)


def test_one_and_all_are_printed(desk: Desk) -> None:
    catalogue = Catalogue(desk.content.catalogue.procedures(), [LISTING])
    ours = replace(desk, content=replace(desk.content, catalogue=catalogue))
    one = flat(pdf_text(notices.notice(ours, LISTING)))
    assert "Đăng ký giám hộ" in one
    assert desk.content.commune.name.upper() in one
    all_ = flat(pdf_text(notices.all_notices(ours)))
    for procedure in catalogue.procedures():
        assert procedure.code in all_
    assert "Các thủ tục khác: 1 thủ tục chưa có mẫu" in all_
