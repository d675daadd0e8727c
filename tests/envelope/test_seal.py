"""Envelopes: what was sealed opens for the commune alone, and only if nobody touched it."""

import json
import shutil
import struct
import subprocess
from pathlib import Path

import pyrage
import pytest
import zstandard

from kiosk.domain.dossier import Answer
from kiosk.domain.errors import WorldError
from kiosk.envelope import keys
from kiosk.envelope import seal as sealing
from kiosk.envelope.payload import Payload, to_json
from kiosk.envelope.seal import digest_of, open_bytes, open_sealed, seal, seal_bytes
from tests.envelope.conftest import Keys, make_payload

DICTIONARY = b'"name":"me.ho_ten","source":"typed","value":"Nguy\xe1\xbb\x85n V\xc4\x83n' * 20


def no_dictionary(name: str) -> bytes:
    raise KeyError(name)


def code_of(caught: pytest.ExceptionInfo[WorldError]) -> str:
    return caught.value.code


def pack(plain: bytes, commune: Keys) -> bytes:
    return bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(commune.recipient)]))


def label(text: bytes) -> bytes:
    return struct.pack("<II", 0x184D2A50, len(text)) + text


def test_it_opens_for_the_commune(payload: Payload, point: Keys, commune: Keys) -> None:
    sealed = seal(payload, point.signing, commune.recipient)
    opened = open_sealed(sealed.body, commune.identity, no_dictionary)
    assert opened.payload == payload
    assert opened.point_key == keys.public_key(point.signing)
    assert sealed.digest == digest_of(sealed.body)


def test_the_dictionary_is_asked_for_by_name(payload: Payload, point: Keys, commune: Keys) -> None:
    sealed = seal(payload, point.signing, commune.recipient, DICTIONARY)
    asked: list[str] = []

    def dictionary_for(name: str) -> bytes:
        asked.append(name)
        return DICTIONARY

    assert open_sealed(sealed.body, commune.identity, dictionary_for).payload == payload
    assert asked == ["khai_sinh-2026.11"]


def test_a_dictionary_makes_it_smaller(point: Keys, commune: Keys) -> None:
    payload = make_payload(answers=tuple(Answer("me.ho_ten", "Nguyễn Văn") for _ in range(3)))
    plain = seal(payload, point.signing, commune.recipient)
    small = seal(payload, point.signing, commune.recipient, to_json(payload))
    assert len(small.body) < len(plain.body) - 200


def test_nothing_of_the_answers_can_be_read(payload: Payload, point: Keys, commune: Keys) -> None:
    body = seal(payload, point.signing, commune.recipient).body
    assert "Thử".encode() not in body
    assert b"khai_sinh" not in body


@pytest.mark.skipif(not (shutil.which("age") and shutil.which("zstd")), reason="needs age and zstd of Debian")
@pytest.mark.parametrize("dictionary", [b"", DICTIONARY])
def test_debians_age_and_zstd_open_it(
    payload: Payload, point: Keys, commune: Keys, tmp_path: Path, dictionary: bytes
) -> None:
    (tmp_path / "envelope").write_bytes(seal(payload, point.signing, commune.recipient, dictionary).body)
    (tmp_path / "key").write_text(commune.identity, encoding="ascii")
    (tmp_path / "dictionary").write_bytes(dictionary)
    with_dictionary = "-D dictionary" if dictionary else ""
    line = f"age -d -i key envelope | zstd -d -c {with_dictionary}"
    plain = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, check=True, timeout=20).stdout
    header, _, content = plain.partition(b"\n")
    assert json.loads(header)["format"] == "thon-envelope-1"
    assert content == to_json(payload)


def test_it_does_not_open_for_another_commune(payload: Payload, point: Keys, commune: Keys) -> None:
    body = seal(payload, point.signing, commune.recipient).body
    with pytest.raises(WorldError) as caught:
        open_sealed(body, keys.generate_age_identity(), no_dictionary)
    assert code_of(caught) == "envelope.unreadable"


def test_no_flipped_bit_goes_unnoticed(payload: Payload, point: Keys, commune: Keys) -> None:
    body = seal(payload, point.signing, commune.recipient).body
    for place in range(0, len(body), 7):
        broken = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        with pytest.raises(WorldError):
            open_sealed(broken, commune.identity, no_dictionary)


@pytest.mark.parametrize("length", [0, 1, 30, 200, -1])
def test_a_cut_envelope_is_unreadable(payload: Payload, point: Keys, commune: Keys, length: int) -> None:
    body = seal(payload, point.signing, commune.recipient).body
    with pytest.raises(WorldError) as caught:
        open_sealed(body[:length], commune.identity, no_dictionary)
    assert code_of(caught) == "envelope.unreadable"


def test_an_unknown_dictionary_is_told_apart(payload: Payload, point: Keys, commune: Keys) -> None:
    body = seal(payload, point.signing, commune.recipient, DICTIONARY).body
    with pytest.raises(WorldError) as caught:
        open_sealed(body, commune.identity, no_dictionary)
    assert code_of(caught) == "envelope.dictionary"


