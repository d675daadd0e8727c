"""PROTOCOL.md and ``sync/protocol.py`` say the same, no more and no less."""

import dataclasses
import inspect
import re
from pathlib import Path

import msgspec
import pytest

from kiosk.domain.consent import Consent, Purpose
from kiosk.domain.dossier import Answer, Road, Source, State
from kiosk.domain.events import DossierFacts, EventKind, NewsItem, Receipt, ResultFile
from kiosk.domain.paper import SealedPaper
from kiosk.envelope.payload import Payload, PortalFiling
from kiosk.envelope.receipts import canonical_text
from sync import protocol
from sync.hub.wire import STATUS
from sync.protocol import Message, Verdict

CONTENT_RECORDS = (Payload, Answer, SealedPaper, Consent, PortalFiling, NewsItem, ResultFile, DossierFacts)
TEXT = (Path(__file__).parents[2] / "PROTOCOL.md").read_text(encoding="utf-8")


def records() -> dict[str, type[Message]]:
    found = inspect.getmembers(protocol, inspect.isclass)
    return {name: one for name, one in found if issubclass(one, Message) and one is not Message}


def tables() -> dict[str, set[str]]:
    """The first column of the table under each heading that names a record."""
    found = {}
    for part in re.split(r"^#{2,3} ", TEXT, flags=re.MULTILINE):
        heading = re.match(r"`(\w+)`\n", part)
        if heading:
            rows = part.split("\n\n")[0]
            found[heading[1]] = set(re.findall(r"^\| `(\w+)` \|", rows, flags=re.MULTILINE))
    return found


CONTENTS = {record.__name__: record for record in CONTENT_RECORDS}


def test_every_record_is_described_and_nothing_else() -> None:
    assert set(tables()) == {*records(), *CONTENTS, "Verdict"}


@pytest.mark.parametrize("name", sorted(CONTENTS))
def test_every_field_of_what_is_sealed_is_described_and_nothing_else(name: str) -> None:
    assert tables()[name] == {field.name for field in dataclasses.fields(CONTENTS[name])}


@pytest.mark.parametrize("name", sorted(records()))
def test_every_field_is_described_and_nothing_else(name: str) -> None:
    assert tables()[name] == {field.name for field in msgspec.structs.fields(records()[name])}


def test_every_verdict_is_described_and_nothing_else() -> None:
    assert tables()["Verdict"] == {verdict.value for verdict in Verdict}


def test_paths_and_limits_are_those_of_the_code() -> None:
    for path in (protocol.HELLO_PATH, protocol.ENROL_PATH, protocol.ROUND_PATH, protocol.PAPERS_PATH):
        assert f"{path}`" in TEXT
    assert f"`GET {protocol.RESULTS_PATH}/<sealed_sha256>`" in TEXT
    assert f"{protocol.MAX_ROUND_BYTES // 1024 // 1024} MiB (`MAX_ROUND_BYTES`)" in TEXT
    assert f"{protocol.MAX_PAPER_BYTES // 1024 // 1024} MiB, `MAX_PAPER_BYTES`" in TEXT
    assert "2³¹ (`MAX_COUNTED`)" in TEXT
    assert protocol.MAX_COUNTED == 2**31
    assert f"{protocol.MAX_REVISION:_} (`MAX_REVISION`)".replace("_", " ", 1) in TEXT
    assert f"{protocol.MAX_EVENT_PAPERS} papers in one event (`MAX_EVENT_PAPERS`)" in TEXT
    assert f"{protocol.MAX_WINDOW // 1024 // 1024} MiB (`MAX_WINDOW`" in TEXT
    for name in ("MAX_EVENTS", "MAX_ROUND_PAPERS", "MAX_RECEIPTS"):
        told = re.search(rf"([\d ]*\d) [a-z ]*\(`{name}`\)", TEXT)
        assert told is not None, name
        assert int(told[1].replace(" ", "")) == getattr(protocol, name), name
    assert f"version {protocol.VERSION}\n" in TEXT.split("\n", 1)[0] + "\n"


def test_every_refusal_with_a_status_of_its_own_is_in_the_table() -> None:
    rows = re.findall(r"^\| ([\d, ]+) \| (.*?) \|", TEXT, flags=re.MULTILINE)
    told = {(int(status), code) for each, codes in rows for status in each.split(",")
            for code in re.findall(r"`([a-z_.]+)`", codes)}  # fmt: skip
    assert {(status, code) for code, status in STATUS.items()} <= told
    assert (405, "request.not_found") in told


def test_event_kinds_sources_purposes_and_states_are_named() -> None:
    for word in [*EventKind, *Source, *Purpose, *Road]:
        assert f"`{word}`" in TEXT
    line = next(line for line in TEXT.split("\n") if line.startswith("`state` is one of"))
    named = set(re.findall(r"`(\w+)`", line)) - {"state"}
    assert named <= {state.value for state in State}
    assert {"asked_for_more", "received", "result_ready"} <= named


def test_the_canonical_receipt_in_the_text_is_what_is_signed() -> None:
    example = re.search(r"```\n(thon-receipt-1\n.*?)```", TEXT, flags=re.DOTALL)
    assert example is not None
    receipt = Receipt("e-7f3a", 18, "0192…", "0192…", 1, "9f86d0…", "2026-11-21T09:15:00+07:00")
    assert canonical_text(receipt) == example[1].encode()


@pytest.mark.parametrize("record", [protocol.RoundRequest, protocol.RoundAnswer])
def test_the_examples_are_valid_messages(record: type[Message]) -> None:
    blocks = [block.replace("…", "") for block in re.findall(r"```json\n(.*?)```", TEXT, flags=re.DOTALL)]
    wanted = '"verdicts"' if record is protocol.RoundAnswer else '"events"'
    example = next(block for block in blocks if wanted in block)
    example = re.sub(r'"body": "[^"]*"', '"body": "YWdl"', example)
    assert msgspec.json.decode(example, type=record).version == protocol.VERSION  # type: ignore[attr-defined]


def test_an_unknown_field_is_ignored_and_an_unknown_verdict_means_later() -> None:
    said = msgspec.json.decode(b'{"event":"e","verdict":"perhaps","mood":1}', type=protocol.EventVerdict)
    assert said.verdict is Verdict.LATER


def test_a_missing_field_makes_a_message_invalid() -> None:
    with pytest.raises(msgspec.ValidationError, match="sentence"):
        msgspec.json.decode(b'{"code":"x"}', type=protocol.Problem)
