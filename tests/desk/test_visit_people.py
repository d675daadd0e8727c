"""A person is asked once in a visit; nobody is known any more when it is over."""

import pytest

from kiosk.catalogue.procedures import PersonRole
from kiosk.desk import choose, fill, hand_over, known_person, opening, visit_people, welcome
from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.desk.welcome import Visit
from kiosk.domain.dossier import Road, Source
from kiosk.domain.partial_date import PartialDate
from kiosk.domain.people import Person, Sex
from kiosk.storage import visits
from tests.support.points import PIN
from tests.support.visits import FATHER_CARD, MOTHER_CARD, answer_everything, begin, read_card


def another(desk: Desk, visit: Visit) -> Filling:
    return fill.open_filling(desk, choose.start_dossier(desk, visit, "khai_sinh", Road.COMMUNE))


def kept_people(desk: Desk, visit: Visit) -> dict[str, dict[str, str]]:
    with desk.database.read() as connection:
        return visits.people_of(connection, visit.id)


def test_the_next_dossier_of_a_visit_knows_the_persons_of_an_open_one(desk: Desk) -> None:
    visit, first = begin(desk)
    read_card(desk, first, "cha", FATHER_CARD, only_year=True)
    first.answer("me_ho_ten", "Nguyễn Thị Bưởi")
    fill.save(desk, first)
    second = another(desk, visit)
    filled = visit_people.fill_known(desk, second)
    assert {"cha_ho_ten", "cha_giay_to.so", "me_ho_ten"} <= set(filled)
    assert second.value("cha_ngay_sinh") == "1990"
    assert second.value("cha_noi_cu_tru.xa") == first.value("cha_noi_cu_tru.xa") != ""
    assert second.sources["me_ho_ten"] is Source.VISIT


def test_what_is_typed_here_stays(desk: Desk) -> None:
    visit, first = begin(desk)
    first.answer("me_ho_ten", "Nguyễn Thị Bưởi")
    fill.save(desk, first)
    second = another(desk, visit)
    second.answer("me_ho_ten", "Lò Thị Mai")
    visit_people.fill_known(desk, second)
    assert second.value("me_ho_ten") == "Lò Thị Mai"


def test_a_handed_over_dossier_still_tells_who_was_here_until_the_visit_ends(desk: Desk) -> None:
    visit, first = begin(desk)
    answer_everything(desk, first)
    father = first.value("cha_ho_ten")
    hand_over.hand_over(desk, first)
    second = another(desk, visit)
    visit_people.fill_known(desk, second)
    assert second.value("cha_ho_ten") == father
    welcome.end_visit(desk, visit.id)
    assert kept_people(desk, visit) == {}


def test_a_draft_finished_after_its_visit_leaves_nobody_behind(desk: Desk) -> None:
    visit, first = begin(desk)
    answer_everything(desk, first)
    welcome.end_visit(desk, visit.id)
    hand_over.hand_over(desk, first)
    assert kept_people(desk, visit) == {}


def test_another_visit_knows_nobody(desk: Desk) -> None:
    _, first = begin(desk)
    first.answer("me_ho_ten", "Nguyễn Thị Bưởi")
    fill.save(desk, first)
    _, other = begin(desk)
    assert visit_people.fill_known(desk, other) == ()
    assert other.value("me_ho_ten") == ""


def test_a_visit_that_a_power_cut_ended_is_forgotten_at_the_next_opening(desk: Desk) -> None:
    visit, first = begin(desk)
    answer_everything(desk, first)
    hand_over.hand_over(desk, first)
    opening.close(desk)
    again = opening.unlock(desk.home, desk.content, desk.clock, PIN)
    assert kept_people(again, visit) == {}
    opening.close(again)


def test_somebody_can_be_taken_into_another_role(desk: Desk) -> None:
    visit, first = begin(desk)
    read_card(desk, first, "me", MOTHER_CARD)
    fill.save(desk, first)
    second = another(desk, visit)
    (mother,) = visit_people.people(desk, visit.id, second.dossier)
    assert (mother.role, mother.name) == ("me", "Nguyễn Thị Bưởi")
    visit_people.fill_from(second, "yc", mother)
    assert second.value("yc_ho_ten") == "Nguyễn Thị Bưởi"
    assert second.value("yc_giay_to.so") == first.value("me_giay_to.so")


def test_a_nameless_person_is_nobody(desk: Desk) -> None:
    visit, first = begin(desk)
    first.answer("me_ngay_sinh", "1995")
    fill.save(desk, first)
    assert visit_people.people(desk, visit.id) == ()


def test_a_year_is_not_put_where_a_whole_date_is_asked(desk: Desk) -> None:
    _, filling = begin(desk)
    role = PersonRole("tre", "Trẻ", None, {"ngay_sinh": "tre_ngay_sinh", "ho_ten": "tre_ho_ten"})
    object.__setattr__(filling.procedure, "persons", (*filling.procedure.persons, role))
    try:
        fill.fill_role(filling, "tre", {"ho_ten": "Trần A", "ngay_sinh": "2026"}, Source.VISIT)
    finally:
        object.__setattr__(filling.procedure, "persons", filling.procedure.persons[:-1])
    assert filling.value("tre_ho_ten") == "Trần A"
    assert filling.value("tre_ngay_sinh") == ""


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"giay_to.so": "048195001234"}, {"so_dinh_danh": "048195001234", "giay_to.so": "048195001234"}),
        ({"so_dinh_danh": "048195001234"}, {"so_dinh_danh": "048195001234", "giay_to.so": "048195001234"}),
        ({"giay_to.so": "201234567"}, {"giay_to.so": "201234567"}),
        ({"giay_to.so": "B1234567890A"}, {"giay_to.so": "B1234567890A"}),
    ],
)
def test_a_paper_of_twelve_figures_is_the_personal_number(
    parts: dict[str, str], expected: dict[str, str]
) -> None:
    assert known_person.whole(parts) == expected


@pytest.mark.parametrize(
    ("value", "sex"), [("1", "Nam"), ("nam", "Nam"), ("2", "Nữ"), ("nu", "Nữ"), ("0", "Nữ")]
)
def test_every_form_s_word_for_a_sex_means_the_same(value: str, sex: str) -> None:
    role = PersonRole("x", "X", None, {"gioi_tinh": "x_gioi_tinh"})
    assert known_person.of_answers(role, {"x_gioi_tinh": value}.__getitem__) == {"gioi_tinh": sex}


def test_a_card_without_an_address_tells_no_address() -> None:
    person = Person("Lò Văn A", PartialDate(1950), Sex.MALE)
    assert known_person.of_card(person) == {"ho_ten": "Lò Văn A", "ngay_sinh": "1950", "gioi_tinh": "Nam"}
