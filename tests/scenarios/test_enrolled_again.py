"""A machine dies with its database: a new one takes its place at a running hub and serves the same people."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.desk import fill, follow_up, hand_back, hand_over, opening, welcome
from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.storage import link as link_state
from sync.client.enrol import enrol
from sync.client.loop import Link, open_link, run_round
from sync.hub.cli import main
from sync.hub.running import TrialHub
from tests.support.content import real_content
from tests.support.points import CHEAP, PIN, StoppedClock
from tests.support.visits import FATHER_CARD, MOTHER_CARD, ready_dossier, tick_everything
from tests.sync.hub.test_results import pdf
from ui.tour.officer import Officer

PLACE = "Bộ phận Một cửa"


@pytest.fixture
def officer(commune: TrialHub) -> Officer:
    return Officer(commune.url, commune.authority_file, commune.officer, commune.officer_password)


@pytest.fixture
def desk(tmp_path: Path, commune: TrialHub) -> Iterator[Desk]:
    made = machine(tmp_path / "old", commune, commune.new_code("Thôn Một"))
    yield made
    opening.close(made)


def machine(home: Path, hub: TrialHub, code: str) -> Desk:
    """A new PC, enrolled with a code."""
    made = opening.create(home, real_content(), StoppedClock(), "Lê Văn Thử", PIN, CHEAP)
    secrets = made.secrets
    known = enrol(hub.url, code, hub.authority, secrets.signing_key, secrets.sealing_identity)
    with made.database.write() as connection:
        link_state.save_enrolment(connection, *known)
    return made


def line_of(desk: Desk) -> Link:
    opened = open_link(desk.database, desk.secrets.sealing_identity, desk.secrets.signing_key, desk.clock)
    assert opened is not None
    return opened


def talk(line: Link) -> str:
    """Until nothing moves; the last trouble, empty for none."""
    while (outcome := run_round(line)).more:
        continue
    return outcome.error_code


def standing(desk: Desk, *filled: Filling) -> list[State]:
    """Where the dossiers of these slips stand."""
    found = [follow_up.find(desk, one.slip_code) for one in filled]
    return [one.state for one in found if one]


def renewing_code(hub: TrialHub, desk: Desk, capsys: pytest.CaptureFixture[str]) -> str:
    enrolment = desk.enrolment
    assert enrolment is not None
    capsys.readouterr()
    assert main(["enrol", "--home", str(hub.home), "--renews", enrolment.point]) == 0
    return capsys.readouterr().out.strip()


def test_the_new_machine_hands_over_results_and_corrects_what_the_old_one_sent(
    commune: TrialHub, desk: Desk, officer: Officer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ready, asked = ready_dossier(desk), ready_dossier(desk)
    hand_over.hand_over(desk, ready)
    hand_over.hand_over(desk, asked)
    old = line_of(desk)
    assert talk(old) == ""
    officer.act(ready.dossier, "receive", {"portal_code": "H99.01-261122-0001"})
    file = tmp_path / "result.pdf"
    file.write_bytes(pdf(2))
    officer.act(ready.dossier, "result", {"sentence": "Mời bác đến nhận.", "place": PLACE}, file)
    officer.act(asked.dossier, "ask", {"sentence": "Sửa tên cháu."})

    new = machine(tmp_path / "new", commune, renewing_code(commune, desk, capsys))
    line = line_of(new)
    assert talk(line) == ""
    assert standing(new, ready, asked) == [State.RESULT_READY, State.ASKED_FOR_MORE]
    found = follow_up.find(new, ready.slip_code)
    assert found is not None
    assert (found.portal_code, found.procedure) == ("H99.01-261122-0001", "Khai sinh cho bé")

    def card(text: str) -> hand_back.Result:
        return hand_back.receive(new, ready.slip_code, welcome.read_card_text(new, text).card)

    with pytest.raises(WorldError, match=r"hand_back\.other_person"):
        card(FATHER_CARD)
    result = card(MOTHER_CARD)
    assert (result.copy[:5], result.original_at, result.coming) == (b"%PDF-", PLACE, False)
    hand_back.finish(new, result, 2)

    filling = fill.open_filling(new, follow_up.start_correction(new, asked.dossier))
    filling.answer("tre_ho_ten", "Trần Nguyễn Bảo Ngân")
    tick_everything(new, filling)
    assert hand_over.hand_over(new, filling).revision == 2
    assert talk(line) == ""
    assert standing(new, ready, asked) == [State.HANDED_BACK, State.AT_HUB]

    hand_over.hand_over(desk, ready_dossier(desk))
    assert talk(old) == "hub.enrol_again", "the old machine is out"
    for one in (line, old):
        one.transport.close()
    opening.close(new)


def test_what_the_commune_erased_on_request_is_erased_at_the_point(
    commune: TrialHub, desk: Desk, officer: Officer, capsys: pytest.CaptureFixture[str]
) -> None:
    filling = ready_dossier(desk)
    hand_over.hand_over(desk, filling)
    line = line_of(desk)
    assert talk(line) == ""
    officer.act(filling.dossier, "ask", {"sentence": "Ảnh mờ."})
    assert talk(line) == ""
    assert main(["erase", "--home", str(commune.home), filling.dossier]) == 0
    assert talk(line) == ""
    found = follow_up.find(desk, filling.slip_code)
    assert found is not None
    assert (found.state, found.correctable, found.withdrawable) == (State.ERASED, False, False)
    assert "Xã đã xóa hồ sơ này" in found.sentence
    with pytest.raises(WorldError, match=r"correction\.not_asked"):
        follow_up.start_correction(desk, filling.dossier)
    line.transport.close()
