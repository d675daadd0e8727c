"""kill -9 at any moment: what was said to be saved is there, at the same place, and nothing is half.

The oracle is this process, which lives: it holds every line that the killed one printed.
"""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.desk import fill, hand_over, opening, today
from kiosk.desk.desk import Desk
from kiosk.domain.clock import SystemClock
from kiosk.domain.dossier import State
from kiosk.envelope.keys import generate_age_identity, recipient_of
from kiosk.envelope.seal import digest_of, open_bytes, open_sealed
from kiosk.storage import drafts, link, outbox
from tests.support.content import compiled_forms, real_content
from tests.support.kill_writer import TEMPLATE
from tests.support.points import CHEAP, PIN, enrolment
from tests.support.visits import ready_dossier

pytestmark = [pytest.mark.fault, pytest.mark.timeout(400)]
ROOT = Path(__file__).parents[2]
KILLS = 30


@pytest.fixture(scope="module")
def identity() -> str:
    return generate_age_identity()


@pytest.fixture
def home(tmp_path: Path, identity: str) -> Path:
    home = tmp_path / "home"
    desk = opening.create(home, real_content(), SystemClock(), "Thử", PIN, CHEAP)
    with desk.database.write() as connection:
        link.save_enrolment(connection, enrolment(recipient_of(identity)), "token")
    opening.close(desk)
    return home


def run_and_kill(home: Path, what: str, lines: int) -> list[list[str]]:
    """Start the point, read so many lines, kill it without a word, and return all it had printed."""
    command = [
        sys.executable,
        "-X",
        "utf8",
        "-m",
        "tests.support.kill_writer",
        str(home),
        str(compiled_forms()),
        what,
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, encoding="utf-8"
    ) as point:
        assert point.stdout is not None
        assert point.stderr is not None
        heard = []
        for _ in range(lines):
            line = point.stdout.readline()
            assert line, point.stderr.read()
            heard.append(line)
        point.kill()
        heard += point.stdout.readlines()
    return [line.split() for line in heard if line.endswith("\n")]


def reopen(home: Path) -> Desk:
    return opening.unlock(home, real_content(), SystemClock(), PIN)


def add_template(home: Path) -> str:
    """A complete draft, to be copied and handed over."""
    desk = reopen(home)
    filling = ready_dossier(desk)
    fill.save(desk, filling, place=TEMPLATE)
    opening.close(desk)
    return filling.dossier


def test_no_answer_that_was_said_to_be_saved_is_ever_lost(home: Path) -> None:
    chance = random.Random(20261121)
    saved: dict[str, int] = {}
    for _ in range(KILLS):
        heard = run_and_kill(home, "save", 2 + chance.randrange(1, 40))
        facts = [words for words in heard if words[0] == "saved"]
        saved |= {name: int(number) for _, name, number, _ in facts}
        desk = reopen(home)
        (draft,) = today.all_drafts(desk)
        filling = fill.open_filling(desk, draft.dossier)
        found = {name: int(filling.value(name).split()[-1]) for name in saved}
        last = int(facts[-1][2])
        assert all(found[name] >= number for name, number in saved.items())
        assert max(found.values()) in (last, last + 1), "one save may have finished unheard, never more"
        assert filling.place in (f"trang_{last}", f"trang_{last + 1}")
        opening.close(desk)
    assert max(saved.values()) > KILLS


def check_nothing_is_half(desk: Desk, identity: str, dossier: str) -> State:
    """Either still a draft with all its answers and its paper, or sealed whole and unreadable here."""
    with desk.database.read() as connection:
        row = drafts.load(connection, dossier)
        items = [item for item in outbox.waiting(connection, 1 << 30) if item.dossier == dossier]
        kept = drafts.answers_of(connection, dossier, 1)
        scans = connection.exec_driver_sql("SELECT count(*) FROM draft_papers WHERE dossier = ?", (dossier,))
        count = scans.scalar_one()
    assert row is not None
    if row.state is State.DRAFT:
        assert (items, count) == ([], 1)
        assert fill.open_filling(desk, dossier).session.problems() == ()
        return row.state
    assert (row.state, kept, count, row.draft) == (State.QUEUED, [], 0, None)
    (item,) = items
    payload = open_sealed(item.body, identity, lambda name: desk.content.dictionaries[name]).payload
    (paper,) = payload.papers
    sealed = outbox.paper_path(desk.home, paper.sealed_sha256).read_bytes()
    assert digest_of(sealed) == paper.sealed_sha256
    assert digest_of(open_bytes(sealed, identity)) == paper.plain_sha256
    return row.state


def test_a_hand_over_is_whole_or_has_not_happened(home: Path, identity: str) -> None:
    chance = random.Random(21112026)
    outcomes = []
    template = add_template(home)
    for _ in range(12):
        heard = run_and_kill(home, "hand_over", chance.choice([2, 2, 3, 4]))
        desk = reopen(home)
        promised = {words[1] for words in heard if words[0] == "queued"}
        for words in heard:
            if words[0] == "ready":
                state = check_nothing_is_half(desk, identity, words[1])
                outcomes.append(state)
                assert words[1] not in promised or state is State.QUEUED
        with desk.database.read() as connection:
            named = set(connection.exec_driver_sql("SELECT sealed_sha256 FROM sealed_papers").scalars())
        assert {file.stem for file in (home / "outbox").glob("*")} == named, "leftovers are swept"
        for draft in today.all_drafts(desk):
            left = fill.open_filling(desk, draft.dossier)
            if draft.dossier != template and not left.session.problems():
                hand_over.hand_over(desk, left)
        opening.close(desk)
    assert State.QUEUED in outcomes


def test_a_point_killed_while_it_is_made_opens(tmp_path: Path) -> None:
    """The first start of all, cut at any file: the PIN that was chosen opens the point."""
    for number in range(1, 7):
        home = tmp_path / str(number)
        script = (
            "import os, sys; from pathlib import Path; from kiosk.storage import durable\n"
            "from kiosk.desk import opening; from kiosk.domain.clock import SystemClock\n"
            "from tests.support.content import real_content; from tests.support.points import CHEAP, PIN\n"
            "left, replace = [int(sys.argv[2])], durable.replace\n"
            "def counted(a, b):\n    left[0] -= 1\n    if not left[0]: os._exit(9)\n    replace(a, b)\n"
            "durable.replace = counted\n"
            "opening.create(Path(sys.argv[1]), real_content(), SystemClock(), 'Thử', PIN, CHEAP)\n"
        )
        command = [sys.executable, "-X", "utf8", "-c", script, str(home), str(number)]
        subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
        if opening.is_new(home):
            desk = opening.create(home, real_content(), SystemClock(), "Thử", PIN, CHEAP)
        else:
            desk = reopen(home)
        assert desk.secrets.signing_key
        opening.close(desk)
