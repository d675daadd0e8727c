"""Tokens change on a real hub: the line cut and the point killed at every step, either side restored."""

import json
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import update

from kiosk.storage import link as link_state
from sync.client import tokens
from sync.client.enrol import enrol, keep
from sync.client.loop import Link, run_round
from sync.client.transport import Transport
from sync.client.trouble import Kind, TransportError
from sync.hub.home import Home
from sync.hub.running import TrialHub, start_trial_hub
from sync.hub.store.database import open_database
from sync.hub.store.tables import point as point_table
from sync.protocol import TokenAnswer, TokenRequest
from tests.scenarios.conftest import Enrolled
from tests.scenarios.test_yesterdays_copy import copy, dies, held, hub_command
from tests.support.point import Point, talk

Enrol = Callable[..., Enrolled]


class Killed(BaseException):
    """The point's power went."""


class Cut(Transport):
    """The road to a real hub, cut before a token's digest left or after the hub answered."""

    fault: BaseException | None = None
    before = False

    def ask_for_token(self, request: TokenRequest) -> TokenAnswer:
        if self.fault is not None and self.before:
            raise self.fault
        answer = super().ask_for_token(request)
        if self.fault is not None:
            raise self.fault
        return answer


def tokens_of(point: Point) -> tuple[str, str]:
    """In use and waiting."""
    with point.database.read() as connection:
        known = link_state.load_enrolment(connection)
        assert known is not None
        return known[1], link_state.next_token(connection)


def started_again(point: Point, link: Link) -> Link:
    """The program comes up: all that it knows is what lay on the disk."""
    link.transport.close()
    return point.enrol(point.enrolment, tokens_of(point)[0])


def renew(point: Point, link: Link) -> None:
    tokens.renew(point.database, link.transport, point.enrolment.point, point.signing_key)


def cut(point: Point, link: Link, fault: BaseException, *, before: bool) -> None:
    line = Cut(point.enrolment.hub_url, point.enrolment.authority, tokens_of(point)[0])
    line.fault, line.before = fault, before
    with pytest.raises(type(fault)):
        tokens.renew(point.database, line, point.enrolment.point, point.signing_key)
    line.close()


def passes(point: Point, link: Link) -> None:
    """A dossier with a scan arrives."""
    item = point.queue(papers=(900,))
    talk(link)
    assert point.states()[item.id] == "received"


@pytest.mark.parametrize("before", [True, False], ids=["before it left", "after the hub's answer"])
@pytest.mark.parametrize("fault", [TransportError(Kind.NO_LINE), Killed()], ids=["line cut", "killed"])
def test_a_cut_at_any_step_locks_no_point_out(
    commune: TrialHub, enrolled: Enrol, fault: BaseException, before: bool
) -> None:
    point, link = enrolled(commune)
    first = tokens_of(point)[0]
    cut(point, link, fault, before=before)
    assert tokens_of(point)[0] == first
    again = started_again(point, link)
    passes(point, again)
    renew(point, again)
    assert tokens_of(point)[0] != first
    passes(point, again)
    last = started_again(point, again)
    passes(point, last)
    last.transport.close()


def test_killed_between_the_new_token_and_its_first_use(commune: TrialHub, enrolled: Enrol) -> None:
    point, link = enrolled(commune)
    renew(point, link)
    again = started_again(point, link)
    passes(point, again)
    again.transport.use_token(f"{point.enrolment.point}.guessed")
    assert run_round(again).more, "a token that nobody knows is mended by the point's key"
    passes(point, again)
    again.transport.close()


def test_a_point_that_comes_back_from_an_older_copy_of_itself_gets_in(
    commune: TrialHub, enrolled: Enrol
) -> None:
    point, link = enrolled(commune)
    old = tokens_of(point)[0]
    for _ in range(2):
        renew(point, link)
        passes(point, link)
    with point.database.write() as connection:
        link_state.use_next_token(connection, old)
        link_state.new_incarnation(connection)
    again = started_again(point, link)
    passes(point, again)
    assert tokens_of(point)[0] != old
    again.transport.close()


def test_a_hub_from_yesterday_knows_yesterdays_token_and_takes_todays_point(
    own_hub: TrialHub, enrolled: Enrol, tmp_path: Path
) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    point, link = enrolled(own_hub)
    passes(point, link)
    copy(own_hub, volume, verified=False)
    for _ in range(2):
        renew(point, link)
        passes(point, link)
    today = tokens_of(point)[0]
    link.transport.close()
    dies(own_hub)
    hub_command("restore", own_hub, "--from", str(volume), "--over")
    back = start_trial_hub(own_hub.home, own_hub.port)
    item = point.queue()
    first = run_round(link)
    assert (first.kind, first.more) == (Kind.REFUSED, True)
    for _ in range(3):
        talk(link)
    assert set(point.states().values()) == {"received"}
    assert item.id in point.states()
    assert tokens_of(point)[0] != today
    link.transport.close()
    back.stop()


def test_a_hub_from_before_the_enrolment_asks_for_a_new_one_and_loses_nothing(
    own_hub: TrialHub, enrolled: Enrol, tmp_path: Path
) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    copy(own_hub, volume, verified=False)
    point, link = enrolled(own_hub)
    passes(point, link)
    item = point.queue()
    link.transport.close()
    dies(own_hub)
    hub_command("restore", own_hub, "--from", str(volume), "--over")
    back = start_trial_hub(own_hub.home, own_hub.port)
    outcome = run_round(link)
    assert (outcome.error_code, outcome.more) == ("hub.enrol_again", False)
    assert sorted(point.states().values()) == ["received", "waiting"]
    link.transport.close()
    found = enrol(back.url, back.new_code("Thôn Thử"), back.authority, point.signing_key, point.identity)
    assert found[0].point != point.enrolment.point
    keep(point.database, *found)
    again = point.enrol(*found)
    for _ in range(2):
        talk(again)
    assert held(back)[0] == Counter(list(point.states())), "also what the lost hub had given a receipt for"
    assert item.id in point.states()
    again.transport.close()
    back.stop()


def test_tokens_change_by_themselves_when_they_are_due(own_hub: TrialHub, enrolled: Enrol) -> None:
    """A hub whose clock stood in 2009 at the enrolment: the token is much too old today."""
    point, link = enrolled(own_hub)
    old = tokens_of(point)[0]
    link.transport.close()
    own_hub.stop()
    _age(own_hub.home)
    back = start_trial_hub(own_hub.home, own_hub.port)
    passes(point, link)
    assert tokens_of(point)[0] != old
    renewed = tokens_of(point)[0]
    passes(point, link)
    assert tokens_of(point)[0] == renewed, "once is enough"
    log = (own_hub.home / "hub.log").read_text("utf-8").splitlines()
    told = [json.loads(line) for line in log if '"token' in line]
    assert [one["what"] for one in told] == ["token asked for", "token in force"]
    assert not any(token.partition(".")[2] in "".join(log) for token in (old, renewed))
    link.transport.close()
    back.stop()


def _age(home: Path) -> None:
    with (
        closing(open_database(Home(home).database_url(Home(home).settings()))) as database,
        database.write() as connection,
    ):
        connection.execute(update(point_table).values(token_at="2009-01-01T00:00:00+07:00"))