def test_a_wrong_dictionary_is_damage_not_nonsense(point: Keys, commune: Keys) -> None:
    payload = make_payload(answers=(Answer("me.ho_ten", "Nguyễn Văn"),) * 5)
    body = seal(payload, point.signing, commune.recipient, DICTIONARY).body
    with pytest.raises(WorldError) as caught:
        open_sealed(body, commune.identity, lambda _name: b"x" * len(DICTIONARY))
    assert code_of(caught) == "envelope.damaged"


def forged(header: dict[str, str], content: bytes, commune: Keys) -> bytes:
    frame = zstandard.ZstdCompressor(write_checksum=True).compress(
        json.dumps(header).encode() + b"\n" + content
    )
    return pack(label(b"thon-envelope-1") + frame, commune)


def test_a_forged_signature_is_refused(payload: Payload, point: Keys, commune: Keys) -> None:
    content = to_json(payload)
    header = {
        "format": "thon-envelope-1",
        "point_key": keys.public_key(point.signing),
        "signature": keys.sign(b"thon-envelope-1\n" + content, keys.generate_signing_key()),
    }
    with pytest.raises(WorldError) as caught:
        open_sealed(forged(header, content, commune), commune.identity, no_dictionary)
    assert code_of(caught) == "envelope.signature"


def test_a_signature_without_the_formats_name_does_not_count(
    payload: Payload, point: Keys, commune: Keys
) -> None:
    content = to_json(payload)
    header = {
        "format": "thon-envelope-1",
        "point_key": keys.public_key(point.signing),
        "signature": keys.sign(content, point.signing),
    }
    with pytest.raises(WorldError) as caught:
        open_sealed(forged(header, content, commune), commune.identity, no_dictionary)
    assert code_of(caught) == "envelope.signature"


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        (b"", "envelope.damaged"),
        (b"plain text, not an envelope", "envelope.damaged"),
        (label(b"thon-envelope-1"), "envelope.damaged"),
        (label(b"thon-envelope-1 a b"), "envelope.damaged"),
        (label(b"thon-envelope-2") + zstandard.ZstdCompressor().compress(b"{}\n"), "envelope.damaged"),
        (label(b"thon-envelope-1") + b"\0" * 40, "envelope.damaged"),
        (label(b"thon-envelope-1") + zstandard.ZstdCompressor().compress(b"{}\n{}"), "envelope.damaged"),
        (
            label(b"thon-envelope-1")
            + zstandard.ZstdCompressor().compress(
                b'{"format":"thon-envelope-9","point_key":"","signature":""}\n{}'
            ),
            "envelope.newer",
        ),
        (
            label(b"thon-envelope-1")
            + zstandard.ZstdCompressor(write_content_size=False).compressobj().compress(b"x" * 300_000),
            "envelope.damaged",
        ),
    ],
)
def test_what_is_no_envelope_is_refused(commune: Keys, plain: bytes, code: str) -> None:
    with pytest.raises(WorldError) as caught:
        open_sealed(pack(plain, commune), commune.identity, no_dictionary)
    assert code_of(caught) == code


def test_a_bomb_is_refused_before_it_unfolds(commune: Keys) -> None:
    bomb = label(b"thon-envelope-1") + zstandard.ZstdCompressor(level=19).compress(b"\0" * 200_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(WorldError) as caught:
        open_sealed(pack(bomb, commune), commune.identity, no_dictionary)
    assert code_of(caught) == "envelope.too_big"


def test_too_much_is_refused_at_both_ends(
    point: Keys, commune: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = make_payload(note="x" * (sealing.MAX_PLAIN_BYTES // 2 + 1))
    with pytest.raises(WorldError) as caught:
        seal(big, point.signing, commune.recipient)
    assert code_of(caught) == "envelope.too_big"
    with pytest.raises(WorldError) as caught:
        open_sealed(b"x" * (sealing.MAX_SEALED_BYTES + 1), commune.identity, no_dictionary)
    assert code_of(caught) == "envelope.too_big"
    monkeypatch.setattr(sealing, "MAX_BYTES", 10)
    with pytest.raises(WorldError) as caught:
        seal_bytes(b"x" * 11, commune.recipient)
    assert caught.value.params == {"limit": 10}


def test_a_paper_is_a_plain_age_file(commune: Keys) -> None:
    body = seal_bytes(b"\xff\xd8 scan", commune.recipient)
    assert body.startswith(b"age-encryption.org/v1")
    assert open_bytes(body, commune.identity) == b"\xff\xd8 scan"
    assert seal_bytes(b"\xff\xd8 scan", commune.recipient) != body


@pytest.mark.parametrize("recipient", ["", "age1xyz", "AGE-SECRET-KEY-1", "khóa"])
def test_an_impossible_recipient_is_refused(payload: Payload, point: Keys, recipient: str) -> None:
    with pytest.raises(WorldError) as caught:
        seal(payload, point.signing, recipient)
    assert code_of(caught) == "envelope.key"


def test_an_impossible_identity_is_refused(commune: Keys) -> None:
    with pytest.raises(WorldError) as caught:
        open_bytes(seal_bytes(b"x", commune.recipient), "AGE-SECRET-KEY-1NO")
    assert code_of(caught) == "envelope.key"
