"""The two campaigns, short: ``python -m tests.faults.campaign`` runs them whole."""

from pathlib import Path

import pytest

from tests.faults.campaign import killed_at_random, over_a_bad_line

pytestmark = [pytest.mark.fault, pytest.mark.timeout(400)]
DIED = pytest.mark.filterwarnings(
    # A hub killed in the middle of an answer leaves urllib3 with a socket that only the collector closes.
    "ignore:Exception ignored in. <ssl.SSLSocket:pytest.PytestUnraisableExceptionWarning",
    "ignore:unclosed <ssl.SSLSocket:ResourceWarning",
)


def test_a_hundred_dossiers_with_scans_over_a_line_that_breaks_forty_per_cent(tmp_path: Path) -> None:
    report = over_a_bad_line(tmp_path, dossiers=100, seed=5)
    assert (report.lost, report.doubled) == (0, 0)
    assert report.drained_seconds <= 60
    assert report.faults > 0.3 * report.requests > 30


@DIED
def test_a_hub_killed_twenty_times_never_gave_a_receipt_for_nothing(tmp_path: Path) -> None:
    report = killed_at_random(tmp_path, kills=20, seed=5)
    assert (report.lost, report.doubled) == (0, 0)
    assert report.kills == 20
