"""The formats of the stick, and PROTOCOL.md beside them."""

import re
from pathlib import Path

import msgspec
import pytest

from kiosk.domain.errors import WorldError
from kiosk.domain.ids import new_id
from kiosk.envelope import keys
from kiosk.envelope.seal import seal_bytes
from sync import stick
from sync.protocol import RoundAnswer
from sync.stick import StickAnswer, StickManifest

TEXT = (Path(__file__).parents[2] / "PROTOCOL.md").read_text(encoding="utf-8")
IDENTITY, SIGNER = keys.generate_age_identity(), keys.generate_signing_key()
MANIFEST = StickManifest(
    version=1, export=new_id(), point=new_id(), epoch="e-1", receipt=3, cursor=2, events=[], papers=["a" * 64]
)


def sealed(manifest: StickManifest = MANIFEST) -> bytes:
    return stick.seal_manifest(manifest, SIGNER, keys.recipient_of(IDENTITY))


@pytest.mark.parametrize("record", [StickManifest, StickAnswer])
def test_every_field_is_described_and_nothing_else(record: type[StickManifest] | type[StickAnswer]) -> None:
    part = TEXT.split(f"#### `{record.__name__}`\n")[1].split("\n\n")[0]
    named = set(re.findall(r"^\| `(\w+)` \|", part, flags=re.MULTILINE))
    assert named == {field.name for field in msgspec.structs.fields(record)}


def test_names_of_the_files_are_those_of_the_text() -> None:
    for word in (stick.MANIFEST, stick.ENVELOPE, stick.PAPER, stick.ANSWER):
        assert f">{word} " in TEXT
    for word in (stick.TO_COMMUNE, stick.TO_POINT):
        assert f"{stick.FOLDER}/{word}/" in TEXT


def test_a_manifest_comes_back_with_what_was_signed() -> None:
    manifest, signature, signed = stick.open_manifest(sealed(), IDENTITY)
    assert manifest == MANIFEST
    assert keys.verify(signed, signature, keys.public_key(SIGNER))
    assert not keys.verify(signed, signature, keys.public_key(keys.generate_signing_key()))


def test_a_signature_of_one_kind_is_none_of_the_other() -> None:
    """What a point signed can never be passed off as an answer of the hub."""
    answer = StickAnswer(
        version=1,
        export=new_id(),
        point=new_id(),
        epoch="",
        answer=RoundAnswer(version=1, epoch="e", receipt_number=0, safe=0, sequence=0),
    )
    data = stick.seal_answer(answer, SIGNER, keys.recipient_of(IDENTITY))
    assert stick.open_answer(data, IDENTITY, keys.public_key(SIGNER)) == answer
    with pytest.raises(WorldError, match=r"stick\.signature"):
        stick.open_answer(sealed(), IDENTITY, keys.public_key(SIGNER))


@pytest.mark.parametrize("cut", [0, 1, 30, 200])
def test_a_file_that_was_cut_is_not_for_us(cut: int) -> None:
    with pytest.raises(WorldError, match=r"stick\.foreign"):
        stick.open_manifest(sealed()[:cut], IDENTITY)


def test_a_newer_version_is_refused() -> None:
    with pytest.raises(WorldError, match=r"request\.version"):
        stick.open_manifest(sealed(msgspec.structs.replace(MANIFEST, version=2)), IDENTITY)


@pytest.mark.parametrize("plain", [b"", b"x", b"a" * 128 + b"\n{}", b"\xff" * 128 + b"\n[1]"])
def test_nonsense_inside_is_damaged(plain: bytes) -> None:
    with pytest.raises(WorldError, match=r"stick\.damaged"):
        stick.open_manifest(seal_bytes(plain, keys.recipient_of(IDENTITY)), IDENTITY)


def test_files_are_found_a_few_levels_deep_and_in_the_order_of_their_making(tmp_path: Path) -> None:
    first, second, third = sorted(new_id() for _ in range(3))
    for name, place in ((third, "."), (first, "a/b/c"), (second, "a/b/c/d")):
        (tmp_path / place).mkdir(parents=True, exist_ok=True)
        (tmp_path / place / f"{name}.answer").write_bytes(b"x")
    (tmp_path / "notes.answer").write_bytes(b"x")
    (tmp_path / f"{new_id()}.answer").mkdir()
    found = stick.find_files(tmp_path, ".answer")
    assert [path.stem for path in found] == [first, third]
    assert stick.find_files(tmp_path / "missing", ".answer") == []


def test_a_file_that_is_too_big_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big"
    with path.open("wb") as file:
        file.truncate(stick.MAX_FILE_BYTES + 1)
    assert stick.read_file(path) is None
    assert stick.read_file(tmp_path) is None
