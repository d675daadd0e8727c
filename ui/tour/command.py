"""``hamlet-kiosk tour``: the arguments, a hub, the window, and what the exit status says."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

from kiosk.domain.clock import Clock, ShiftedClock, SystemClock
from kiosk.domain.errors import WorldError
from ui.tour.officer import OfficerError
from ui.tour.runner import StuckError
from ui.tour.verdict import OURS, WRONG, judge, told
from ui.tour.visit import Visit, VisitError, load_visit


def main(arguments: Sequence[str]) -> int:
    """Play one visit file; one line on stderr says what is wrong with the file, the arguments or the hub."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    options = _parser().parse_args(arguments)
    try:
        with _ended_politely():
            visit = load_visit(options.visit)
            _check(options, visit)
            with _workplace() as workplace:
                return _tour(options, visit, workplace)
    except WorldError as error:
        return _complain(f"{error.code}: {_sentence(error)}", WRONG)
    except (VisitError, OfficerError) as error:
        return _complain(str(error), WRONG)
    except StuckError as error:
        return _complain(f"the tour is stuck: {error}", OURS)


class _Parser(argparse.ArgumentParser):
    """One line for what is wrong; ``--help`` tells the rest."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="hamlet-kiosk tour", description="Plays a visit on the real screens.")
    parser.add_argument("visit", type=Path, help="a visit file (examples/visit.schema.json)")
    parser.add_argument("--out", type=Path, required=True, help="folder for PDFs, pictures and summary.json")
    hub = parser.add_argument_group("a running trial hub instead of one of its own (all four together)")
    hub.add_argument("--hub", metavar="URL", default="")
    hub.add_argument("--code", default="", help="one-time enrolment code")
    hub.add_argument("--authority", type=Path, metavar="FILE", help="the hub's authority (PEM)")
    hub.add_argument("--officer", metavar="USER:PASSWORDFILE", default="")
    return parser


def _check(options: argparse.Namespace, visit: Visit) -> None:
    """What can be known to be wrong before anything is started. Raises ``VisitError``."""
    from kiosk.catalogue.catalogue import load_catalogue
    from ui.app import root
    from ui.tour.arriving import wanted_procedure

    given = (options.hub, options.code, options.authority, options.officer)
    if any(given) and not all(given):
        raise VisitError("--hub, --code, --authority and --officer belong together")
    day = _clock(visit).now().date()
    wanted_procedure(visit.procedure, load_catalogue(root() / "assets" / "procedures", day))
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=options.out).close()
    except OSError as error:
        raise VisitError(f"--out {options.out}: {error.strerror}") from error


def _tour(options: argparse.Namespace, visit: Visit, workplace: Path) -> int:
    from ui.tour.far import GivenHub, given_hub, own_hub
    from ui.tour.session import Bag, Stage

    if options.hub:
        far = given_hub(GivenHub(options.hub, options.code, options.authority, options.officer))
    else:
        far = own_hub(workplace / "hub")
    stage = Stage(workplace / "point", _clock(visit), access=far.access, joining=far.joining)
    try:
        record = stage.play(Bag(visit, options.visit.parent, options.out), far.commune)
    finally:
        stage.close()
        far.stop()
    status, sentence = judge(visit.expect, record)
    print("\n".join(told(record.summary, options.out, sentence)))
    return status


def _clock(visit: Visit) -> Clock:
    return ShiftedClock(visit.today) if visit.today else SystemClock()


@contextmanager
def _workplace() -> Iterator[Path]:
    """A folder for the point and its hub; nothing of it stays."""
    folder = Path(tempfile.mkdtemp(prefix="tour-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _ended_politely() -> Iterator[None]:
    """Ctrl-C and a termination signal end the tour as an error does: what was started is stopped and
    cleared away. The exit status is 128 + the signal's number (130, 143)."""

    def leave(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    before = {number: signal.signal(number, leave) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _sentence(error: WorldError) -> str:
    """The sentence that the screens would show."""
    from kiosk.catalogue.texts import load_texts
    from ui.app import root

    try:
        return load_texts(root() / "assets" / "texts")(f"error.{error.code}", **error.params)
    except KeyError:
        return ""


def _complain(line: str, status: int) -> int:
    sys.stderr.write(" ".join(line.split()) + "\n")
    return status
