"""A point in the hamlet and the commune's hub, both real, on one machine."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.domain.errors import WorldError
from kiosk.envelope import keys
from kiosk.storage import link as link_state
from sync.client.enrol import enrol
from sync.client.loop import run_round
from sync.client.trouble import Kind
from sync.hub.running import TrialHub, start_trial_hub
from tests.scenarios.conftest import Enrolled
from tests.support.point import talk

Enrol = Callable[..., Enrolled]


def test_dossiers_and_scans_arrive_and_their_receipts_come_back(commune: TrialHub, enrolled: Enrol) -> None:
    point, link = enrolled(commune)
    items = [point.queue(papers=(300_000, 900) if number == 0 else ()) for number in range(5)]
    outcomes = talk(link)
    assert sum(outcome.received for outcome in outcomes) == 5
    assert point.states() == {item.id: "received" for item in items}


def test_the_hub_is_off_and_comes_back(own_hub: TrialHub, enrolled: Enrol) -> None:
    point, link = enrolled(own_hub)
    link.transport.close()
    own_hub.stop()
    item = point.queue(papers=(5_000,))
    outcome = run_round(link)
    assert (outcome.kind, outcome.error_code) == (Kind.NO_LINE, "hub.no_line")
    assert point.states() == {item.id: "waiting"}
    again = start_trial_hub(own_hub.home, own_hub.port)
    talk(link)
    assert point.states() == {item.id: "received"}
    link.transport.close()
    again.stop()


def test_the_hub_loses_power_between_the_envelope_and_its_scan(own_hub: TrialHub, enrolled: Enrol) -> None:
    point, link = enrolled(own_hub)
    items = [point.queue(papers=(200_000,)) for _ in range(3)]
    run_round(link)
    own_hub.kill()
    run_round(link)
    again = start_trial_hub(own_hub.home, own_hub.port)
    talk(link)
    talk(link)
    assert point.states() == {item.id: "received" for item in items}
    link.transport.close()
    again.stop()


def test_a_code_works_for_one_point_only(commune: TrialHub, signing_key: str) -> None:
    identity, code = keys.generate_age_identity(), commune.code
    first, _ = enrol(commune.url, code.lower(), commune.authority, signing_key, identity)
    again, _ = enrol(commune.url, code, commune.authority, signing_key, identity)
    assert again.point == first.point
    with pytest.raises(WorldError, match=r"enrol\.code"):
        enrol(commune.url, code, commune.authority, keys.generate_signing_key(), identity)


def test_an_envelope_that_another_point_signed_parks_and_the_others_arrive(
    commune: TrialHub, enrolled: Enrol, signing_key: str
) -> None:
    point, link = enrolled(commune)
    good = [point.queue() for _ in range(3)]
    point.signing_key = signing_key
    bad = point.queue()
    talk(link)
    assert point.states() == {**{item.id: "received" for item in good}, bad.id: "parked"}
    code, sentence = point.reason(bad.id)
    assert code.startswith("envelope.")
    assert sentence


def test_a_database_restored_from_a_copy_goes_on(commune: TrialHub, enrolled: Enrol) -> None:
    """The point forgot its last rounds: the hub names the highest sequence, and nothing is doubled."""
    point, link = enrolled(commune)
    for _ in range(3):
        run_round(link)
    with point.database.write() as connection:
        link_state.put(connection, replace(link_state.get(connection), sequence=0))
    item = point.queue()
    assert run_round(link).kind is Kind.SEQUENCE
    talk(link)
    assert point.states() == {item.id: "received"}
