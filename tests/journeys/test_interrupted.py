"""Ctrl-C in the middle of a tour: it ends at once, without a word of ours, and leaves nothing running."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.conftest import EXAMPLES

ROOT = EXAMPLES.parent


def wait_for_a_picture(tour: "subprocess.Popen[str]", out: Path) -> None:
    while not any(out.glob("*.png")):
        try:
            tour.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"the tour ended by itself: {tour.communicate()}")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signal for one process")
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_tour_without_a_traceback(tmp_path: Path, sent: signal.Signals, status: int) -> None:
    out = tmp_path / "out"
    words = ["-X", "utf8", "-m", "ui", "tour", str(EXAMPLES / "visit-birth.json"), "--out", str(out)]
    tour = subprocess.Popen(
        [sys.executable, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    wait_for_a_picture(tour, out)
    tour.send_signal(sent)
    told, complained = tour.communicate(timeout=30)
    assert tour.returncode == status
    assert "Traceback" not in complained
    assert told == ""
