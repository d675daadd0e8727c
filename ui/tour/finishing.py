"""The end of a visit: papers, review, print, hand over or portal, the officer, follow-up."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.tour.hands import Steps, all_seen, bring_into_view, click, look, seen, wait_for, write
from ui.tour.officer import OfficerError
from ui.tour.play import Play, words_of

Work = Callable[[], None]


def scan_papers(play: Play) -> Steps[None]:
    """Scan what was brought, paper by paper; a sheet that is refused becomes a problem of the tour."""
    yield from play.arrive("papers")
    for paper in play.visit.papers:
        yield from _scan(play, paper.kind, [play.folder / name for name in paper.files])
    yield from play.look_at("papers")
    yield from play.press("primary")


def _scan(play: Play, kind: str, sheets: list[Path]) -> Steps[None]:
    row = seen(play.window, f"paper:{kind}")
    if row is None:
        play.record.problems[f"paper.{kind}"] = "hồ sơ này không hỏi giấy tờ ấy"
        return
    play.tray.lay(sheets)
    before = _state(row)
    button = yield from wait_for(row, "do:scan")
    click(button)
    yield lambda: button.isEnabled() and (_state(row) != before or bool(play.complaints()))
    if play.complaints():
        play.record.problems[f"paper.{kind}"] = " ".join(play.complaints().values())
        yield from play.look_at(f"paper-refused-{kind}")


def _state(row: QWidget) -> str:
    return words_of(look(row, "state"))


def review(play: Play) -> Steps[bool]:
    """Look everything over and print; whether there is nothing to mend."""
    yield from play.arrive("review")
    yield lambda: seen(play.window, "do:print") is not None
    play.record.problems.update(play.complaints())
    yield from play.look_at("review")
    for what in ("do:print", "do:slip"):
        yield from play.press(what)
        yield lambda: look(play.window, "do:print").isEnabled() and seen(play.window, "printed") is not None
    if play.visit.signed_sheet and seen(play.window, "paper:to_khai_da_ky"):
        yield from _scan(play, "to_khai_da_ky", [play.folder / play.visit.signed_sheet])
    bring_into_view(look(play.window, "do:print"))
    yield from play.look_at("review-print")
    return not play.record.problems


def hand_over(play: Play) -> Steps[None]:
    """Press the one primary button: to the commune, or to the portal page and its code."""
    yield from play.press("primary")
    if play.visit.road == "portal":
        yield from _file_on_portal(play)
    yield from play.arrive("done")
    play.record.facts["slip_code"] = words_of(look(play.window, "code"))
    yield from play.look_at("done")


def _file_on_portal(play: Play) -> Steps[None]:
    """Copy the values one by one, then note the mã hồ sơ that the portal gave."""
    yield from play.arrive("portal")
    for button in list(all_seen(play.window, "do:copy")):
        click(button)
    yield from play.look_at("portal")
    write(look(play.window, "portal:code"), play.visit.portal_code or "")
    yield from play.press("primary")


def leave(play: Play) -> Steps[None]:
    """End the visit: the wiped home."""
    if seen(play.window, "screen:done"):
        yield from play.press("primary")
    else:
        yield from play.press("do:home")
    yield from play.arrive("home")
    yield lambda: seen(play.window, "do:send_now") is not None
    yield from play.look_at("home-after")


def wait_until_sent(play: Play, receipt: Callable[[], bool]) -> Steps[None]:
    """Press "gửi ngay" and wait until the hub's receipt is there."""
    play.record.step("sending")
    yield from play.press("do:send_now")
    yield receipt


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


def follow_up(play: Play, heard: Callable[[], bool]) -> Steps[None]:
    """Ask the hub again and look up what became of the dossier."""
    play.record.step("news")
    yield from play.press("do:send_now")
    yield heard
    yield from play.press("do:follow_up")
    yield from play.arrive("follow_up")
    yield lambda: any(all_seen(play.window, "followed:"))
    play.record.facts["state_shown"] = words_of(look(play.window, "state"))
    yield from play.look_at("follow-up")
