"""Reading a guide: what does not fit is refused with file and line."""

from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue.bad_content import BadContentError
from kiosk.guides.load import guides_in, load_guide
from kiosk.guides.model import NodeKind
from tests.guides.made import SMALL, written

LINES = SMALL.splitlines()


def line_with(text: str) -> int:
    return next(number for number, line in enumerate(LINES, 1) if text in line)


def test_a_whole_guide_is_read(tmp_path: Path) -> None:
    guide = load_guide(written(tmp_path))
    assert (guide.slug, guide.start, list(guide.nodes)) == ("thu", "A", ["L", "P", "D", "A"])
    assert [node.kind for node in guide.exits] == [NodeKind.EXIT, NodeKind.DONE]
    assert guide.drawing(guide.nodes["A"]) == tmp_path / "thu" / "h.svg"


def test_what_nobody_verified_is_marked(tmp_path: Path) -> None:
    node = load_guide(written(tmp_path)).nodes["D"]
    assert node.sheet is not None
    assert (node.sheet.tell[0].text, node.sheet.tell[0].verified) == ("Nhớ", False)
    assert node.sheet.bring[0].verified
    assert not node.verified


BAD: list[tuple[str, str, str]] = [
    ('slug = "thu"', 'slug = "khac"', "its folder is called thu"),
    ('title = "Thử"', "", "a text is needed"),
    ("checked = 2026-11-21", 'checked = "hôm nay"', "a date"),
    ("checked = 2026-11-21", "", "needed here"),
    ('start = "A"', 'start = "Z"', "unknown node"),
    ('log_out = "L"', 'log_out = "A"', "log out"),
    ('to = "P"\nreason', 'to = "D"\nreason', "offline"),
    ('id = "D"', 'id = "D 1"', "letters"),
    ('to = "D"', 'to = "E"', "unknown node"),
    ('kind = "question"', 'kind = "menu"', "menu"),
    ('ask = "Hỏi?"', "", "a text is needed"),
    ('say = ["Nói"]', "", "no words"),
    ('check = ["Kiểm"]', "check = []", "no words"),
    ('must_not = ["Đừng"]', "must_not = [1]", "a list of texts"),
    ('must_not = ["Đừng"]', "", "no words"),
    ('diagram = "h"\nsources', 'diagram = "g"\nsources', "no drawing"),
    ('h = "Hình"', 'h = "Hình"\ng = "Không có tệp"', "no drawing"),
    ('sources = ["s"]', 'sources = ["t"]', "unknown source"),
    ('sources = ["s"]', "sources = []", "no words"),
    ('confidence = "high"', 'confidence = "chắc"', "one of high"),
    ('reason = "giay" },', 'reason = "la" },', "unknown reason"),
    ('ask = "Xong"\nreason = "giay"', 'ask = "Xong"\nreason = "la"', "unknown reason"),
    ('key = "khong"', 'key = "co"', "answer twice"),
    ('key = "khong"', 'key = "X"', "answer twice"),
    ('key = "khong"', 'key = "L"', "answer twice"),
    ('text = "Sau"\nto = "P"', 'text = "Sau"\nto = "Z"', "offline"),
    ("browser = true", 'browser = true\nopens = "https://example.org"', "example.org"),
    ('key = "khong", ', "", "a text is needed"),
    ('where = ["Đây"]', "", "no words"),
    ('bring = ["Thẻ"]', "", "no words"),
    ('title = "Xong"', "", "a text is needed"),
    ('place = "here"', 'place = "chợ"', "chợ"),
    ('ticks = ["Đã đóng"]', "", "log out"),
    ("effective_from = 2026-01-01", "effective_from = 2026-01-01\neffective_to = 2025-01-01", "dates"),
    ('kind = "done"', 'kind = "done"\npassword = "x"', "unknown key"),
    ('kind = "question"', 'kind = "question"\nhelper = "otp"', "otp"),
    ('kind = "question"', 'kind = "question"\nhelper = "card_expiry"', "helper"),
    ('kind = "question"', 'kind = "question"\nhelper = "age"', "helper"),
    ('say = ["Nói"]', 'say = ["Đọc cho tôi mật khẩu"]', "asks secret"),
    ('ask = "Hỏi?"', 'ask = "Mã OTP của {you} là gì?"', "asks secret"),
    ('ask = "Hỏi?"', 'ask = "{name} ơi"', "placeholder"),
    ('ask = "Hỏi?"', "ask = 3", "a text"),
    (
        'tell = ["(?) Nhớ"]',
        'tell = ["Nhớ"]\nphones = [{ number = "1", purpose = "hỏi" }]',
        "a text is needed",
    ),
    ('tell = ["(?) Nhớ"]', 'tell = ["Nhớ"]\ntell_for = { la = "Nói" }', "unknown reason"),
]


