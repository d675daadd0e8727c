"""Every function is asserted on, and the page that says so is true."""

from kiosk.forms.xpath.registry import FUNCTIONS
from tests.forms.xpath.count import PAGE, all_assertions, count, holds, page


def test_every_function_has_an_assertion() -> None:
    asked, _held = count()
    assert sorted(name for name in FUNCTIONS if not asked[name]) == []


def test_every_assertion_holds() -> None:
    assert [each for each in all_assertions() if not holds(*each)] == []


def test_the_page_is_what_would_be_written_now() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page(text) == text
