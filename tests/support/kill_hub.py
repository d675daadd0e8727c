"""A hub as a process of its own, to be traced: says what it has promised, as soon as it has.

usage: python -m tests.support.kill_hub HOME
A point sends a dossier without papers and gets its receipt; one with a paper gets it after the paper.
"""

import sys
from contextlib import closing
from pathlib import Path

from sync.hub.home import Home
from tests.support.hub import HubPoint, open_hub


def say(*words: object) -> None:
    print(*words, flush=True)


def main(home: Path) -> None:
    hub = open_hub(Home(home))
    with closing(hub.database):
        point = HubPoint(hub)
        say("ready")
        assert point.round(point.event()).verdicts[0].receipt
        say("receipt")
        paper = point.paper()
        assert point.round(point.event(papers=[paper])).verdicts[0].receipt is None
        say("waiting")
        point.send_paper(paper.sealed_sha256)
        say("paper")
        assert len(point.round().receipts) == 1
        say("late")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
