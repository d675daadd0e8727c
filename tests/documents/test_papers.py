"""Which papers a day asks for."""

from datetime import date

import pytest

from kiosk.documents import papers
from kiosk.domain.clock import ShiftedClock
from kiosk.forms import Session
from tests.procedures.whole import form_of, procedure, read
from tests.support.content import DAY, real_content

UNKNOWN = "Bản thông tin chuẩn bị"


def nothing(_name: str) -> str:
    return ""


@pytest.mark.parametrize(
    ("slug", "day", "shown"),
    [
        ("thuong_tru", date(2026, 6, 30), [UNKNOWN]),
        ("thuong_tru", date(2026, 7, 1), ["Tờ khai thay đổi thông tin cư trú"]),
        ("khai_tu", date(2025, 6, 30), [UNKNOWN]),
        ("khai_tu", date(2025, 7, 1), ["Tờ khai đăng ký khai tử"]),
    ],
)
def test_a_day_without_a_known_form_has_an_honest_sheet(slug: str, day: date, shown: list[str]) -> None:
    content, one = real_content(), procedure(slug)
    assert list(papers.titles(content, one, nothing, day).values()) == shown
    assert list(papers.blank_titles(content, one, day).values()) == shown
    assert papers.with_declaration(content, one, nothing, day) is (shown != [UNKNOWN])


def test_the_stand_in_shows_every_question_and_says_why() -> None:
    content, one = real_content(), procedure("khai_tu")
    (number,) = papers.blank_titles(content, one, date(2025, 3, 10))
    session = Session(form_of("khai_tu"), ShiftedClock(DAY))
    drawn = papers.draw_blank(content, one, number, session.blank_sheet)
    text = read(drawn.pdf)
    assert "Máy không có mẫu tờ khai nào được biết là có hiệu lực vào ngày này" in text
    assert "Không phải tờ khai chính thức" in text
    assert "Họ, chữ đệm, tên người mất" in text
