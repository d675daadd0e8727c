"""Plays an example visit again and again in one process and weighs it: the measured leg of ``bench_visit``.

usage: python -m tests.bench.played_visits HUB_HOME URL CODE WORKPLACE VISITS
Prints one line of JSON: PSS in MiB after each visit, and the turns of the screen's thread.
"""

import json
import os
import sys
from datetime import date
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from kiosk.domain.clock import ShiftedClock
from ui.tour.far import GivenHub, given_hub
from ui.tour.hands import Steps
from ui.tour.session import Bag, Stage
from ui.tour.visit import load_visit

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = date(2026, 11, 21)
_REST = 50
"""Glances of the runner (10 ms each) before weighing: what was closed is really gone."""


def weigh() -> float:
    """Proportional set size of this process in MiB."""
    for line in Path("/proc/self/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the kernel tells no PSS")


def rest() -> Steps[None]:
    glances = iter(range(_REST))
    yield lambda: next(glances, None) is None


def main(hub_home: Path, url: str, code: str, workplace: Path, visits: int) -> None:
    officer = f"canbo:{hub_home / 'officer-password.txt'}"
    far = given_hub(GivenHub(url, code, hub_home / "authority.pem", officer))
    stage = Stage(workplace / "point", ShiftedClock(DAY), joining=far.joining)
    visit, weights = load_visit(EXAMPLES / "visit-birth.json"), []
    for _ in range(visits):
        record = stage.play(Bag(visit, EXAMPLES, workplace / "out", pictures=False), far.commune)
        if record.problems or record.facts["state"] != "received":
            raise RuntimeError(f"the visit went wrong: {sorted(record.problems)}")
        stage.run(rest())
        weights.append(weigh())
    print(json.dumps({"weights": weights, **stage.meter.told()}))
    stage.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4]), int(sys.argv[5]))
