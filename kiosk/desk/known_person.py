"""What is known of a person, as parts of a role: ``ho_ten``, ``giay_to.so``, ``noi_cu_tru.xa`` …

A card, a declaration and the next declaration speak of one person in the same parts, whatever each form
calls its questions.
"""

from collections.abc import Callable, Mapping, Sequence

from kiosk.catalogue.procedures import PersonRole
from kiosk.domain.identity import DIGITS
from kiosk.domain.people import Person, Sex

SEXES = {Sex.MALE: ("nam", "1"), Sex.FEMALE: ("nu", "0", "2")}
"""Choice names under which forms may offer a sex; the first that the question has is taken."""
_ORDER = ("noi_cu_tru.tinh", "noi_cu_tru.xa", "noi_cu_tru.chi_tiet")
"""A list of communes depends on the province, so the province is answered first."""


def of_card(person: Person) -> dict[str, str]:
    """The parts that a card tells."""
    paper, home = person.paper, person.residence
    parts = {
        "ho_ten": person.name,
        "ngay_sinh": str(person.birth) if person.birth else "",
        "gioi_tinh": person.sex.value if person.sex else "",
        "giay_to.loai": paper.kind if paper else "",
        "giay_to.so": paper.number if paper else "",
        "giay_to.ngay_cap": paper.issued if paper else "",
        "giay_to.noi_cap": paper.issuer if paper else "",
        "noi_cu_tru.tinh": home.province if home else "",
        "noi_cu_tru.xa": home.ward if home else "",
        "noi_cu_tru.chi_tiet": home.detail if home else "",
    }
    return whole({part: value for part, value in parts.items() if value})


def of_answers(role: PersonRole, value_of: Callable[[str], str]) -> dict[str, str]:
    """The parts that a form's answers tell of a role."""
    parts = {part: value_of(name) for part, name in role.fields.items()}
    if sex := _sex(parts.get("gioi_tinh", "")):
        parts["gioi_tinh"] = sex.value
    return whole({part: value for part, value in parts.items() if value})


def of_roles(roles: Sequence[PersonRole], values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The parts that answers tell of each role of which they tell something."""
    told = {role.prefix: of_answers(role, lambda name: values.get(name, "")) for role in roles}
    return {role: parts for role, parts in told.items() if parts}


def whole(parts: Mapping[str, str]) -> dict[str, str]:
    """The same, with what follows from it: a paper's number of 12 digits is the số định danh, and back."""
    number = parts.get("so_dinh_danh") or parts.get("giay_to.so", "")
    known = dict(parts)
    if len(number) == DIGITS and number.isascii() and number.isdigit():
        known |= {"so_dinh_danh": number, "giay_to.so": parts.get("giay_to.so") or number}
    return known


def in_order(parts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The parts in an order in which a form can take them."""
    return sorted(parts.items(), key=lambda pair: _ORDER.index(pair[0]) if pair[0] in _ORDER else -1)


def _sex(value: str) -> Sex | None:
    return next((sex for sex, names in SEXES.items() if value in (sex.value, *names)), None)
