"""The rule by itself: who is copied, when, and when it is taken back."""

from kiosk.catalogue.conditions import Condition
from kiosk.catalogue.procedures import PersonRole
from kiosk.desk.same_person import copies
from kiosk.domain.dossier import Source

YC = PersonRole("yc", "Người yêu cầu", None, {"ho_ten": "yc_ten", "giay_to.so": "yc_so"})
ME = PersonRole("me", "Mẹ", Condition("quan_he", ("me",)), {"ho_ten": "me_ten", "giay_to.so": "me_so"})
ROLES = (YC, ME)


def run(values: dict[str, str], sources: dict[str, Source] | None = None) -> dict[str, str]:
    return dict(copies(ROLES, lambda name: values.get(name, ""), sources or {}))


def test_nobody_is_the_same_before_it_is_said() -> None:
    assert run({"yc_ten": "A"}) == {}


def test_everything_known_is_copied() -> None:
    assert run({"yc_ten": "A", "yc_so": "1", "quan_he": "me"}) == {"me_ten": "A", "me_so": "1"}


def test_what_agrees_already_is_left_alone() -> None:
    assert run({"yc_ten": "A", "me_ten": "A", "quan_he": "me"}) == {}


def test_typed_and_card_answers_are_not_replaced() -> None:
    values = {"yc_ten": "A", "yc_so": "1", "me_ten": "B", "me_so": "2", "quan_he": "me"}
    assert run(values, {"me_ten": Source.TYPED, "me_so": Source.CARD}) == {}


def test_an_empty_typed_answer_is_replaced() -> None:
    assert run({"yc_ten": "A", "me_ten": "", "quan_he": "me"}, {"me_ten": Source.TYPED}) == {"me_ten": "A"}


def test_a_copy_is_taken_back_when_they_differ() -> None:
    values = {"yc_ten": "A", "me_ten": "A", "me_so": "2", "quan_he": "cha"}
    assert run(values, {"me_ten": Source.SAME_PERSON, "me_so": Source.TYPED}) == {"me_ten": ""}


def test_a_procedure_without_persons_copies_nothing() -> None:
    assert copies((), lambda _name: "x", {}) == []
