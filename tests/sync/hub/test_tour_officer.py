"""The officer of a tour works on these very pages."""

from pathlib import Path

import pytest

from sync.hub.home import Home
from sync.hub.running import start_trial_hub
from sync.hub.store import dossiers
from tests.support.hub import BIRTH, BIRTH_FORM, HubPoint, open_hub
from ui.tour.officer import Officer, OfficerError


def test_the_officer_of_a_tour_asks_and_receives(tmp_path: Path) -> None:
    hub = start_trial_hub(tmp_path / "hub")
    inside = open_hub(Home(hub.home))
    try:
        point = HubPoint(inside)
        event = point.event(answers=BIRTH, form=BIRTH_FORM)
        point.round(event)
        with pytest.raises(OfficerError):
            Officer(hub.url, hub.authority_file, hub.officer, "guess")
        officer = Officer(hub.url, hub.authority_file, hub.officer, hub.officer_password)
        officer.act(event.dossier, "seen", {})
        officer.act(
            event.dossier, "receive", {"portal_code": "H17.99.20-261121-0001", "sentence": "Mời chị đến"}
        )
        with inside.database.read() as connection:
            found = dossiers.find(connection, event.dossier)
        assert found is not None
        assert found.state == "received"
        with pytest.raises(OfficerError):
            officer.act(event.dossier, "ask_nothing", {})
        officer._web.close()
    finally:
        hub.stop()
        inside.database.close()
