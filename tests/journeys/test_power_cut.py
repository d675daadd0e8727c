"""kill -9 in the middle of the form: the app reopens at the same page with every answer shown as saved."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.domain.dossier import Source
from tests.journeys.conftest import EXAMPLES, MakeBag, MakeStage
from tests.support.content import compiled_forms
from ui.tour import arriving, filling
from ui.tour.hands import Steps, all_seen, seen, wait_for
from ui.tour.play import Play
from ui.tour.session import Stage


def killed_after(told: int, home: Path, out: Path) -> dict[str, Any]:
    """Play until so many promises were made, then kill at once; the last promise."""
    visit = EXAMPLES / "visit-birth.json"
    command = [sys.executable, "-X", "utf8", "-m", "tests.support.interrupted_visit"]
    process = subprocess.Popen(
        [*command, str(home), str(compiled_forms()), str(visit), str(out)],
        cwd=EXAMPLES.parent,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    last = ""
    for _ in range(told):
        last = process.stdout.readline() or last
    process.kill()
    rest, _ = process.communicate()
    whole = [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    promise: dict[str, Any] = json.loads(whole[-1] if whole else last)
    return promise


def reopen(play: Play) -> Steps[None]:
    yield from arriving.unlock(play)
    yield lambda: any(all_seen(play.window, "draft:"))
    name = next(iter(all_seen(play.window, "draft:"))).objectName()
    yield from play.press(name)
    yield from play.arrive("form")
    yield from wait_for(play.window, "page")


def reopened(stage: Stage, play: Play) -> None:
    stage.run(reopen(play))


@pytest.mark.parametrize("told", [1, 3, 5])
def test_everything_shown_as_saved_is_there(
    make_stage: MakeStage, make_bag: MakeBag, tmp_path: Path, told: int
) -> None:
    promise = killed_after(told, tmp_path / "point", tmp_path / "cut")
    assert promise["answers"]
    stage = make_stage()
    play = stage.begin(make_bag())
    reopened(stage, play)
    now = filling.filling_of(play)
    kept = {name: now.value(name) for name in promise["answers"]}
    assert kept == promise["answers"]
    assert now.place == promise["place"] or _later(now, promise["place"])
    assert seen(play.window, "page") is not None


def _later(now: Any, place: str) -> bool:
    """The page may have been turned after the last promise that reached us."""
    pages = [page.name for page in now.session.screens()]
    return pages.index(now.place) > pages.index(place)


def test_the_visit_can_be_finished_after_the_cut(
    make_stage: MakeStage, make_bag: MakeBag, tmp_path: Path
) -> None:
    killed_after(4, tmp_path / "point", tmp_path / "cut")
    stage = make_stage()
    play = stage.begin(make_bag())
    reopened(stage, play)
    sources = filling.filling_of(play).sources
    left = {
        name: value for name, value in play.visit.answers.items() if sources.get(name) is not Source.TYPED
    }
    assert 0 < len(left) < len(play.visit.answers)
    play.visit = replace(play.visit, answers=left)
    stage.run(filling.fill(play))
    assert not filling.filling_of(play).session.problems()
