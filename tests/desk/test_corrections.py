"""A correction of a person reaches the other open drafts of the visit, and nothing that was changed there."""

from kiosk.desk import choose, corrections, fill, hand_over, opening, visit_people
from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.desk.welcome import Visit
from kiosk.domain.dossier import Road, Source
from kiosk.storage import drafts
from tests.support.points import PIN
from tests.support.visits import FATHER_CARD, MOTHER_CARD, answer_everything, begin, read_card


def another(desk: Desk, visit: Visit, slug: str = "khai_sinh") -> Filling:
    filling = fill.open_filling(desk, choose.start_dossier(desk, visit, slug, Road.COMMUNE))
    visit_people.fill_known(desk, filling)
    fill.save(desk, filling)
    return filling


def say(desk: Desk, filling: Filling, name: str, value: str) -> tuple[str, ...]:
    """Type, save and tell, as the form screen does."""
    filling.answer(name, value)
    fill.save(desk, filling)
    return corrections.spread(desk, filling)


def again(desk: Desk, filling: Filling) -> Filling:
    return fill.open_filling(desk, filling.dossier)


def two_drafts(desk: Desk) -> tuple[Visit, Filling, Filling]:
    visit, first = begin(desk)
    for name, value in {"me_ho_ten": "Nguyễn Thị Bưởi", "me_ngay_sinh": "1995"}.items():
        first.answer(name, value)
    fill.save(desk, first)
    return visit, again(desk, first), again(desk, another(desk, visit))


def test_a_corrected_name_reaches_the_other_draft_which_says_from_where(desk: Desk) -> None:
    _, first, second = two_drafts(desk)
    assert say(desk, first, "me_ho_ten", "Nguyễn Thị Bười") == (second.dossier,)
    second = again(desk, second)
    assert second.value("me_ho_ten") == "Nguyễn Thị Bười"
    assert second.sources["me_ho_ten"] is Source.VISIT
    assert second.corrected == {"me_ho_ten": first.procedure.plain_name}


def test_a_correction_where_it_was_taken_over_reaches_where_it_was_first_said(desk: Desk) -> None:
    _, first, second = two_drafts(desk)
    say(desk, second, "me_ngay_sinh", "1996-03")
    assert again(desk, first).value("me_ngay_sinh") == "1996-03"


def test_letters_that_are_saved_one_by_one_and_a_cleared_box_lose_nobody(desk: Desk) -> None:
    _, first, second = two_drafts(desk)
    for typed in ("Nguyễn Thị", "", "N", "Nguyễn Thị Mai"):
        say(desk, first, "me_ho_ten", typed)
    assert again(desk, second).value("me_ho_ten") == "Nguyễn Thị Mai"


def test_what_was_changed_by_hand_there_stays(desk: Desk) -> None:
    _, first, second = two_drafts(desk)
    say(desk, second, "me_ngay_sinh", "1996")
    first = again(desk, first)
    assert first.value("me_ngay_sinh") == "1996"
    assert say(desk, first, "me_ngay_sinh", "1997") == ()
    assert again(desk, second).value("me_ngay_sinh") == "1996"


def test_by_hand_there_is_still_known_after_a_power_cut(desk: Desk) -> None:
    _, first, second = two_drafts(desk)
    say(desk, second, "me_ngay_sinh", "1996")
    opening.close(desk)
    later = opening.unlock(desk.home, desk.content, desk.clock, PIN)
    say(later, again(later, first), "me_ngay_sinh", "1997")
    assert again(later, second).value("me_ngay_sinh") == "1996"
    opening.close(later)


def test_a_card_number_is_corrected_for_the_same_person_in_another_role(desk: Desk) -> None:
    visit, first = begin(desk)
    read_card(desk, first, "me", MOTHER_CARD)
    fill.save(desk, first)
    first, second = again(desk, first), again(desk, another(desk, visit))
    (mother,) = visit_people.people(desk, visit.id, second.dossier)
    visit_people.fill_from(second, "yc", mother)
    fill.save(desk, second)
    say(desk, first, "me_giay_to.so", "048195001235")
    second = again(desk, second)
    assert second.value("me_giay_to.so") == second.value("yc_giay_to.so") == "048195001235"


def test_another_card_in_a_role_is_another_person_and_corrects_nobody(desk: Desk) -> None:
    visit, first = begin(desk)
    read_card(desk, first, "cha", FATHER_CARD)
    fill.save(desk, first)
    first, second = again(desk, first), another(desk, visit)
    read_card(desk, first, "cha", FATHER_CARD.replace("048090004321", "048090004322").replace("Cam", "Quýt"))
    fill.save(desk, first)
    assert corrections.spread(desk, first) == ()
    assert again(desk, second).value("cha_ho_ten") == "Trần Văn Cam"


def test_a_namesake_with_another_birth_is_somebody_else(desk: Desk) -> None:
    _, first, second = two_drafts(desk)
    say(desk, second, "me_ngay_sinh", "1970")
    second = again(desk, second)
    say(desk, first := again(desk, first), "me_ngay_sinh", "1995")
    assert say(desk, first, "me_ho_ten", "Nguyễn Thị Chanh") == ()
    assert again(desk, second).value("me_ho_ten") == "Nguyễn Thị Bưởi"


def test_other_visits_and_handed_over_dossiers_are_left_alone(desk: Desk) -> None:
    visit, sealed = begin(desk)
    answer_everything(desk, sealed)
    hand_over.hand_over(desk, sealed)
    _, foreign = begin(desk)
    foreign.answer("me_ho_ten", sealed.value("me_ho_ten"))
    fill.save(desk, foreign)
    second = again(desk, another(desk, visit))
    assert say(desk, second, "me_ho_ten", "Nguyễn Thị Chanh") == ()
    assert again(desk, foreign).value("me_ho_ten") == sealed.value("me_ho_ten")
    with desk.database.read() as connection:
        row = drafts.load(connection, sealed.dossier)
    assert row is not None
    assert row.draft is None
