"""Dossiers on foot: a stick goes to the commune and comes back, whatever happens to it on the way."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select

from kiosk.domain.dossier import State
from kiosk.domain.errors import WorldError
from kiosk.envelope import keys
from kiosk.envelope.seal import digest_of
from kiosk.storage import link as link_state
from kiosk.storage import news as heard
from kiosk.storage import outbox, results
from sync import stick
from sync.client import plan
from sync.client.applying import apply_decision
from sync.client.stick_disk import StickDisk
from sync.client.usb import copy_to_stick
from sync.hub.context import Hub
from sync.hub.office.actions import Step, act
from sync.hub.store import officers, points, tables
from sync.hub.store.officers import Officer, Role
from sync.protocol import RoundAnswer
from tests.support.hub import add_officer, hub_in, make_home, open_hub
from tests.support.pictures import small_pdf
from tests.support.stick import Pair, make_pair


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    yield from hub_in(tmp_path / "hub")


@pytest.fixture
def make(tmp_path: Path, hub: Hub) -> Iterator[Callable[..., Pair]]:
    made: list[Pair] = []

    def pair(at: Hub | None = None) -> Pair:
        made.append(make_pair(tmp_path, at or hub))
        return made[-1]

    yield pair
    for each in made:
        each.point.database.close()


@pytest.fixture
def pair(make: Callable[..., Pair]) -> Pair:
    return make()


class SmallStick(StickDisk):
    """Says that it has room and forgets what goes beyond ``real`` bytes: false capacity."""

    def __init__(self, folder: Path, real: int) -> None:
        super().__init__(folder)
        self._left = real

    def write(self, name: str, data: bytes) -> None:
        self._left -= len(data)
        super().write(name, data if self._left >= 0 else bytes(len(data)))


class PulledOut(StickDisk):
    """Is taken out after some files."""

    def __init__(self, folder: Path, files: int) -> None:
        super().__init__(folder)
        self._files = files

    def write(self, name: str, data: bytes) -> None:
        self._files -= 1
        if self._files < 0:
            raise WorldError("stick.write")
        super().write(name, data)


def count(hub: Hub, table: str) -> int:
    with hub.database.read() as connection:
        return int(
            connection.execute(select(func.count()).select_from(tables.metadata.tables[table])).scalar_one()
        )


def officer_of(hub: Hub) -> Officer:
    with hub.database.read() as connection:
        known = officers.by_name(connection, hub.commune, "le")
    if known is None:
        add_officer(hub, "le", Role.OFFICER)
        return officer_of(hub)
    return known


def wait_for_nothing(pair: Pair) -> bool:
    with pair.point.database.read() as connection:
        return outbox.summary(connection).waiting == 0


def test_dossiers_go_on_foot_and_receipts_and_news_come_back(pair: Pair) -> None:
    items = [pair.point.queue(papers=(3_000, 700)), pair.point.queue()]
    copied = pair.copy()
    assert (copied.dossiers, copied.papers, copied.left_out) == (2, 2, 0)
    done = pair.bring()
    assert [(each.hamlet, each.fresh, each.damaged, each.missing, each.written) for each in done] == [
        ("Thôn Một", 2, 0, 0, True)
    ]
    act(pair.hub, officer_of(pair.hub), items[0].dossier, Step(action="seen"))
    pair.bring()
    taken = pair.take()
    assert (taken.received, taken.news, taken.refused) == (2, 1, 0)
    assert pair.point.states() == {item.id: "received" for item in items}
    with pair.point.database.read() as connection:
        assert heard.of_dossier(connection, items[0].dossier)[0].state == State.SEEN
    assert [path for path in pair.drive.rglob("*") if path.is_file()] == []
    with pytest.raises(WorldError, match=r"stick\.no_answer"):
        pair.take()


def give_result(pair: Pair, dossier: str) -> None:
    officer = officer_of(pair.hub)
    act(pair.hub, officer, dossier, Step(action="receive", portal_code="H99.01-261121-0001"))
    copy = Step(
        action="result", sentence="Mời bác đến nhận.", result=small_pdf(), place="UBND phường Hải Vân"
    )
    act(pair.hub, officer, dossier, copy)


def whole_copy(pair: Pair, dossier: str) -> bool:
    with pair.point.database.read() as connection:
        copy = results.of_dossier(connection, dossier)
    assert copy is not None
    return copy.is_whole


def test_the_copy_of_a_result_comes_back_on_foot(pair: Pair) -> None:
    item = pair.point.queue()
    by_line(pair)
    give_result(pair, item.dossier)
    pair.copy()
    pair.bring()
    assert pair.take().news == 2
    assert whole_copy(pair, item.dossier)
    assert not [path for path in pair.drive.rglob("*") if path.is_file()]


def test_a_copy_that_is_not_what_was_announced_stays_to_be_fetched(pair: Pair) -> None:
    item = pair.point.queue()
    by_line(pair)
    give_result(pair, item.dossier)
    pair.copy()
    pair.bring()
    (path,) = pair.drive.rglob(f"*{stick.RESULT}")
    path.write_bytes(bytes(path.stat().st_size))
    pair.take()
    assert not whole_copy(pair, item.dossier)


def test_nobody_who_finds_the_stick_reads_anything(pair: Pair) -> None:
    item = pair.point.queue(papers=(400,))
    pair.copy()
    for path in pair.drive.rglob("*"):
        assert path.is_dir() or path.read_bytes().startswith(b"age-encryption.org/v1\n")
        assert all(each.isascii() and each not in '<>:"\\|?*' for each in path.name)
        assert len(path.name) <= 80
        assert item.dossier not in path.name


def test_the_same_stick_again_changes_nothing(pair: Pair, tmp_path: Path) -> None:
    pair.point.queue(papers=(500,))
    pair.copy()
    kept = shutil.copytree(pair.drive, tmp_path / "kept")
    pair.bring()
    again = pair.bring()
    assert [(each.fresh, each.known) for each in again] == [(0, 1)]
    assert (count(pair.hub, "dossier"), count(pair.hub, "event"), count(pair.hub, "paper")) == (1, 1, 1)
    pair.take()
    before = pair.point.link_state()
    shutil.copytree(kept, pair.drive, dirs_exist_ok=True)
    assert pair.bring()[0].known == 1
    assert pair.take().received == 0
    assert pair.point.link_state() == before


def by_line(pair: Pair) -> None:
    """The same events by a round."""
    with pair.point.database.write() as connection:
        state = link_state.next_sequence(connection)
        items = plan.choose(outbox.waiting(connection, 10**6))
    standing = plan.Standing(
        state.incarnation, state.sequence, state.epoch, state.receipt, state.safe, state.cursor
    )
    request = plan.request_of(pair.point.enrolment.point, standing, items)
    answer = msgspec.json.decode(pair.by_line(msgspec.json.encode(request)), type=RoundAnswer)
    decision = plan.decide(standing, items, answer, pair.point.enrolment.hub_key, pair.point.identity)
    apply_decision(pair.point.database, decision, "2026-11-21T10:00:00+07:00")


@pytest.mark.parametrize("line_first", [True, False])
def test_network_and_stick_together_still_give_one_dossier(pair: Pair, line_first: bool) -> None:
    item = pair.point.queue(papers=(600,))
    pair.copy()
    steps = [lambda: by_line(pair), pair.bring]
    for step in steps if line_first else reversed(steps):
        step()
    pair.bring()
    pair.take()
    assert pair.point.states() == {item.id: "received"}
    assert (count(pair.hub, "dossier"), count(pair.hub, "event")) == (1, 1)


def test_an_answer_that_is_older_than_the_line_takes_nothing_back(pair: Pair) -> None:
    """Receipts that the line brought meanwhile do not look like a hub that was restored."""
    first = pair.point.queue()
    pair.copy()
    pair.bring()
    second, third = pair.point.queue(), pair.point.queue()
    by_line(pair)
    before = pair.point.link_state()
    assert before.receipt == 3
    pair.take()
    assert set(pair.point.states().values()) == {"received"}
    assert len({first.id, second.id, third.id}) == 3
    assert pair.point.link_state().receipt == before.receipt


def test_an_answer_of_an_epoch_that_is_over_brings_only_its_news(pair: Pair) -> None:
    item = pair.point.queue()
    by_line(pair)
    pair.copy()
    act(pair.hub, officer_of(pair.hub), item.dossier, Step(action="seen"))
    pair.bring()
    with pair.point.database.write() as connection:
        link_state.put(connection, replace(link_state.get(connection), epoch="e-newer", receipt=0))
        outbox.send_again(connection)
    taken = pair.take()
    assert (taken.received, taken.news) == (0, 1)
    assert pair.point.link_state().epoch == "e-newer"
    assert pair.point.states() == {item.id: "waiting"}


def test_a_hub_with_a_new_epoch_answers_on_foot(pair: Pair) -> None:
    item = pair.point.queue()
    by_line(pair)
    with pair.hub.database.write() as connection:
        connection.execute(tables.commune.update().values(epoch="e-restored", receipt_number=0))
        connection.execute(
            tables.event.update().values(receipt_epoch=None, receipt_number=None, signature=None)
        )
    pair.copy()
    pair.bring()
    pair.take()
    assert pair.point.link_state().epoch == "e-restored"
    assert pair.point.states() == {item.id: "waiting"}
    pair.copy()
    pair.bring()
    pair.take()
    assert pair.point.states() == {item.id: "received"}


@pytest.mark.parametrize("files", [0, 1, 2, 3])
def test_a_stick_pulled_out_half_way_never_counts(pair: Pair, files: int) -> None:
    pair.point.queue(papers=(500,))
    pair.point.queue()
    with pytest.raises(WorldError, match=r"stick\.write"):
        copy_to_stick(
            pair.point.database,
            pair.point.enrolment,
            pair.point.signing_key,
            pair.drive,
            PulledOut(pair.outward, files),
        )
    with pytest.raises(WorldError, match=r"stick\.nothing"):
        pair.bring()
    assert not wait_for_nothing(pair)
    pair.copy()
    assert pair.bring()[0].fresh == 2


def test_an_older_copy_stays_whole_while_a_newer_one_fails(pair: Pair) -> None:
    pair.point.queue(papers=(500,))
    pair.copy()
    pair.point.queue(papers=(800,))
    with pytest.raises(WorldError, match=r"stick\.write"):
        copy_to_stick(
            pair.point.database,
            pair.point.enrolment,
            pair.point.signing_key,
            pair.drive,
            PulledOut(pair.outward, 3),
        )
    done = pair.bring()[0]
    assert (done.fresh, done.damaged, done.missing) == (1, 0, 0)


def test_a_newer_copy_takes_the_place_of_the_older(pair: Pair) -> None:
    pair.point.queue(papers=(500,))
    pair.copy()
    (pair.outward / "rest.part").write_bytes(b"half")
    pair.copy()
    names = sorted(path.suffix for path in pair.outward.iterdir())
    assert names == [".age", ".envelope", ".manifest"]


@pytest.mark.parametrize("real", [0, 900, 2_000])
def test_false_capacity_is_found_by_reading_back(pair: Pair, real: int) -> None:
    pair.point.queue(papers=(500,))
    pair.point.queue(papers=(700,))
    with pytest.raises(WorldError, match=r"stick\.false"):
        copy_to_stick(
            pair.point.database,
            pair.point.enrolment,
            pair.point.signing_key,
            pair.drive,
            SmallStick(pair.outward, real),
        )
    with pytest.raises(WorldError, match=r"stick\.nothing"):
        pair.bring()


def test_a_full_stick_says_how_much_is_missing(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.point.queue(papers=(2_000_000,))
    usage = shutil.disk_usage(pair.drive)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=500_000))
    with pytest.raises(WorldError, match=r"stick\.full") as raised:
        pair.copy()
    assert raised.value.params["mb"] == 3


def test_a_paper_that_is_damaged_on_the_point_keeps_only_its_own_dossier(pair: Pair) -> None:
    item, other = pair.point.queue(papers=(500,)), pair.point.queue()
    outbox.paper_path(pair.point.database.home, item.papers[0]).write_bytes(b"rot")
    assert (copied := pair.copy()).left_out == 1
    assert copied.dossiers == 1
    pair.bring()
    pair.take()
    assert pair.point.states() == {item.id: "waiting", other.id: "received"}


@pytest.mark.parametrize("ending", [stick.ENVELOPE, stick.PAPER])
@pytest.mark.parametrize("how", ["changed", "gone", "cut"])
def test_a_file_that_somebody_touched_is_left_out_and_the_rest_arrives(
    pair: Pair, ending: str, how: str
) -> None:
    item, other = pair.point.queue(papers=(900,)), pair.point.queue()
    pair.copy()
    name = (item.digest if ending == stick.ENVELOPE else item.papers[0]) + ending
    path = pair.outward / name
    data = path.read_bytes()
    path.unlink()
    if how != "gone":
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if how == "changed" else data[:50])
    done = pair.bring()[0]
    assert done.damaged == 1
    assert done.missing == (1 if ending == stick.PAPER else 0)
    pair.take()
    expected = "accepted" if ending == stick.PAPER else "waiting"
    assert pair.point.states() == {item.id: expected, other.id: "received"}
    pair.copy()
    pair.bring()
    pair.take()
    assert set(pair.point.states().values()) == {"received"}


def test_a_manifest_that_somebody_touched_is_refused(pair: Pair) -> None:
    pair.point.queue()
    pair.copy()
    path = pair.file(stick.MANIFEST)
    data = path.read_bytes()
    path.write_bytes(data[:-5] + bytes(5))
    done = pair.bring()[0]
    assert done.error is not None
    assert (done.error.code, done.written, count(pair.hub, "event")) == ("stick.foreign", False, 0)


def test_a_manifest_signed_by_somebody_else_is_refused(pair: Pair) -> None:
    pair.point.queue()
    pair.point.signing_key = keys.generate_signing_key()
    pair.copy()
    done = pair.bring()[0]
    assert done.error is not None
    assert done.error.code == "stick.signature"
    assert count(pair.hub, "dossier") == 0


def test_the_stick_of_another_commune_is_foreign(pair: Pair, tmp_path: Path) -> None:
    other = open_hub(make_home(tmp_path / "other", ward="20200", name="UBND xã Bên"))
    pair.point.queue()
    pair.copy()
    pair.hub = other
    done = pair.bring()[0]
    assert done.error is not None
    assert done.error.code == "stick.foreign"
    other.database.close()


def test_a_point_that_was_shut_out_is_shut_out_on_foot_too(pair: Pair) -> None:
    pair.point.queue()
    pair.copy()
    with pair.hub.database.write() as connection:
        points.revoke(connection, pair.hub.commune, pair.point.enrolment.point, pair.hub.now())
    done = pair.bring()[0]
    assert done.error is not None
    assert done.error.code == "point.revoked"


def test_one_stick_carries_several_points(make: Callable[..., Pair]) -> None:
    first, second = make(), make()
    mine, theirs = first.point.queue(), second.point.queue(papers=(300,))
    first.copy()
    second.copy()
    assert [each.fresh for each in first.bring()] == [1, 1]
    assert first.take().received == 1
    assert second.take().received == 1
    assert {**first.point.states(), **second.point.states()} == {mine.id: "received", theirs.id: "received"}


def test_the_answer_for_another_point_is_foreign(make: Callable[..., Pair]) -> None:
    first, second = make(), make()
    first.point.queue()
    first.copy()
    first.bring()
    with pytest.raises(WorldError, match=r"stick\.foreign"):
        second.take()
    assert first.take().received == 1


def test_an_answer_that_the_hub_did_not_sign_counts_for_nothing(pair: Pair) -> None:
    item = pair.point.queue()
    pair.copy()
    pair.bring()
    path = stick.find_files(pair.drive, stick.ANSWER)[0]
    identity, hub_key = pair.point.identity, pair.point.enrolment.hub_key
    said = stick.open_answer(path.read_bytes(), identity, hub_key)
    path.write_bytes(stick.seal_answer(said, keys.generate_signing_key(), keys.recipient_of(identity)))
    with pytest.raises(WorldError, match=r"stick\.signature"):
        pair.take()
    assert pair.point.states() == {item.id: "waiting"}


def test_an_empty_queue_still_fetches_the_news(pair: Pair) -> None:
    item = pair.point.queue()
    by_line(pair)
    act(pair.hub, officer_of(pair.hub), item.dossier, Step(action="seen"))
    assert pair.copy().dossiers == 0
    pair.bring()
    assert pair.take().news == 1


def test_a_stick_that_takes_nothing_back_is_imported_all_the_same(pair: Pair) -> None:
    pair.point.queue()
    pair.copy()
    (pair.drive / stick.FOLDER / stick.TO_POINT).write_bytes(b"in the way")
    done = pair.bring()[0]
    assert (done.fresh, done.written) == (1, False)
    (pair.drive / f"{done.export}{stick.ANSWER}").write_bytes(done.answer)
    assert pair.take().received == 1


def test_links_and_strange_names_on_a_stick_lead_nowhere(pair: Pair, tmp_path: Path) -> None:
    pair.point.queue()
    pair.copy()
    outside = tmp_path / "outside"
    outside.mkdir()
    path = pair.file(stick.MANIFEST)
    shutil.move(path, outside / path.name)
    path.symlink_to(outside / path.name)
    (pair.drive / "link").symlink_to(outside)
    (pair.outward / f"..{stick.MANIFEST}").write_bytes(b"x")
    with pytest.raises(WorldError, match=r"stick\.nothing"):
        pair.bring()


def test_what_the_manifest_names_is_never_a_path(pair: Pair, tmp_path: Path) -> None:
    item = pair.point.queue(papers=(300,))
    pair.copy()
    secret = tmp_path / "secret.age"
    secret.write_bytes(b"secret")
    rewrite(pair, papers=["../../../../secret", digest_of(b"secret")])
    done = pair.bring()[0]
    assert (done.damaged, done.missing) == (2, 1)
    assert item.papers


def rewrite(pair: Pair, **changes: object) -> None:
    """Another manifest in the place of the copied one, rightly signed by the point."""
    path = pair.file(stick.MANIFEST)
    manifest, _, _ = stick.open_manifest(path.read_bytes(), pair.hub.keys.identity)
    evil = msgspec.structs.replace(manifest, **changes)
    path.write_bytes(stick.seal_manifest(evil, pair.point.signing_key, pair.point.enrolment.commune_key))


STRANGE_NAMES = [
    "../../../../evil",
    "",
    ".",
    "/evil",
    "a" * 64,
    "0192" * 9,
    "\x00",
    "A0B1C2D3-0000-7000-8000-000000000000",
]


@pytest.mark.parametrize("field", ["export", "point"])
@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_a_copy_whose_name_is_none_gets_no_answer(pair: Pair, tmp_path: Path, field: str, name: str) -> None:
    pair.point.queue()
    pair.copy()
    rewrite(pair, **{field: name})
    done = pair.bring()[0]
    assert done.error is not None
    assert (done.error.code, done.written, count(pair.hub, "event")) == ("stick.damaged", False, 0)
    assert list(tmp_path.rglob(f"*{stick.ANSWER}")) == []


@pytest.mark.parametrize("linked", ["way", "point", "half"])
def test_the_answer_never_follows_a_link_off_the_stick(pair: Pair, tmp_path: Path, linked: str) -> None:
    pair.point.queue()
    pair.copy()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "theirs").write_bytes(b"theirs")
    way = pair.drive / stick.FOLDER / stick.TO_POINT
    back = way / pair.outward.name
    if linked == "way":
        way.symlink_to(outside)
    elif linked == "point":
        way.mkdir()
        back.symlink_to(outside)
    else:
        back.mkdir(parents=True)
        export = pair.file(stick.MANIFEST).stem
        (back / f"{export}{stick.ANSWER}.new").symlink_to(outside / "theirs")
    done = pair.bring()[0]
    assert (done.fresh, done.written) == (1, False)
    assert [(path.name, path.read_bytes()) for path in outside.rglob("*")] == [("theirs", b"theirs")]


def test_an_answer_whose_name_is_none_counts_for_nothing(pair: Pair) -> None:
    item = pair.point.queue()
    pair.copy()
    pair.bring()
    path = stick.find_files(pair.drive, stick.ANSWER)[0]
    identity = pair.point.identity
    said = stick.open_answer(path.read_bytes(), identity, pair.point.enrolment.hub_key)
    evil = msgspec.structs.replace(said, export="../../../evil")
    path.write_bytes(stick.seal_answer(evil, pair.hub.keys.signing_key, keys.recipient_of(identity)))
    with pytest.raises(WorldError, match=r"stick\.damaged"):
        pair.take()
    assert pair.point.states() == {item.id: "waiting"}
