"""The end of a visit: papers, review, print, hand over or portal, the officer, follow-up."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from kiosk.desk.attach_papers import SIGNED_SHEET
from kiosk.domain.folding import fold
from ui.tour.hands import Steps, all_seen, at_once, bring_into_view, click, look, seen, write
from ui.tour.officer import OfficerError
from ui.tour.play import Play, words_of
from ui.tour.visit import VisitError

Work = Callable[[], None]
_WAIT_FOR_HUB = 50.0
"""Seconds that a hub of one's own may take on a small, busy machine until the point is enrolled."""
_WAIT_FOR_LINE = 40.0
"""Seconds after which a tour takes the line for dead; the dossier waits in the machine."""


def scan_papers(play: Play) -> Steps[None]:
    """Scan what was brought, paper by paper; a sheet that is refused becomes a problem of the tour."""
    yield from play.arrive("papers")
    yield lambda: any(all_seen(play.window, "paper:")) or seen(play.window, "none") is not None
    for paper in play.visit.papers:
        if paper.kind != SIGNED_SHEET:
            yield from _scan(play, paper.kind, paper.files)
    yield from play.look_at("papers")
    yield from play.press("primary")


def _row_of(window: QWidget, kind: str) -> QWidget | None:
    """The row of a paper: of that key, else the only one whose key or name speaks of it."""
    rows = {row.objectName().removeprefix("paper:"): row for row in all_seen(window, "paper:")}
    if kind in rows:
        return rows[kind]
    near = [row for key, row in rows.items() if key.startswith(kind) or kind.startswith(key)]
    named = [row for row in rows.values() if set(kind.split("_")) <= set(fold(_said_on(row)).split())]
    return (near or named)[0] if len(near or named) == 1 else None


def _said_on(row: QWidget) -> str:
    return " ".join(label.text() for label in row.findChildren(QLabel))


def _scan(play: Play, kind: str, files: Sequence[str]) -> Steps[None]:
    """Scan the sheets of one paper. Raises ``VisitError`` for a paper that is not asked for here."""
    row = _row_of(play.window, kind)
    if row is None:
        there = [row.objectName().removeprefix("paper:") for row in all_seen(play.window, "paper:")]
        raise VisitError(f"papers: {kind} is not asked for; there are {', '.join(there)}")
    for sheets in _loads([play.folder / name for name in files]):
        play.tray.lay(sheets)
        yield from _press_scan(play, row)
        if play.complaints():
            play.record.problems[f"paper.{kind}"] = " ".join(play.complaints().values())
            yield from play.look_at(f"paper-refused-{kind}")


def _press_scan(play: Play, row: QWidget) -> Steps[None]:
    """Press the paper's button; wait until something came of it."""
    before = words_of(look(row, "state"))
    yield from play.press_in(row, "do:scan")
    yield lambda: words_of(look(row, "state")) != before or bool(play.complaints())


def _loads(sheets: Sequence[Path]) -> Iterator[list[Path]]:
    """What is put on the glass at one time: pictures together, a PDF for itself."""
    for together, group in groupby(sheets, key=lambda sheet: sheet.read_bytes()[:5] != b"%PDF-"):
        load = list(group)
        yield from [load] if together else [[sheet] for sheet in load]


def review(play: Play) -> Steps[None]:
    """Look everything over, note what is to be mended, print, scan the signed sheet."""
    yield from play.arrive("review")
    yield lambda: seen(play.window, "do:print") is not None
    play.record.problems = play.complaints() | play.record.problems
    yield from play.look_at("review")
    for box in [box for box in all_seen(play.window, "ask:") if isinstance(box, QCheckBox)]:
        if not box.isChecked():
            click(box)
            yield at_once
    for button, what in (("do:print", "review.declaration"), ("do:slip", "review.slip")):
        yield from play.press(button)
        yield from _printed(play, what)
    if play.visit.road == "commune" and not play.record.problems:
        yield from _scan_signed_sheet(play)
    bring_into_view(look(play.window, "do:print"))
    yield from play.look_at("review-print")


