"""After hand-over: the commune's word, and the next revision."""

import pytest

from kiosk.desk import attach_papers, fill, follow_up, hand_over, today, withdraw
from kiosk.desk.desk import Desk
from kiosk.desk.hand_over import Contact
from kiosk.domain.consent import Purpose
from kiosk.domain.dossier import Source, State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind, NewsItem, OutboxItem
from kiosk.envelope.seal import open_sealed
from kiosk.storage import drafts, news, outbox
from tests.support.pictures import jpeg
from tests.support.points import AT, add_queued
from tests.support.visits import CHILD, ready_dossier, tick_everything


def sent(desk: Desk, contact: Contact | None = None) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A dossier that arrived, and its answers as the hub would send them back."""
    filling = ready_dossier(desk, frozenset(Purpose))
    filled = filling.session.filled()
    answers = tuple(
        (entry.name, entry.value) for entry in filled if entry.value and entry.kind != "calculate"
    )
    hand_over.hand_over(desk, filling, contact)
    return filling.dossier, answers


def tell(desk: Desk, dossier: str, state: str, number: int = 1, **more: object) -> None:
    said: dict[str, object] = {
        "number": number,
        "dossier": dossier,
        "revision": 1,
        "state": state,
        "at": AT,
        **more,
    }
    with desk.database.write() as connection:
        news.apply(connection, [NewsItem(**said)], number)  # type: ignore[arg-type]


def waiting(desk: Desk) -> list[OutboxItem]:
    with desk.database.read() as connection:
        return outbox.waiting(connection, 1 << 20)


def ask_for_more(desk: Desk, revision: int = 1) -> tuple[str, tuple[tuple[str, str], ...]]:
    dossier, answers = sent(desk)
    ask_again(desk, dossier, answers, revision)
    return dossier, answers


def ask_again(
    desk: Desk, dossier: str, answers: tuple[tuple[str, str], ...], revision: int, number: int = 1
) -> None:
    tell(
        desk,
        dossier,
        "asked_for_more",
        number,
        revision=revision,
        sentence="Ảnh giấy chứng sinh bị mờ.",
        papers=("giay_chung_sinh",),
        answers=answers,
        form="khai_sinh",
        form_version=desk.content.newest_version("khai_sinh"),
    )


def test_only_what_left_the_point_is_followed(desk: Desk) -> None:
    ready_dossier(desk)
    assert follow_up.overview(desk).shown == ()
    dossier, _ = sent(desk)
    (found,) = follow_up.overview(desk).shown
    assert (found.dossier, found.state, found.procedure) == (dossier, State.QUEUED, "Khai sinh cho bé")


def test_the_officers_words_are_shown(desk: Desk) -> None:
    dossier, _ = sent(desk)
    code = "H17.99.20-261121-0001"
    tell(desk, dossier, "received", sentence="Mời chị mang bản chính.", portal_code=code, day="2026-12-25")
    (found,) = follow_up.overview(desk).shown
    assert found.day == "2026-12-25"
    assert (found.state, found.sentence) == (State.RECEIVED, "Mời chị mang bản chính.")
    assert found.portal_code == code
    assert not found.correctable


@pytest.mark.parametrize("dress", ["{}", " {} ", "THON:1:{}", "thon:1:{}"])
def test_a_slip_finds_its_dossier(desk: Desk, dress: str) -> None:
    dossier, _ = sent(desk)
    code = follow_up.overview(desk).shown[0].slip_code
    for typed in (code, code.lower(), code.replace("-", "")):
        found = follow_up.find(desk, dress.format(typed))
        assert found is not None
        assert found.dossier == dossier


def test_a_code_that_no_slip_has_is_told_from_one_not_known_here(desk: Desk) -> None:
    with pytest.raises(WorldError) as caught:
        follow_up.find(desk, "NHAP-0000-00001")
    assert desk.content.texts(f"error.{caught.value.code}")
    dossier, _ = sent(desk)
    code = follow_up.overview(desk).shown[0].slip_code
    with desk.database.write() as connection:
        drafts.change(connection, dossier, slip_code="NHAP-GONE")
    assert follow_up.find(desk, code) is None


def test_a_telephone_number_is_shown_only_where_it_was_agreed_to(desk: Desk) -> None:
    sent(desk, Contact("Bưởi", "0900000001"))
    assert follow_up.overview(desk).shown[0].phone == "0900000001"


def test_asked_for_more_brings_the_answers_back_as_the_next_revision(desk: Desk) -> None:
    dossier, answers = ask_for_more(desk)
    (found,) = follow_up.overview(desk).shown
    assert (found.correctable, found.correcting, found.papers) == (True, False, ("giay_chung_sinh",))
    assert follow_up.start_correction(desk, dossier) == dossier
    filling = fill.open_filling(desk, dossier)
    assert filling.revision == 2
    assert {name: filling.value(name) for name, _ in answers} == dict(answers)
    assert set(filling.sources.values()) == {Source.EARLIER}
    assert follow_up.overview(desk).shown[0].correcting
    assert [draft.revision for draft in today.all_drafts(desk)] == [2]


def test_a_correction_is_sealed_on_top_of_what_it_corrects(desk: Desk, commune_identity: str) -> None:
    dossier, _ = ask_for_more(desk)
    with desk.database.read() as connection:
        first = outbox.waiting(connection, 1 << 20)[0]
    filling = fill.open_filling(desk, follow_up.start_correction(desk, dossier))
    filling.answer("tre_ho_ten", "Trần Nguyễn Bảo Ngân")
    attach_papers.attach(desk, dossier, "giay_chung_sinh", [jpeg(200, 200)])
    tick_everything(desk, filling)
    hand_over.hand_over(desk, filling)
    with desk.database.read() as connection:
        second = outbox.waiting(connection, 1 << 20)[-1]
        row = drafts.load(connection, dossier)
    payload = open_sealed(second.body, commune_identity, lambda name: desk.content.dictionaries[name]).payload
    assert (payload.revision, payload.base_digest, len(payload.papers)) == (2, first.digest, 1)
    sources = {answer.name: answer.source for answer in payload.answers}
    assert sources["tre_ho_ten"] is Source.TYPED
    assert sources["me_ho_ten"] is Source.EARLIER
    assert row is not None
    assert (row.state, row.revision, row.asked_papers, row.sentence) == (State.QUEUED, 2, (), "")


def test_a_restored_copy_goes_on_after_the_revision_that_the_commune_holds(desk: Desk) -> None:
    dossier, answers = ask_for_more(desk, revision=2)
    (found,) = follow_up.overview(desk).shown
    assert (found.correctable, found.revision) == (True, 2)
    filling = fill.open_filling(desk, follow_up.start_correction(desk, dossier))
    assert filling.revision == 3
    assert {name: filling.value(name) for name, _ in answers} == dict(answers)
    tick_everything(desk, filling)
    assert hand_over.hand_over(desk, filling).revision == 3
    assert [item.revision for item in waiting(desk)] == [1, 3]


def test_a_restored_copy_takes_back_the_revision_that_the_commune_holds(desk: Desk) -> None:
    dossier, _ = ask_for_more(desk, revision=2)
    withdraw.withdraw(desk, dossier)
    assert [(item.kind, item.revision) for item in waiting(desk)] == [(EventKind.WITHDRAWN, 2)]


def test_a_correction_begun_in_the_copy_becomes_the_revision_after_the_communes(desk: Desk) -> None:
    dossier, answers = ask_for_more(desk)
    filling = fill.open_filling(desk, follow_up.start_correction(desk, dossier))
    filling.answer("tre_ho_ten", "Trần Nguyễn Bảo Ngân")
    fill.save(desk, filling)
    ask_again(desk, dossier, answers, revision=2, number=2)
    (found,) = follow_up.overview(desk).shown
    assert (found.revision, found.correcting) == (2, True)
    again = fill.open_filling(desk, follow_up.start_correction(desk, dossier))
    assert (again.revision, again.value("tre_ho_ten")) == (3, "Trần Nguyễn Bảo Ngân")


def test_an_older_word_lowers_nothing(desk: Desk) -> None:
    dossier, answers = ask_for_more(desk, revision=2)
    ask_again(desk, dossier, answers, revision=1, number=2)
    assert follow_up.overview(desk).shown[0].revision == 2


def test_no_second_copy_of_the_answers_stays_with_the_news(desk: Desk) -> None:
    dossier, _ = ask_for_more(desk)
    follow_up.start_correction(desk, dossier)
    with desk.database.read() as connection:
        assert all(item.answers == () for item in news.of_dossier(connection, dossier))
        assert CHILD not in repr(connection.exec_driver_sql("SELECT * FROM news").all())


def test_beginning_twice_goes_on_with_the_first(desk: Desk) -> None:
    dossier, _ = ask_for_more(desk)
    follow_up.start_correction(desk, dossier)
    filling = fill.open_filling(desk, dossier)
    filling.answer("tre_ho_ten", "Trần Nguyễn Bảo Ngân")
    fill.save(desk, filling)
    follow_up.start_correction(desk, dossier)
    assert fill.open_filling(desk, dossier).value("tre_ho_ten") == "Trần Nguyễn Bảo Ngân"


def test_a_correction_that_was_given_up_leaves_what_the_commune_has(desk: Desk) -> None:
    dossier, _ = ask_for_more(desk)
    follow_up.start_correction(desk, dossier)
    today.erase_draft(desk, dossier)
    (found,) = follow_up.overview(desk).shown
    assert (found.state, found.correcting, found.revision) == (State.ASKED_FOR_MORE, False, 1)


@pytest.mark.parametrize(
    ("state", "code"), [("seen", "correction.not_asked"), ("asked_for_more", "correction.no_answers")]
)
def test_what_cannot_be_corrected_says_why(desk: Desk, state: str, code: str) -> None:
    dossier, _ = sent(desk)
    tell(desk, dossier, state)
    with pytest.raises(WorldError) as caught:
        follow_up.start_correction(desk, dossier)
    assert caught.value.code == code
    assert desk.content.texts(f"error.{code}")


def test_a_parked_dossier_says_why_and_can_be_sent_again(desk: Desk) -> None:
    dossier, _ = sent(desk)
    with desk.database.write() as connection:
        event = outbox.waiting(connection, 1)[0].id
        outbox.park(connection, event, "envelope.damaged", "Phong bì bị hỏng.")
    (found,) = follow_up.overview(desk).shown
    assert (found.state, found.sentence) == (State.PARKED, "Phong bì bị hỏng.")
    follow_up.try_again(desk, dossier)
    assert follow_up.overview(desk).shown[0].state is State.QUEUED


@pytest.mark.parametrize(
    ("state", "whose"),
    [
        ("at_hub", "commune"), ("received", "commune"), ("invited", "citizen"), ("asked_for_more", "citizen"),
        ("not_accepted", "citizen"), ("result_ready", "collect"), ("handed_back", "in_hand"),
    ],
)  # fmt: skip
def test_whose_move_it_is(desk: Desk, state: str, whose: str) -> None:
    dossier, _ = sent(desk)
    assert follow_up.overview(desk).shown[0].whose == "point"
    tell(desk, dossier, state)
    assert follow_up.overview(desk).shown[0].whose == whose


def test_every_state_but_the_erased_belongs_to_one_group(desk: Desk) -> None:
    dossier, _ = sent(desk)
    for state in State:
        with desk.database.write() as connection:
            drafts.change(connection, dossier, state=state)
        seen, alone = follow_up.overview(desk), follow_up.only(desk, dossier)
        gone = state is State.ERASED
        assert len(seen.shown) == len(alone.shown) == sum(seen.counts.values()) == int(not gone)
        assert seen.waiting + seen.in_hand + seen.counts.get(follow_up.Whose.OVER, 0) == int(not gone)
        for whose in follow_up.Whose:
            mine = [one.whose for one in follow_up.overview(desk, whose).shown]
            assert mine == [whose] * seen.counts.get(whose, 0)


def test_a_look_is_bounded_and_says_what_is_left(desk: Desk) -> None:
    with desk.database.write() as connection:
        for _ in range(5):
            add_queued(connection)
    seen = follow_up.overview(desk, follow_up.Whose.POINT, most=2)
    assert (len(seen.shown), seen.more, seen.counts) == (2, 3, {follow_up.Whose.POINT: 5})
    assert follow_up.only(desk, "nobody's").shown == ()


@pytest.mark.parametrize(
    ("reason", "words"), [("envelope.damaged", "Phong bì bị hỏng"), ("unheard.of", "unheard.of")]
)
def test_a_reason_without_a_sentence_is_put_into_words(desk: Desk, reason: str, words: str) -> None:
    sent(desk)
    with desk.database.write() as connection:
        outbox.park(connection, outbox.waiting(connection, 1)[0].id, reason)
    assert words in follow_up.overview(desk).shown[0].sentence
