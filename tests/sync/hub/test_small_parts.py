"""Limits on guessing, passwords, search words, words for values, the journal."""

import json
import logging

import pytest

from kiosk.domain.dossier import Answer, State
from kiosk.domain.errors import WorldError
from kiosk.envelope.payload import Payload
from sync.hub.context import Hub
from sync.hub.journal import start_journal, tell
from sync.hub.limiter import Limiter
from sync.hub.office.words import STATES, looks_like_portal_code, shown_day, shown_time
from sync.hub.opening import marks, search_words
from sync.hub.passwords import hash_password, is_right
from tests.support.points import StoppedClock


def test_the_limiter_counts_failures_of_one_key_only() -> None:
    clock = StoppedClock()
    limiter = Limiter(clock, 2, 10.0)
    limiter.take("a")
    limiter.take("a")
    with pytest.raises(WorldError) as caught:
        limiter.take("a")
    assert caught.value.code == "request.too_many"
    limiter.take("b")
    clock.pass_time(10)
    limiter.take("a")


def test_what_is_refused_for_one_key_does_not_count_for_the_other() -> None:
    limiter = Limiter(StoppedClock(), 1, 10.0)
    limiter.take("a")
    with pytest.raises(WorldError):
        limiter.take("b", "a")
    limiter.take("b")


def test_success_forgets_the_failures_and_giving_back_one_of_them() -> None:
    limiter = Limiter(StoppedClock(), 2, 10.0)
    for _ in range(2):
        limiter.take("a")
    limiter.give_back("a")
    limiter.take("a")
    with pytest.raises(WorldError):
        limiter.take("a")
    limiter.succeeded("a")
    limiter.take("a")


def test_the_limiter_forgets_old_keys_when_it_is_full() -> None:
    clock = StoppedClock()
    limiter = Limiter(clock, 1, 10.0)
    for number in range(10_000):
        limiter.take(str(number))
    clock.pass_time(11)
    limiter.take("new")
    assert len(limiter._seen) == 1


def test_a_password_is_kept_as_argon2id_with_its_own_salt() -> None:
    one, other = hash_password("đúng mật khẩu"), hash_password("đúng mật khẩu")
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != other
    assert is_right("đúng mật khẩu", one)
    assert not is_right("Đúng mật khẩu", one)
    assert not is_right("", one)


@pytest.mark.parametrize("password", ["", "1234567"])
def test_a_short_password_is_refused(password: str) -> None:
    with pytest.raises(WorldError) as caught:
        hash_password(password)
    assert caught.value.code == "hub.password_short"


def payload(*answers: tuple[str, str]) -> Payload:
    return Payload(
        dossier="d", revision=1, procedure="1.001193", point="p", hamlet="h", prepared_on="2026-11-21",
        slip_code="NHAP-ABCD-EFGHJ", answers=tuple(Answer(name, value) for name, value in answers),
    )  # fmt: skip


def test_names_numbers_and_the_slip_code_are_found_and_nothing_else(hub: Hub) -> None:
    found = marks(
        payload(
            ("tre_ho_ten", "Trần Đức Ánh"), ("me_giay_to.so", "048095001234"), ("tk.ten", "Bưởi"),
            ("so_ban_sao", "2"), ("tre_noi_sinh.co_so", "Trạm y tế"), ("ghi_chu", "Lan"),
        ),
        hub.keys,
    )  # fmt: skip
    expected = ("tran", "duc", "anh", "048095001234", "buoi", "nhap-abcd-efghj")
    assert found == {hub.keys.mark(word) for word in expected}


def test_what_is_typed_is_folded_like_what_is_kept() -> None:
    assert search_words("  TRẦN  Đức ") == ["tran", "duc"]
    assert search_words("") == []


@pytest.mark.parametrize(
    ("code", "known"),
    [
        ("000.00.01.H29-240115-0001", True), ("G09.20-20260609-0092637", True),
        ("H17.99.20-261121-0001", True), ("", False), ("NHAP-7K3M-9Q2PX", False),
        ("h17-261121-0001", False), ("G09.20-20260609-0092637\n", False),
    ],
)  # fmt: skip
def test_the_shape_of_a_portal_code(code: str, known: bool) -> None:
    assert looks_like_portal_code(code) is known


def test_every_state_that_reaches_the_hub_has_words() -> None:
    local = {
        State.DRAFT,
        State.READY,
        State.QUEUED,
        State.PARKED,
        State.RESULT_KNOWN,
    }
    assert set(STATES) == set(State) - local


def test_times_and_days_are_shown_as_vietnamese_papers_write_them() -> None:
    assert shown_time("2026-11-21T09:05:00+07:00") == "21/11/2026 09:05"
    assert shown_day("2026-11-21") == "21/11/2026"


def test_the_journal_writes_one_json_line_for_each_event(capsys: pytest.CaptureFixture[str]) -> None:
    log = logging.getLogger("hamlet-hub")
    before = (log.handlers, log.level, log.propagate)
    start_journal()
    tell("round", point="p1", ms=3)
    log.handlers, log.level, log.propagate = before
    assert json.loads(capsys.readouterr().err) == {"what": "round", "point": "p1", "ms": 3}


def test_no_secret_shows_when_a_hub_is_printed(hub: Hub) -> None:
    shown = repr(hub)
    for secret in (hub.keys.identity, hub.keys.signing_key, repr(hub.keys.search)):
        assert secret not in shown
    assert len(shown) < 3000
