"""What to send and what to believe, without a line."""

from dataclasses import replace

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.events import EventKind, NewsItem, OutboxItem, Receipt
from kiosk.envelope import keys
from kiosk.envelope.news import seal_news
from kiosk.envelope.receipts import sign_receipt
from sync.client.plan import ALONE_AFTER, Decision, Standing, choose, decide, request_of
from sync.protocol import EventVerdict, News, RoundAnswer, SignedReceipt, Verdict

HUB = keys.generate_signing_key()
HUB_KEY = keys.public_key(HUB)
IDENTITY = keys.generate_age_identity()
STANDING = Standing("life-1", 5, "e1", 3, 2, 7)
ANSWER = RoundAnswer(version=1, epoch="e1", receipt_number=9, safe=2, sequence=5, cursor=7)


def item(name: str = "a", attempts: int = 0, papers: tuple[str, ...] = ()) -> OutboxItem:
    return OutboxItem(
        f"event-{name}",
        EventKind.DOSSIER,
        f"dossier-{name}",
        1,
        "1.001193",
        b"body",
        "d" * 64,
        papers,
        "",
        attempts,
    )


def signed(one: OutboxItem, number: int, epoch: str = "e1", key: str = HUB) -> SignedReceipt:
    receipt = Receipt(
        epoch, number, one.id, one.dossier, one.revision, one.digest, "2026-11-21T09:00:00+07:00"
    )
    return SignedReceipt(**vars(receipt), signature=sign_receipt(receipt, key))


def judged(one: OutboxItem, verdict: Verdict, **more: object) -> EventVerdict:
    return EventVerdict(event=one.id, verdict=verdict, **more)  # type: ignore[arg-type]


def decided(*items: OutboxItem, standing: Standing = STANDING, **answer: object) -> Decision:
    return decide(standing, items, msgspec.structs.replace(ANSWER, **answer), HUB_KEY, IDENTITY)


def test_fresh_events_travel_together() -> None:
    items = [item("a"), item("b", ALONE_AFTER - 1)]
    assert choose(items) == tuple(items)


def test_an_event_that_failed_often_travels_alone_and_last() -> None:
    fresh, bad, worse = item("a"), item("b", ALONE_AFTER), item("c", ALONE_AFTER + 4)
    assert choose([fresh, bad, worse]) == (fresh,)
    assert choose([bad, worse]) == (bad,)


def test_a_later_revision_never_overtakes_one_that_travels_alone() -> None:
    bad, next_revision = item("a", ALONE_AFTER), item("a2")
    assert choose([bad, next_revision]) == (bad,)


def test_nothing_to_send() -> None:
    assert choose([]) == ()


def test_the_request_says_where_the_point_stands() -> None:
    request = request_of("p", STANDING, [item("a", papers=("f" * 64,))])
    assert (request.version, request.point, request.incarnation, request.sequence) == (1, "p", "life-1", 5)
    assert (request.epoch, request.receipt, request.safe, request.cursor) == ("e1", 3, 2, 7)
    event = request.events[0]
    assert (event.id, event.kind, event.digest, event.papers) == ("event-a", "dossier", "d" * 64, ["f" * 64])


def test_a_receipt_settles_an_event() -> None:
    one = item()
    decision = decided(one, verdicts=[judged(one, Verdict.ACCEPTED, receipt=signed(one, 9))])
    assert [held.receipt.number for held in decision.receipts] == [9]
    assert (decision.rulings, decision.receipt, decision.not_believed) == ((), 9, 0)


def test_a_late_receipt_of_an_earlier_round_counts() -> None:
    earlier = item("earlier")
    decision = decided(receipts=[signed(earlier, 8)])
    assert decision.receipts[0].receipt.event == earlier.id


def test_receipts_that_do_not_fit_are_doubted() -> None:
    one = item()
    for wrong in (
        signed(one, 9, key=keys.generate_signing_key()),
        signed(one, 9, epoch="e0"),
        signed(one, 10),
        signed(one, 0),
        signed(replace(one, digest="e" * 64), 9),
        signed(replace(one, revision=2), 9),
        signed(replace(one, dossier="dossier-b"), 9),
        msgspec.structs.replace(signed(one, 9), number=8),
    ):
        decision = decided(one, verdicts=[judged(one, Verdict.ACCEPTED, receipt=wrong)])
        assert decision.receipts == ()
        assert decision.rulings[0].verdict is Verdict.LATER
        assert (decision.rulings[0].code, decision.receipt) == ("receipt.wrong", STANDING.receipt)
        assert decision.not_believed == 1


