"""Values are asked for by kind."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.tables import Table, load_table


def table(folder: Path, text: str) -> Table:
    path = folder / "t.toml"
    path.write_text(text, encoding="utf-8")
    return load_table(path)


def test_values_of_the_right_kind(tmp_path: Path) -> None:
    read = table(
        tmp_path, 'a = "x"\nb = true\nc = 3\nd = 2026-11-21\ne = ["x", "y"]\n[f]\ng = "z"\n[[h]]\ni = "1"'
    )
    assert (read.text("a"), read.flag("b"), read.number("c"), read.day("d")) == (
        "x",
        True,
        3,
        date(2026, 11, 21),
    )
    assert read.several("e") == ("x", "y")
    inner = read.table("f")
    assert inner is not None
    assert inner.pairs() == {"g": "z"}
    assert [each.text("i") for each in read.tables("h")] == ["1"]
    read.close()


def test_what_is_left_out_is_unknown(tmp_path: Path) -> None:
    read = table(tmp_path, "")
    assert (read.text_or_none("a"), read.flag("a"), read.number("a"), read.day("a"), read.table("a")) == (
        None,
    ) * 5
    assert (read.several("a"), list(read.tables("a"))) == ((), [])


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("a = 3", lambda t: t.text("a")),
        ("", lambda t: t.text("a")),
        ('a = ""', lambda t: t.text("a")),
        ('a = "true"', lambda t: t.flag("a")),
        ("a = true", lambda t: t.number("a")),
        ("a = -1", lambda t: t.number("a")),
        ('a = "2026-11-21"', lambda t: t.day("a")),
        ("a = [1]", lambda t: t.several("a")),
        ('a = [""]', lambda t: t.several("a")),
        ('a = "x"', lambda t: t.several("a")),
        ('a = "x"', lambda t: t.table("a")),
        ('a = ["x"]', lambda t: list(t.tables("a"))),
        ('a = "x"', lambda t: t.parsed("a", int)),
    ],
)
def test_another_kind_is_refused_with_its_place(
    tmp_path: Path, text: str, ask: Callable[[Table], object]
) -> None:
    with pytest.raises(BadContentError, match=r"t\.toml:1: a: "):
        ask(table(tmp_path, text))


def test_a_misspelt_key_does_not_go_unnoticed(tmp_path: Path) -> None:
    read = table(tmp_path, 'name = "x"\nnmae = "y"')
    read.text("name")
    with pytest.raises(BadContentError, match=r"t\.toml:2: nmae: an unknown key"):
        read.close()