@pytest.mark.parametrize(("old", "new", "reason"), BAD, ids=[f"{n}-{each[2]}" for n, each in enumerate(BAD)])
def test_what_does_not_fit_is_refused_with_its_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    path = written(tmp_path, (old, new))
    with pytest.raises(BadContentError) as caught:
        load_guide(path)
    assert reason in caught.value.reason
    assert caught.value.path == path
    assert caught.value.line >= 1
    assert str(caught.value).startswith(f"{path}:{caught.value.line}: ")


def test_the_line_is_that_of_the_node(tmp_path: Path) -> None:
    with pytest.raises(BadContentError) as caught:
        load_guide(written(tmp_path, ('bring = ["Thẻ"]\ntell = ["(?)', 'bring = []\ntell = ["(?)')))
    assert caught.value.line == line_with('bring = ["Thẻ"]')


def test_a_circle_without_a_way_out_is_refused(tmp_path: Path) -> None:
    circle = ('"D" },\n  { key = "khong", text = "Không", to = "P", reason = "giay" }', '"A" }')
    with pytest.raises(BadContentError, match="no way out"):
        load_guide(written(tmp_path, circle))


def test_a_question_without_answers_is_a_dead_end(tmp_path: Path) -> None:
    start, end = SMALL.index("answers = ["), SMALL.index(']\n\n[[nodes]]\nid = "D"') + 1
    with pytest.raises(BadContentError, match="dead end"):
        load_guide(written(tmp_path, text=SMALL[:start] + SMALL[end:]))


def test_a_node_that_nobody_reaches_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadContentError, match="not reached D"):
        load_guide(written(tmp_path, ('  { key = "co", text = "Có", to = "D" },\n', "")))


def test_an_end_does_not_go_on(tmp_path: Path) -> None:
    more = 'tell = ["Nhớ"]\nanswers = [{ key = "nua", text = "Nữa", to = "A" }]'
    with pytest.raises(BadContentError, match="end goes on"):
        load_guide(written(tmp_path, ('tell = ["Nhớ"]', more)))


def test_a_name_stands_once(tmp_path: Path) -> None:
    again = SMALL[SMALL.index('[[nodes]]\nid = "P"') : SMALL.index('[[nodes]]\nid = "L"')]
    with pytest.raises(BadContentError, match="twice P"):
        load_guide(written(tmp_path, text=SMALL + "\n" + again))


def test_without_the_browser_nobody_reaches_the_log_out(tmp_path: Path) -> None:
    with pytest.raises(BadContentError, match="not reached L"):
        load_guide(written(tmp_path, ("browser = true\n", "")))


@pytest.mark.parametrize(
    "milestones", ['milestones = "60 40"', 'milestones = "sáu mươi"', 'milestones = ""'], ids=range(3)
)
def test_ages_of_renewal_rise(tmp_path: Path, milestones: str) -> None:
    rule = f'[card_validity]\n{milestones}\nyears_before = 2\nsource = "s"\n\n[sources]'
    with pytest.raises(BadContentError):
        load_guide(written(tmp_path, ("[sources]", rule)))


def test_no_toml_and_no_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadContentError, match="not TOML"):
        load_guide(written(tmp_path, text="slug = "))
    with pytest.raises(BadContentError, match="missing"):
        load_guide(tmp_path / "guide.toml")


def test_the_guide_of_the_day_is_taken(tmp_path: Path) -> None:
    path = written(
        tmp_path, ("effective_from = 2026-01-01", "effective_from = 2026-01-01\neffective_to = 2026-12-31")
    )
    newer = SMALL.replace("2026-01-01", "2026-12-01").replace('version = "1"', 'version = "2"')
    path.with_name("guide-2.toml").write_text(newer, encoding="utf-8")
    versions = {
        day: guides_in(tmp_path, day)["thu"].version for day in (date(2026, 11, 30), date(2026, 12, 1))
    }
    assert list(versions.values()) == ["1", "2"]
    assert guides_in(tmp_path, date(2025, 12, 31)) == {}
    assert guides_in(tmp_path / "nothing", date(2026, 12, 1)) == {}
