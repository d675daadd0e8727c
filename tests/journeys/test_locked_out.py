"""The point does not open: a wrong PIN, a damaged database, one of a newer program. Nothing is lost."""

from pathlib import Path

from PySide6.QtWidgets import QLabel

from kiosk.storage.migrations import MIGRATIONS
from tests.journeys.conftest import MakeBag, MakeStage
from ui.tour import arriving
from ui.tour.hands import Steps, look, seen, wait_for, write
from ui.tour.play import Play
from ui.tour.session import Stage


def try_pin(play: Play, pin: str) -> Steps[None]:
    """Type a PIN; wait for what comes of it."""
    yield from play.arrive("home")
    yield from write((yield from wait_for(play.window, "pin")), pin)
    yield from play.press("do:unlock")
    yield lambda: _tried(play)


def _tried(play: Play) -> bool:
    """Whether another screen came, or the button can be pressed again."""
    button = seen(play.window, "do:unlock")
    opened = ("do:send_now", "trouble:text")
    return any(seen(play.window, name) for name in opened) or (button is not None and button.isEnabled())


def made_point(make_stage: MakeStage, make_bag: MakeBag) -> None:
    """A point of yesterday."""
    stage = make_stage()
    stage.run(arriving.unlock(stage.begin(make_bag())))
    stage.close()


def trouble(stage: Stage) -> str:
    label = look(stage.shell.window, "trouble:text")
    return label.text() if isinstance(label, QLabel) else ""


def test_a_wrong_pin_is_said_and_the_right_one_opens(make_stage: MakeStage, make_bag: MakeBag) -> None:
    made_point(make_stage, make_bag)
    stage = make_stage()
    play = stage.begin(make_bag())
    stage.run(try_pin(play, "654321"))
    assert "PIN" in play.complaints()["pin"]
    stage.run(try_pin(play, play.pin))
    assert seen(play.window, "do:send_now") is not None


def test_a_damaged_database_is_kept_and_said(
    make_stage: MakeStage, make_bag: MakeBag, tmp_path: Path
) -> None:
    made_point(make_stage, make_bag)
    file = tmp_path / "point" / "point.db"
    damaged = bytes(len(file.read_bytes()))
    file.write_bytes(damaged)
    for log in file.parent.glob("point.db-*"):
        log.unlink()
    stage = make_stage()
    play = stage.begin(make_bag())
    stage.run(try_pin(play, play.pin))
    assert play.shell.texts("error.database.damaged") == trouble(stage)
    assert file.read_bytes() == damaged


def test_a_newer_database_is_left_alone(make_stage: MakeStage, make_bag: MakeBag) -> None:
    stage = make_stage()
    stage.run(arriving.unlock(stage.begin(make_bag())))
    assert stage.shell.desk is not None
    with stage.shell.desk.database.write() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    stage.close()
    again = make_stage()
    play = again.begin(make_bag())
    again.run(try_pin(play, play.pin))
    known = {"found": len(MIGRATIONS) + 1, "known": len(MIGRATIONS)}
    assert play.shell.texts("error.database.newer", **known) == trouble(again)
