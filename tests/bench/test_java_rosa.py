"""The reference implementation is really run, and never needed."""

import shutil

import pytest

from tests.bench import java_rosa
from tests.bench.bench_forms import long_form


@pytest.mark.java
@pytest.mark.skipif(shutil.which("javac") is None, reason="no JDK here")
def test_java_rosa_fills_the_same_form() -> None:
    found = java_rosa.measured(long_form(10), 5)
    assert set(found) == {"open", "edit", "flip"}
    assert all(taken > 0 for taken in found.values())


def test_without_java_there_is_only_the_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert java_rosa.measured(long_form(10), 5) == {}
    assert java_rosa.figures({"edit": 1.0}, {}, {}) == []


def test_a_figure_says_how_much_faster() -> None:
    ours, theirs = {"edit": 1.0, "flip": 2.0, "open": 3.0}, {"edit": 400.0, "flip": 100.0, "open": 3_000.0}
    found = java_rosa.figures(ours, theirs, {"edit": 86.0, "flip": 80.0, "open": 13.0})
    assert [(one.ratio, one.verdict) for one in found] == [
        (1 / 400, "meets"),
        (1 / 50, "FALLS SHORT"),
        (1 / 1_000, "meets"),
    ]
    assert "400 times as fast; JavaRosa grows 86 x" in found[0].note
    assert "ratio 0.0025" in found[0].line()
