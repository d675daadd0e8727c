"""The page of figures: some benchmarks alone take away no figure of the others."""

from tests.bench.__main__ import page
from tests.bench.figure import Figure


def test_figures_that_were_not_measured_stay() -> None:
    one = Figure("one", 1.0, 1.0, "ms", 2.0, "first")
    other = Figure("other", 1.0, 1.0, "ms", 2.0, "")
    both = page([one, other])
    again = page([Figure("one", 3.0, 1.0, "ms", 2.0, "again")], both)
    assert [line.split("|")[1].strip() for line in again.splitlines() if line.startswith("| o")] == [
        "one",
        "other",
    ]
    assert "again" in again
    assert "first" not in again
