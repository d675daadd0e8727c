"""The app as a process of its own, to be killed in the middle of the form.

usage: python -m tests.support.interrupted_visit HOME COMPILED VISIT OUT
Plays the visit up to review without a hub. Whenever the screen shows "đã lưu" for the newest answers it
prints one line of JSON: the page, and every answer that is on the screen's word safe. Then it waits.
"""

import json
import sys
from pathlib import Path

from kiosk.domain.clock import ShiftedClock
from tests.support.content import DAY
from ui.screens.form import FormScreen
from ui.tour import arriving, filling
from ui.tour.hands import Steps
from ui.tour.play import Play
from ui.tour.session import Bag, Stage
from ui.tour.visit import load_visit


def tell_when_saved(play: Play, name: str) -> None:
    """From the moment the form is shown, tell each time that its saver says "saved"."""
    screen = play.shell.screen
    if name == "form" and isinstance(screen, FormScreen):
        screen._saver.saved.connect(lambda _at: tell(play))


def tell(play: Play) -> None:
    filling_now = filling.filling_of(play)
    answers = {name: filling_now.value(name) for name in filling_now.sources}
    print(json.dumps({"place": filling_now.place, "answers": answers}), flush=True)


def steps(play: Play) -> Steps[None]:
    yield from arriving.come_in(play)
    yield from arriving.agree(play)
    yield from arriving.show_cards(play)
    yield from arriving.choose(play)
    yield from filling.fill(play)
    yield lambda: False


def main(home: Path, compiled: Path, visit: Path, out: Path) -> None:
    stage = Stage(home, ShiftedClock(DAY), compiled=compiled)
    play = stage.begin(Bag(load_visit(visit), visit.parent, out))
    stage.shell.screen_shown.connect(lambda name: tell_when_saved(play, name))
    stage.run(steps(play))


if __name__ == "__main__":
    main(*(Path(word) for word in sys.argv[1:]))
