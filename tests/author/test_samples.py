"""The count of sample forms: what it counts, and where it is written."""

from pathlib import Path

from tests.author.forms import form, row
from tests.author.samples import BEGIN, END, section, tally, write_section


def test_counting(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    good = form(row("text", "a", "A"))
    (folder / "good.md").write_text(good, encoding="utf-8")
    (folder / "same.md").write_text(good, encoding="utf-8")
    (folder / "bad.md").write_text(form(row("text", "a", "A", relevant="area(.)")), encoding="utf-8")
    count = tally(tmp_path)
    assert (count.loaded, [name for name, _ in count.refused], count.crashed) == (1, ["bad.md"], [])
    assert "area()" in count.refused[0][1]
    assert "| 1 | 1 | 0 |" in section(count)


def test_the_section_takes_its_own_place(tmp_path: Path) -> None:
    page = tmp_path / "conformance.md"
    page.write_text(f"# A\n\n{BEGIN}\nold\n{END}\n\n## B\n", encoding="utf-8")
    write_section(page, "new")
    assert page.read_text(encoding="utf-8") == f"# A\n\n{BEGIN}\nnew\n{END}\n\n## B\n"
    write_section(page, "new")
    assert page.read_text(encoding="utf-8").endswith(f"{END}\n\n## B\n")


def test_a_page_that_is_not_there_yet(tmp_path: Path) -> None:
    write_section(tmp_path / "conformance.md", "new")
    assert BEGIN in (tmp_path / "conformance.md").read_text(encoding="utf-8")
