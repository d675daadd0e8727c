"""Ids and slip codes made on the point."""

import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.ids import new_id, parse_slip_code, slip_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
dossiers = st.uuids().map(str)


def test_a_new_id_is_a_uuid_of_version_7() -> None:
    made = uuid.UUID(new_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_ids_differ_and_grow_with_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time_ns", lambda: 1_800_000_000_000_000_000)
    early = {new_id() for _ in range(100)}
    monkeypatch.setattr("time.time_ns", lambda: 1_800_000_000_001_000_000)
    assert len(early) == 100
    assert max(early) < new_id()


def test_the_time_stands_in_the_first_48_bits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time_ns", lambda: 1_800_000_000_000_000_000)
    assert uuid.UUID(new_id()).int >> 80 == 1_800_000_000_000


@given(dossiers)
def test_a_slip_code_never_looks_like_a_ma_ho_so(dossier: str) -> None:
    code = slip_code(dossier)
    assert re.fullmatch(rf"NHAP-[{ALPHABET}]{{4}}-[{ALPHABET}]{{5}}", code)
    assert not re.fullmatch(r"[A-Z0-9]+(\.[A-Z0-9]+)*-\d{6,8}-\d{3,8}", code)


@given(dossiers)
def test_a_slip_code_is_read_again_however_it_is_typed(dossier: str) -> None:
    code = slip_code(dossier)
    for typed in (code, code.lower(), code.replace("-", " "), code.removeprefix("NHAP-"), f"  {code}  "):
        assert parse_slip_code(typed) == code


def test_letters_that_are_confused_are_understood() -> None:
    code = next(
        c for c in map(slip_code, map(str, map(uuid.UUID, map(_hex, range(5000))))) if "0" in c and "1" in c
    )
    assert parse_slip_code("NHAP-" + code.removeprefix("NHAP-").replace("0", "O").replace("1", "I")) == code


def _hex(number: int) -> str:
    return f"{number * 7919:032x}"


@given(dossiers, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_noticed(dossier: str, place: int, other: str) -> None:
    """All but the pair of letters that are 31 apart, which a sum modulo 31 cannot tell."""
    letters = slip_code(dossier).removeprefix("NHAP-").replace("-", "")
    apart = abs(ALPHABET.index(other) - ALPHABET.index(letters[place]))
    wrong = letters[:place] + other + letters[place + 1 :]
    assert (parse_slip_code(wrong) is None) == (apart not in (0, 31))


@given(dossiers, st.integers(0, 6))
def test_two_exchanged_letters_are_noticed(dossier: str, place: int) -> None:
    letters = list(slip_code(dossier).removeprefix("NHAP-").replace("-", ""))
    one, other = letters[place], letters[place + 1]
    letters[place], letters[place + 1] = other, one
    same = (ALPHABET.index(one) - ALPHABET.index(other)) % 31 == 0
    assert (parse_slip_code("".join(letters)) is None) == (not same)


def test_what_phones_and_readers_make_of_a_code_is_read() -> None:
    code = slip_code(new_id())
    first, last = code.removeprefix("NHAP-").split("-")
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in first)
    for typed in (
        f"nháp {first}–{last}",
        f"NHA\u0301P\u2011{first}\u2011{last}",
        f"thon:1:{code.lower()}\r\n",
        f"{first}.{last}",
        f"nhap\xa0{wide} {last}",
    ):
        assert parse_slip_code(typed) == code, typed


@pytest.mark.parametrize(
    "typed", ["", "NHAP", "NHAP-1234", "NHAP-7K3M-9Q2PXX", "NHAP-7K3!-9Q2PX", "H29-240115-0001"]
)
def test_something_else_is_no_slip_code(typed: str) -> None:
    assert parse_slip_code(typed) is None
