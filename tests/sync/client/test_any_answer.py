"""Whatever a hub says in the right shape: no exception leaves a round, and nothing moves without proof."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from kiosk.domain.events import NewsItem
from kiosk.domain.ids import new_id
from kiosk.envelope import keys
from kiosk.envelope.news import seal_news
from sync.client.loop import Link, run_round
from sync.client.transport import is_answer_to
from sync.client.trouble import Kind, TransportError
from sync.protocol import EventVerdict, News, RoundAnswer, RoundRequest, SignedReceipt, Verdict
from tests.support.fake_hub import FakeHub
from tests.support.point import Point, make_point

NUMBERS = st.integers(-3, 12) | st.sampled_from([2**53, 2**63, 2**64 - 1])
TEXTS = st.text(max_size=8) | st.sampled_from(["epoch-1", "epoch-2", "00" * 64, ""])
EVENTS = st.sampled_from(["KNOWN", "PAPERS", "STRANGER", ""])
RECEIPTS = st.builds(
    SignedReceipt, epoch=TEXTS, number=NUMBERS, event=EVENTS, dossier=TEXTS, revision=NUMBERS,
    digest=TEXTS, received_at=TEXTS, signature=TEXTS,
)  # fmt: skip
VERDICTS = st.builds(
    EventVerdict, event=EVENTS, verdict=st.sampled_from([Verdict.ACCEPTED, Verdict.ALREADY, Verdict.LATER]),
    code=TEXTS, sentence=TEXTS, missing_papers=st.lists(TEXTS, max_size=2), receipt=st.none() | RECEIPTS,
)  # fmt: skip
IDENTITY = keys.generate_age_identity()
ITEMS = st.builds(
    NewsItem, number=NUMBERS, dossier=TEXTS, revision=NUMBERS, state=TEXTS, at=TEXTS, sentence=TEXTS,
    portal_code=TEXTS, papers=st.lists(TEXTS, max_size=2).map(tuple),
    answers=st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
)  # fmt: skip
SEALED = ITEMS.map(lambda item: seal_news(item, keys.recipient_of(IDENTITY)))
GOOD = st.integers(0, 12)
NEWS = st.builds(News, number=GOOD, body=st.binary(max_size=9) | SEALED)
ANSWERS = st.builds(
    RoundAnswer, version=st.just(1), epoch=TEXTS, receipt_number=GOOD, safe=GOOD, sequence=st.just(0),
    verdicts=st.lists(VERDICTS, max_size=3), receipts=st.lists(RECEIPTS, max_size=2),
    news=st.lists(NEWS, max_size=3), cursor=GOOD, more=st.booleans(),
)  # fmt: skip


class Mouth:
    """In place of the transport: says what it was told to say."""

    def __init__(self) -> None:
        self.answer: RoundAnswer | None = None
        self.names: dict[str, str] = {}

    def round(self, request: RoundRequest) -> RoundAnswer:
        assert self.answer is not None
        answer = RoundAnswer(
            **{
                name: getattr(self.answer, name) for name in RoundAnswer.__struct_fields__ if name not in _OWN
            },
            sequence=request.sequence,
            verdicts=[self._named(one) for one in self.answer.verdicts],
        )
        if not is_answer_to(request, answer):
            raise TransportError(Kind.GARBLED)
        return answer

    def _named(self, verdict: EventVerdict) -> EventVerdict:
        facts = {name: getattr(verdict, name) for name in EventVerdict.__struct_fields__}
        return EventVerdict(**{**facts, "event": self.names.get(verdict.event, verdict.event)})

    def send(self, *_args: object) -> None:
        raise TransportError(Kind.NO_LINE)


_OWN = {"sequence", "verdicts"}


@pytest.fixture(scope="module")
def talking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Point, Link, Mouth]]:
    hub = FakeHub(url="https://127.0.0.1:1")
    home: Path = tmp_path_factory.mktemp("any answer")
    point = make_point(home, hub.enrolment)
    point.identity = IDENTITY
    link = point.enrol(hub.enrolment, hub.token)
    link.transport.close()
    mouth = Mouth()
    link.transport = mouth  # type: ignore[assignment]
    mouth.names = {"KNOWN": point.queue().id, "PAPERS": point.queue(papers=(50,)).id, "STRANGER": new_id()}
    yield point, link, mouth
    point.database.close()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=ANSWERS)
def test_no_answer_breaks_a_round_or_moves_an_event_without_proof(
    talking: tuple[Point, Link, Mouth], answer: RoundAnswer
) -> None:
    point, link, mouth = talking
    mouth.answer = answer
    outcome = run_round(link)
    event(outcome.kind.value)
    assert outcome.received == 0
    assert outcome.wait_seconds >= 0
    assert set(point.states().values()) <= {"waiting", "accepted"}


REQUEST = RoundRequest(
    version=1, point="p", incarnation="i", sequence=5, epoch="e", receipt=0, safe=0, cursor=0
)
RIGHT = {"version": 1, "epoch": "e", "receipt_number": 1, "safe": 0, "sequence": 5}


def test_a_proper_answer_counts() -> None:
    assert is_answer_to(REQUEST, RoundAnswer(**RIGHT))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 2},
        {"epoch": ""},
        {"sequence": 4},
        {"receipt_number": -1},
        {"receipt_number": 2**63},
        {"safe": 2**53},
        {"cursor": -1},
        {"news": [News(number=2**64 - 1, body=b"")]},
    ],
)
def test_an_impossible_answer_does_not(wrong: dict[str, object]) -> None:
    assert not is_answer_to(REQUEST, RoundAnswer(**{**RIGHT, **wrong}))  # type: ignore[arg-type]
