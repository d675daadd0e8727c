"""Fee and time limit of the filing day: the value in force, what comes next, local decisions, an example."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.catalogue.deadlines import Deadline
from kiosk.catalogue.facts import Fact
from kiosk.catalogue.local_rules import LocalRule
from kiosk.catalogue.procedures import Procedure
from kiosk.desk import facts, papers_out
from kiosk.desk.desk import Desk
from kiosk.packs.content import Content
from tests.documents.samples import flat, pdf_text
from tests.support.visits import ready_dossier

DAY = date(2026, 11, 21)  # a Saturday
CHECKED = date(2026, 11, 1)


@pytest.fixture
def birth(content: Content) -> Procedure:
    found = content.catalogue.by_slug("khai_sinh")
    assert isinstance(found, Procedure)
    return found


def fact(text: str | None, begins: date | None = None, ends: date | None = None, **more: object) -> Fact:
    made = Fact(text, "nguồn", CHECKED, "high", begins, ends)
    return replace(made, **more)  # type: ignore[arg-type]


def local(content: Content, **rules: tuple[LocalRule, ...]) -> Content:
    return replace(content, commune=replace(content.commune, **rules))  # type: ignore[arg-type]


def test_the_fee_of_the_day_counts_and_the_next_is_announced(content: Content, birth: Procedure) -> None:
    old = fact("10.000đ", None, date(2026, 12, 31))
    new = fact("{amount:ban_sao_trich_luc}", date(2027, 1, 1))
    procedure = replace(birth, fee=replace(new, others=(old,)))
    now = facts.fee_on(content, procedure, DAY)
    assert (now.text, now.more) == ("10.000đ", ("Từ ngày 01/01/2027 sẽ là: 8.000 đồng",))
    then = facts.fee_on(content, procedure, date(2027, 1, 1))
    assert (then.text, then.more, then.doubtful) == ("8.000 đồng", (), False)


def test_what_is_not_known_yet_is_said_and_what_comes_is_announced(
    content: Content, birth: Procedure
) -> None:
    procedure = replace(birth, fee=fact("5.000đ", date(2027, 1, 1)))
    now = facts.fee_on(content, procedure, DAY)
    assert now.text is None
    assert "01/01/2027" in now.more[0]


def test_an_amount_that_nobody_verified_is_doubtful(content: Content, birth: Procedure) -> None:
    made = facts.fee_on(content, replace(birth, fee=fact("Mức {amount:khai_sinh_qua_han}.")), DAY)
    assert made.doubtful
    assert made.text is not None
    assert "hỏi xã" in made.text


def test_the_communes_own_fee_stands_first_for_its_time(content: Content, birth: Procedure) -> None:
    rule = LocalRule("khai_sinh", "3.000đ", "NQ 1/2026", date(2026, 5, 1), effective_to=date(2026, 12, 31))
    later = replace(rule, text="4.000đ", effective_from=date(2027, 1, 1), effective_to=None)
    own = local(content, local_fees=(later, rule))
    now = facts.fee_on(own, birth, DAY)
    assert (now.text, now.more) == ("3.000đ", ("Từ ngày 01/01/2027 sẽ là: 4.000đ",))
    assert "NQ 1/2026 ngày 01/05/2026" in now.source
    ended = local(content, local_fees=(rule,))
    assert facts.fee_on(ended, birth, date(2027, 1, 1)).text != "3.000đ"


@pytest.mark.parametrize(
    ("limit", "day", "said"),
    [
        (Deadline("working_days", 0, True, "n", "high"), DAY, "ngày 23/11/2026 → trả trong ngày. Sau"),
        (Deadline("working_days", 0, True, "n", "high"), DAY, "Sau 15 giờ → trả ngày 25/11/2026"),
        (Deadline("working_days", 3, False, "n", "high"), DAY, "ngày 23/11/2026 → trả ngày 27/11/2026."),
        (Deadline("days", 40, False, "n", "high"), DAY, "Năm 2027 chưa có lịch nghỉ chính thức"),
    ],
)
def test_a_day_of_return_is_an_example_from_acceptance_on(
    content: Content, birth: Procedure, limit: Deadline, day: date, said: str
) -> None:
    (example,) = facts.time_limit_on(content, replace(birth, deadlines=(limit,)), day).more
    assert said in example
    assert "tính từ khi xã tiếp nhận" in example


def test_without_a_number_there_is_no_example(content: Content, birth: Procedure) -> None:
    assert facts.time_limit_on(content, replace(birth, deadlines=()), DAY).more == ()


def test_a_shortened_limit_is_the_example(content: Content, birth: Procedure) -> None:
    rule = LocalRule("khai_sinh", "01 ngày", "QĐ 2/2026", date(2026, 5, 1), "working_days", 1)
    made = facts.time_limit_on(local(content, local_time_limits=(rule,)), birth, DAY)
    assert made.text == "01 ngày"
    assert "trả ngày 25/11/2026" in made.more[0]
    words = facts.time_limit_on(local(content, local_time_limits=(replace(rule, unit=""),)), birth, DAY)
    assert words.more == ()


def test_the_slip_prints_example_settings_and_former_names(desk: Desk) -> None:
    commune = replace(
        desk.content.commune,
        suggestion_box="Hòm thư ở cổng ủy ban",
        notices=("Sáng thứ Bảy có trực.",),
        former_hamlets={"Thôn Cũ": desk.enrolment.hamlet if desk.enrolment else ""},
    )
    filling = ready_dossier(desk)
    told = flat(
        pdf_text(papers_out.slip(replace(desk, content=replace(desk.content, commune=commune)), filling))
    )
    for said in ("tính từ khi xã tiếp nhận", "Hòm thư ở cổng ủy ban", "Sáng thứ Bảy có trực.", "Thôn Cũ"):
        assert said in told
    assert "{amount" not in told
