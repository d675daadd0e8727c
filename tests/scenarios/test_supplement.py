"""Asked for more: papers alone and a correction, from a real desk to a real hub, by line and on foot."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.desk import fill, follow_up, hand_over, opening, supplement
from kiosk.desk.desk import Desk
from kiosk.domain.dossier import State
from kiosk.storage import link as link_state
from sync.client.enrol import enrol
from sync.client.loop import Link, open_link, run_round
from sync.client.usb import copy_to_stick
from sync.client.usb_answer import take_from_stick
from sync.hub.running import TrialHub
from tests.support.content import real_content
from tests.support.office import words_of
from tests.support.pictures import jpeg
from tests.support.points import AT, CHEAP, PIN, StoppedClock
from tests.support.visits import ready_dossier, tick_everything
from ui.tour.officer import Officer


@pytest.fixture
def desk(tmp_path: Path, commune: TrialHub) -> Iterator[Desk]:
    """A point in the morning, enrolled with the running hub."""
    made = opening.create(tmp_path / "home", real_content(), StoppedClock(), "Lê Văn Thử", PIN, CHEAP)
    code = commune.new_code("Thôn Một")
    secrets = made.secrets
    known = enrol(commune.url, code, commune.authority, secrets.signing_key, secrets.sealing_identity)
    with made.database.write() as connection:
        link_state.save_enrolment(connection, *known)
    yield made
    opening.close(made)


@pytest.fixture
def line(desk: Desk) -> Iterator[Link]:
    opened = open_link(desk.database, desk.secrets.sealing_identity, desk.secrets.signing_key, desk.clock)
    assert opened is not None
    yield opened
    opened.transport.close()


@pytest.fixture
def officer(commune: TrialHub) -> Officer:
    return Officer(commune.url, commune.authority_file, commune.officer, commune.officer_password)


def talk(line: Link) -> None:
    while run_round(line).more:
        continue


def state(desk: Desk) -> State:
    return follow_up.overview(desk).shown[0].state


def page(officer: Officer, dossier: str) -> str:
    return words_of(officer.open(dossier))  # type: ignore[arg-type]


def asked(desk: Desk, officer: Officer, line: Link) -> str:
    """A dossier of the birth of a child whose certificate was not readable."""
    filling = ready_dossier(desk)
    hand_over.hand_over(desk, filling)
    talk(line)
    officer.act(filling.dossier, "ask", {"sentence": "Ảnh mờ.", "papers": "giay_chung_sinh"})
    talk(line)
    return filling.dossier


def test_papers_alone_reach_the_officer_and_nothing_is_asked_again(
    desk: Desk, line: Link, officer: Officer
) -> None:
    dossier = asked(desk, officer, line)
    (wanted,) = supplement.look(desk, dossier).papers
    assert (wanted.key, wanted.needed) == ("giay_chung_sinh", True)
    supplement.attach(desk, dossier, wanted.key, [jpeg(300, 200)])
    supplement.send(desk, dossier)
    assert state(desk) is State.QUEUED
    talk(line)
    assert state(desk) is State.AT_HUB
    words = page(officer, dossier)
    assert "Giấy tờ gửi bổ sung cho bản 1" in words
    assert "đang trên đường gửi" not in words
    officer.act(dossier, "receive", {"portal_code": "H99.01-261121-0002"})
    talk(line)
    assert state(desk) is State.RECEIVED


def test_asked_twice_the_answers_become_the_next_revision_and_the_officer_sees_what_changed(
    desk: Desk, line: Link, officer: Officer
) -> None:
    dossier = asked(desk, officer, line)
    supplement.attach(desk, dossier, "giay_chung_sinh", [jpeg(300, 200)])
    supplement.send(desk, dossier)
    talk(line)
    officer.act(dossier, "ask", {"sentence": "Sửa tên cháu."})
    talk(line)
    filling = fill.open_filling(desk, follow_up.start_correction(desk, dossier))
    filling.answer("tre_ho_ten", "Trần Nguyễn Bảo Ngân")
    tick_everything(desk, filling)
    hand_over.hand_over(desk, filling)
    talk(line)
    changed = page(officer, dossier).partition("Khác bản trước")[2].partition("Tờ khai ")[0]
    assert "Bản 2 so với bản 1" in changed
    assert "Trần Nguyễn Bảo Ngọc Trần Nguyễn Bảo Ngân đổi" in changed
    assert "Giấy tờ gửi bổ sung cho bản 1" in changed


def test_the_same_by_stick_while_the_hub_runs(
    desk: Desk, line: Link, officer: Officer, commune: TrialHub, tmp_path: Path
) -> None:
    """The question came by the line; the papers go on foot, and by the line again once it is back."""
    dossier = asked(desk, officer, line)
    supplement.attach(desk, dossier, "giay_chung_sinh", [jpeg(300, 200)])
    supplement.send(desk, dossier)
    drive, enrolment = tmp_path / "usb", desk.enrolment
    drive.mkdir()
    assert enrolment is not None
    copied = copy_to_stick(desk.database, enrolment, desk.secrets.signing_key, drive)
    assert (copied.dossiers, copied.papers) == (1, 1)
    words = [
        sys.executable,
        "-X",
        "utf8",
        "-m",
        "sync.hub",
        "import",
        "--home",
        str(commune.home),
        str(drive),
    ]
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "nhận 1 hồ sơ mới" in done.stdout
    talk(line)
    officer.act(dossier, "invite", {"sentence": "Mời bác đến ký."})
    take_from_stick(desk.database, enrolment, desk.secrets.sealing_identity, drive, AT)
    assert state(desk) is State.AT_HUB
    talk(line)
    assert state(desk) is State.INVITED
    assert page(officer, dossier).count("Giấy tờ gửi bổ sung cho bản 1") == 1
