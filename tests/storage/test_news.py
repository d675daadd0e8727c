"""The commune's word: kept once, in order, and it moves the dossier."""

import pytest

from kiosk.domain.dossier import State
from kiosk.domain.events import NewsItem
from kiosk.storage import drafts, link, news, outbox
from kiosk.storage.database import Database
from tests.support.points import AT, add_draft, add_queued, outbox_item


def item(number: int, dossier: str, state: str, revision: int = 1, **more: object) -> NewsItem:
    return NewsItem(number=number, dossier=dossier, revision=revision, state=state, at=AT, **more)  # type: ignore[arg-type]


def apply(database: Database, items: list[NewsItem], cursor: int) -> None:
    with database.write() as connection:
        news.apply(connection, items, cursor)


def load(database: Database, dossier: str) -> drafts.DossierRow:
    with database.read() as connection:
        row = drafts.load(connection, dossier)
    assert row is not None
    return row


@pytest.fixture
def queued(database: Database) -> drafts.DossierRow:
    with database.write() as connection:
        return add_queued(connection)


def test_the_officers_words_reach_the_dossier(database: Database, queued: drafts.DossierRow) -> None:
    said = item(
        1, queued.id, "received", sentence="Mời bác đến.", portal_code="H17.99", papers=("giay_chung_sinh",)
    )
    apply(database, [said], 1)
    row = load(database, queued.id)
    assert (row.state, row.sentence, row.portal_code) == (State.RECEIVED, "Mời bác đến.", "H17.99")
    assert row.asked_papers == ("giay_chung_sinh",)
    with database.read() as connection:
        assert news.of_dossier(connection, queued.id) == [said]
        assert link.get(connection).cursor == 1


def test_a_kind_of_paper_without_a_name_is_not_asked_for(
    database: Database, queued: drafts.DossierRow
) -> None:
    apply(database, [item(1, queued.id, "asked_for_more", papers=("", " "))], 1)
    assert load(database, queued.id).asked_papers == ()


def test_the_day_that_was_named_is_that_of_the_last_word(
    database: Database, queued: drafts.DossierRow
) -> None:
    for number, day in ((1, "2026-12-01"), (2, "2026-12-24"), (3, "")):
        with database.read() as connection:
            before = news.day_of(connection, queued.id)
        assert before == {1: "", 2: "2026-12-01", 3: "2026-12-24"}[number]
        apply(database, [item(number, queued.id, "invited", day=day)], number)
    with database.read() as connection:
        assert news.day_of(connection, queued.id) == ""


def test_the_same_news_again_changes_nothing(database: Database, queued: drafts.DossierRow) -> None:
    apply(database, [item(1, queued.id, "seen"), item(2, queued.id, "invited")], 2)
    apply(database, [item(1, queued.id, "seen")], 2)
    assert load(database, queued.id).state is State.INVITED
    with database.read() as connection:
        assert len(news.of_dossier(connection, queued.id)) == 2


def test_news_is_applied_in_the_order_of_its_numbers(database: Database, queued: drafts.DossierRow) -> None:
    apply(database, [item(2, queued.id, "received"), item(1, queued.id, "seen")], 2)
    assert load(database, queued.id).state is State.RECEIVED


def test_the_cursor_never_moves_back(database: Database) -> None:
    apply(database, [], 9)
    apply(database, [], 4)
    with database.read() as connection:
        assert link.get(connection).cursor == 9


@pytest.mark.parametrize("state", ["", "draft", "result_known", "queued", "danced"])
def test_a_state_that_is_not_the_communes_to_say_is_kept_and_changes_nothing(
    database: Database, queued: drafts.DossierRow, state: str
) -> None:
    apply(database, [item(1, queued.id, state)], 1)
    assert load(database, queued.id).state is State.QUEUED
    with database.read() as connection:
        assert link.get(connection).cursor == 1


def test_an_unknown_dossier_does_not_stop_the_others(database: Database, queued: drafts.DossierRow) -> None:
    apply(database, [item(1, "gone", "seen"), item(2, queued.id, "seen")], 2)
    assert load(database, queued.id).state is State.SEEN


def test_word_about_an_earlier_revision_does_not_touch_the_present_one(
    database: Database, queued: drafts.DossierRow
) -> None:
    with database.write() as connection:
        drafts.change(connection, queued.id, revision=2)
    apply(database, [item(1, queued.id, "not_accepted", revision=1)], 1)
    assert load(database, queued.id).state is State.QUEUED


@pytest.mark.parametrize("over", [State.WITHDRAWN, State.HANDED_BACK, State.ERASED])
def test_what_is_over_stays_over(database: Database, queued: drafts.DossierRow, over: State) -> None:
    with database.write() as connection:
        drafts.change(connection, queued.id, state=over)
    apply(database, [item(1, queued.id, "seen")], 1)
    assert load(database, queued.id).state is over


@pytest.mark.parametrize("before", [State.INVITED, State.PARKED, State.QUEUED, State.ASKED_FOR_MORE])
def test_what_was_withdrawn_at_the_commune_waits_here_no_longer(
    database: Database, queued: drafts.DossierRow, before: State
) -> None:
    with database.write() as connection:
        drafts.change(connection, queued.id, state=before, revision=2, reason="dossier.closed")
        outbox.add(connection, outbox_item(queued.id, revision=2))
        assert outbox.waiting(connection, 10**9)
    apply(database, [item(1, queued.id, "withdrawn", sentence="Đã rút tại xã.")], 1)
    row = load(database, queued.id)
    assert (row.state, row.sentence, row.reason, row.draft) == (State.WITHDRAWN, "Đã rút tại xã.", "", None)
    with database.read() as connection:
        assert outbox.waiting(connection, 10**9) == []
        assert news.day_of(connection, queued.id) == ""


@pytest.mark.parametrize("over", [State.HANDED_BACK, State.ERASED])
def test_a_withdrawal_does_not_touch_what_is_over_or_unknown(
    database: Database, queued: drafts.DossierRow, over: State
) -> None:
    with database.write() as connection:
        drafts.change(connection, queued.id, state=over)
    apply(database, [item(1, "gone", "withdrawn"), item(2, queued.id, "withdrawn")], 2)
    assert load(database, queued.id).state is over


def test_answers_come_back_and_are_forgotten_when_told(database: Database, queued: drafts.DossierRow) -> None:
    answers = (("me_giay_to.so", "048195001234"), ("tre_ho_ten", "Trần Nguyễn Bảo Ngọc"))
    said = item(1, queued.id, "asked_for_more", answers=answers, form="khai_sinh", form_version="2026.11")
    apply(database, [said], 1)
    with database.write() as connection:
        assert news.of_dossier(connection, queued.id)[0].answers == answers
        news.forget_answers(connection, queued.id)
        assert news.of_dossier(connection, queued.id)[0].answers == ()


def test_a_practice_dossier_cannot_get_a_state_of_the_commune(database: Database) -> None:
    with database.write() as connection:
        row = add_draft(connection, practice=True)
    with pytest.raises(Exception, match="CHECK constraint failed"):
        apply(database, [item(1, row.id, "seen")], 1)
    assert load(database, row.id).state is State.DRAFT