def brief(receipt: SignedReceipt) -> SignedReceipt:
    return msgspec.structs.replace(receipt, dossier="", revision=0, digest="")


def test_a_brief_receipt_is_completed_from_the_event_that_it_answers() -> None:
    one = item()
    assert request_of("p", STANDING, [one]).brief
    decision = decided(one, verdicts=[judged(one, Verdict.ACCEPTED, receipt=brief(signed(one, 9)))])
    assert decision.receipts[0].receipt.digest == one.digest
    assert decision.receipts == decided(receipts=[signed(one, 9)]).receipts


def test_a_brief_receipt_is_signed_over_what_it_leaves_out() -> None:
    one = item()
    other = signed(replace(one, digest="e" * 64), 9)
    decision = decided(one, verdicts=[judged(one, Verdict.ACCEPTED, receipt=brief(other))])
    assert (decision.receipts, decision.not_believed) == ((), 1)
    assert decided(one, receipts=[brief(signed(item("earlier"), 8))]).receipts == (), "of no event on board"


def test_missing_papers_are_named_only_if_they_are_ours() -> None:
    one = item(papers=("f" * 64,))
    verdict = judged(one, Verdict.ACCEPTED, missing_papers=["f" * 64, "0" * 64])
    ruling = decided(one, verdicts=[verdict]).rulings[0]
    assert (ruling.verdict, ruling.missing) == (Verdict.ACCEPTED, ("f" * 64,))


def test_accepted_without_receipt_or_missing_papers_is_asked_again() -> None:
    one = item(papers=("f" * 64,))
    ruling = decided(one, verdicts=[judged(one, Verdict.ALREADY)]).rulings[0]
    assert (ruling.verdict, ruling.code) == (Verdict.LATER, "receipt.none")


def test_silence_about_an_event_means_later() -> None:
    assert decided(item()).rulings[0].verdict is Verdict.LATER


def test_a_refusal_keeps_its_reason() -> None:
    one = item()
    verdict = judged(one, Verdict.REFUSED, code="event.kind", sentence="Không nhận.")
    ruling = decided(one, verdicts=[verdict]).rulings[0]
    assert (ruling.verdict, ruling.code, ruling.sentence) == (Verdict.REFUSED, "event.kind", "Không nhận.")


def test_verdicts_for_strangers_are_ignored() -> None:
    assert decided(verdicts=[judged(item("x"), Verdict.REFUSED)]).rulings == ()


def test_a_new_epoch_starts_the_marks_anew() -> None:
    decision = decided(epoch="e2", receipt_number=1, safe=1)
    assert (decision.send_again, decision.receipt, decision.safe) == (True, 0, 1)
    assert decision.forget_above is None


def test_the_first_epoch_is_no_new_one() -> None:
    assert not decided(standing=replace(STANDING, epoch="", receipt=0, safe=0)).send_again


def test_a_lower_receipt_number_in_the_same_epoch_is_a_rollback() -> None:
    decision = decided(receipt_number=1, safe=1)
    assert (decision.send_again, decision.forget_above, decision.receipt, decision.safe) == (True, 1, 0, 1)


def test_safe_never_falls_and_never_passes_the_last_receipt() -> None:
    assert decided(safe=0).safe == 2
    assert decided(safe=1000).safe == 9


def test_news_passes_the_cursor_only_with_what_came() -> None:
    recipient = keys.recipient_of(IDENTITY)
    eight = NewsItem(number=8, dossier="d", revision=1, state="seen", at="")
    came = [
        News(number=9, body=b"junk"),
        News(number=8, body=seal_news(eight, recipient)),
        News(number=10, body=seal_news(eight, recipient)),
        News(number=7, body=seal_news(replace(eight, number=7), recipient)),
    ]
    decision = decided(news=came, cursor=1_000_000)
    assert decision.news == (eight,)
    assert (decision.cursor, decision.not_believed) == (10, 2)


@given(st.lists(st.integers(0, 10), max_size=12))
def test_something_is_always_chosen_and_nothing_is_reordered(attempts: list[int]) -> None:
    items = [item(str(number), tried) for number, tried in enumerate(sorted(attempts))]
    chosen = choose(items)
    assert list(chosen) == items[: len(chosen)]
    assert bool(chosen) == bool(items)
    assert len(chosen) <= 1 or all(one.attempts < ALONE_AFTER for one in chosen)
