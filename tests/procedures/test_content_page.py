"""The page about the content is the content's, and says what nobody knows."""

from pathlib import Path

from tests.procedures.content_page import PAGE, page, unknown, write
from tests.procedures.whole import procedure
from tests.support.content import DAY, real_content


def test_the_page_is_as_old_as_the_content() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(real_content()), "python -m tests.procedures.content_page"


def test_every_procedure_stands_in_it() -> None:
    words = page(real_content())
    for one in real_content().catalogue.procedures():
        assert f"| `{one.slug}` |" in words
        assert f"## {one.name}" in words


def test_what_nobody_knows_is_said() -> None:
    assert "fee" in unknown(procedure("cu_tru_khac"), DAY)
    assert "time limit" in unknown(procedure("pakn"), DAY)
    assert "fee" not in unknown(procedure("khai_sinh"), DAY)


def test_it_is_written_whole(tmp_path: Path) -> None:
    write(tmp_path / "content.md")
    assert (tmp_path / "content.md").read_text(encoding="utf-8") == page(real_content())
