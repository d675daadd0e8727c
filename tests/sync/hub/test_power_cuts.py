"""The hub is killed while dossiers arrive: no receipt without its dossier and papers, nothing twice."""

import base64
import gc
import random
import threading
from pathlib import Path

import msgspec
import pytest
import requests

from kiosk.envelope.seal import digest_of
from sync.hub.context import Hub
from sync.hub.home import Home
from sync.hub.running import TrialHub, start_trial_hub
from sync.hub.store import events
from sync.hub.uploads import paper_file
from sync.protocol import PAPERS_PATH, ROUND_PATH, Event, RoundAnswer, SignedReceipt
from tests.support.hub import HubPoint, open_hub

DOSSIERS = 12
CUTS = 4


def send_paper(hub: TrialHub, web: requests.Session, headers: dict[str, str], body: bytes) -> None:
    named = base64.b64encode(digest_of(body).encode()).decode()
    create = {**headers, "Upload-Length": str(len(body)), "Upload-Metadata": f"sha256 {named}"}
    place = hub.url + web.post(hub.url + PAPERS_PATH, headers=create, timeout=10).headers["Location"]
    there = int(web.head(place, headers=headers, timeout=10).headers["Upload-Offset"])
    kind = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(there)}
    web.patch(place, data=body[there:], headers=headers | kind, timeout=10)


def try_once(
    hub: TrialHub, web: requests.Session, point: HubPoint, waiting: dict[str, Event]
) -> list[SignedReceipt]:
    """Papers, then one round with everything that has no receipt; what the answer proves."""
    headers = {"Authorization": f"Bearer {point.enrolled.token}", "Tus-Resumable": "1.0.0"}
    for event in waiting.values():
        for sha in event.papers:
            send_paper(hub, web, headers, point.papers[sha])
    body = point.request(*waiting.values())
    reply = web.post(hub.url + ROUND_PATH, data=body, headers=headers, timeout=10)
    reply.raise_for_status()
    answer = msgspec.json.decode(reply.content, type=RoundAnswer)
    return [verdict.receipt for verdict in answer.verdicts if verdict.receipt] + answer.receipts


@pytest.mark.fault
@pytest.mark.filterwarnings(
    # A hub killed in the middle of an answer leaves urllib3 with a socket that only the collector closes.
    "ignore:Exception ignored in. <ssl.SSLSocket:pytest.PytestUnraisableExceptionWarning",
    "ignore:unclosed <ssl.SSLSocket:ResourceWarning",
)
def test_no_receipt_without_its_dossier_and_papers(tmp_path: Path) -> None:
    hub = start_trial_hub(tmp_path / "hub")
    inside = open_hub(Home(hub.home))
    point = HubPoint(inside)
    made = [point.event(papers=[point.paper()]) for _ in range(DOSSIERS)]
    waiting, receipts = {event.id: event for event in made}, {}
    chance = random.Random(5)
    try:
        for cut in range(CUTS + 1):
            timer = threading.Timer(chance.uniform(0.05, 0.6), hub.process.kill)
            if cut < CUTS:
                timer.start()
            with requests.Session() as web:
                web.verify, web.trust_env = str(hub.authority_file), False
                try:
                    given = try_once(hub, web, point, waiting)
                    receipts.update({receipt.event: receipt for receipt in given})
                except (requests.RequestException, KeyError):
                    given = []
            timer.join() if cut < CUTS else timer.cancel()
            waiting = {id_: event for id_, event in waiting.items() if id_ not in receipts}
            check(inside, point, receipts)
            if cut < CUTS:
                hub.kill()
                hub = start_trial_hub(hub.home, port=hub.port)
    finally:
        hub.stop()
        inside.database.close()
        gc.collect()
    assert waiting == {}
    assert len({receipt.number for receipt in receipts.values()}) == DOSSIERS


def check(inside: Hub, point: HubPoint, receipts: dict[str, SignedReceipt]) -> None:
    """Every receipt that ever left the hub stands for a row and whole papers."""
    with inside.database.read() as connection:
        for receipt in receipts.values():
            known = events.by_id(connection, receipt.event)
            assert known is not None
            assert (known.receipt_number, known.digest) == (receipt.number, receipt.digest)
            assert events.missing_papers(connection, known) == []
    for sha, body in point.papers.items():
        file = paper_file(inside.home, point.enrolled.point, sha)
        assert not file.exists() or file.read_bytes() == body
