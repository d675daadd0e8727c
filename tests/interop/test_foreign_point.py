"""A point that somebody else wrote from PROTOCOL.md, in another language, beside a hub of ours."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.hub.context import Hub
from sync.hub.office.actions import Step, act
from sync.hub.office.reading import open_dossier, open_paper, people
from sync.hub.store import officers
from tests.interop.conftest import HERE, Kept
from tests.support.hub import add_officer

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("node", "age", "zstd"))), reason="needs node, age and zstd"
)
SENTENCE = "Xin chụp lại giấy chứng sinh cho rõ."


def said(process: "subprocess.Popen[str]", step: str) -> dict[str, object]:
    """What the point prints next; it must be of this step."""
    assert process.stdout is not None
    facts: dict[str, object] = json.loads(process.stdout.readline() or '{"step": "died"}')
    assert facts.pop("step") == step
    return facts


def ask_for_more(inside: Hub, dossier: str) -> None:
    add_officer(inside, "lan", officers.Role.OFFICER)
    with inside.database.read() as connection:
        officer = officers.by_name(connection, inside.commune, "lan")
    assert officer is not None
    act(
        inside,
        officer,
        dossier,
        Step(action="ask", sentence=SENTENCE, papers=("giay_chung_sinh",), revision=1),
    )


@pytest.fixture
def talk(kept: Kept, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """The foreign point, beside a hub where nobody enrolled it yet."""
    folder = tmp_path / "point"
    folder.mkdir()
    code = kept.hub.new_code("Thôn Hai")
    command = ["node", str(HERE / "foreign_point.mjs"), kept.hub.url, str(kept.hub.authority_file), code]
    with subprocess.Popen(
        [*command, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        yield process
        process.kill()


def test_a_point_written_from_the_protocol_alone_is_understood(
    kept: Kept, talk: "subprocess.Popen[str]"
) -> None:
    assert said(talk, "enrolled") == {"status": 201, "hamlet": "Thôn Hai"}
    assert said(talk, "sent") == {"verdict": "accepted", "receipt": None, "missing": 1}
    assert said(talk, "paper") == {"created": 201, "wrong": 409, "offset": "70000", "last": 204}
    received = said(talk, "received")
    assert (received["verdict"], received["holds"]) == ("already_accepted", True)
    assert said(talk, "again") == {"same": True}
    behind = {"status": 409, "code": "sequence.behind", "highest": 2}
    assert said(talk, "same sequence, other words") == behind
    opened = open_dossier(kept.inside, str(received["dossier"]))
    assert opened.current is not None
    assert people(opened.current) == ("NGUYỄN VĂN HỢP", "TRẦN THỊ BƯỞI")
    (sealed,) = opened.papers()
    assert open_paper(kept.inside, opened, sealed)[1].startswith(b"%PDF-1.4")
    ask_for_more(kept.inside, str(received["dossier"]))
    assert talk.stdin is not None
    talk.stdin.write("go on\n")
    talk.stdin.flush()
    news = said(talk, "news")
    assert news == {"states": ["asked_for_more"], "sentence": SENTENCE, "papers": ["giay_chung_sinh"]}