def _printed(play: Play, what: str) -> Steps[None]:
    """Wait until the screen says that this sheet went to the printer."""
    said = play.shell.texts("review.printed", what=play.shell.texts(what))

    def done() -> bool:
        line = seen(play.window, "printed")
        return line is not None and words_of(line) == said

    yield done


def _scan_signed_sheet(play: Play) -> Steps[None]:
    """The declaration comes back signed and is scanned; nobody signs one that has to be mended."""
    sheets = [name for paper in play.visit.papers if paper.kind == SIGNED_SHEET for name in paper.files]
    sheets += [play.visit.signed_sheet] if play.visit.signed_sheet else []
    if sheets:
        yield from _scan(play, SIGNED_SHEET, sheets)


def hand_over(play: Play) -> Steps[bool]:
    """Press the one primary button: to the commune, or to the portal and its code; whether it is done.
    A practice just ends. The hub of a trial point needs a moment to begin."""
    until = time.monotonic() + _WAIT_FOR_HUB
    if play.visit.mode != "practice":
        yield lambda: play.desk.enrolment is not None or time.monotonic() > until
    yield from play.press("primary")
    on_portal = play.visit.road == "portal" and play.visit.mode != "practice"
    if on_portal and not (yield from _file_on_portal(play)):
        return False
    yield lambda: seen(play.window, "screen:done") is not None or bool(play.complaints())
    if play.complaints():
        play.record.problems |= play.complaints()
        yield from play.look_at("hand-over-refused")
        return False
    yield from play.arrive("done")
    play.record.facts["slip_code"] = words_of(look(play.window, "code"))
    yield from play.look_at("done")
    return True


def _file_on_portal(play: Play) -> Steps[bool]:
    """Copy the values one by one, then note the mã hồ sơ if the portal gave one; whether it was noted."""
    yield from play.arrive("portal")
    yield lambda: seen(play.window, "do:copy") is not None
    for button in list(all_seen(play.window, "do:copy")):
        click(button)
        yield at_once
    yield from play.look_at("portal")
    if not play.visit.portal_code:
        return False
    yield from write(look(play.window, "portal:code"), play.visit.portal_code)
    for box in list(all_seen(play.window, "leaving:")):
        click(box)
        yield at_once
    yield from play.press("primary")
    yield lambda: seen(play.window, "screen:done") is not None or bool(play.complaints())
    if play.complaints():
        play.record.problems["portal_code"] = " ".join(play.complaints().values())
        yield from play.look_at("portal-refused")
    return not play.complaints()


def leave(play: Play) -> Steps[None]:
    """End the visit: the wiped home."""
    yield from play.press("primary" if seen(play.window, "screen:done") else "do:home")
    yield from play.arrive("home")
    yield lambda: seen(play.window, "do:send_now") is not None
    yield from play.look_at("home-after")


def wait_until_sent(play: Play, receipt: Callable[[], bool]) -> Steps[bool]:
    """Press "gửi ngay" and wait for the hub's receipt; false where the line stays dead, which is no error."""
    play.record.step("sending")
    yield from play.press("do:send_now")
    until = time.monotonic() + _WAIT_FOR_LINE
    yield lambda: receipt() or time.monotonic() > until
    return receipt()


def officer_acts(work: Work) -> Steps[None]:
    """Let the officer work at his own desk while the window goes on; raises what went wrong there."""
    failures: list[Exception] = []

    def run() -> None:
        try:
            work()
        except (OfficerError, OSError) as error:
            failures.append(error)

    thread = threading.Thread(target=run, name="officer")
    thread.start()
    yield lambda: not thread.is_alive()
    if failures:
        raise failures[0]


def follow_up(play: Play, dossier: str, heard: Callable[[], bool]) -> Steps[None]:
    """Ask the hub again and look up what became of the dossier."""
    play.record.step("news")
    yield from play.press("do:send_now")
    yield heard
    yield from play.press("do:follow_up")
    yield from play.arrive("follow_up")
    yield lambda: seen(play.window, f"followed:{dossier}") is not None
    card = look(play.window, f"followed:{dossier}")
    play.record.facts["state_shown"] = words_of(look(card, "state"))
    yield from play.look_at("follow-up")
    yield from play.press("do:home")
    yield from play.arrive("home")
