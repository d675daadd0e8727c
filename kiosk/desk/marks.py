"""How a point notices a person coming twice for the same procedure without keeping who he is."""

from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.domain.person_mark import person_mark as domain_mark
from kiosk.storage import drafts
from kiosk.storage.drafts import DossierRow


def person_mark(desk: Desk, filling: Filling) -> str:
    """HMAC (hex) of the first identity number in the dossier and the procedure; empty without a number."""
    return mark_of(desk, first_number(filling), filling.procedure.reference)


def first_number(filling: Filling) -> str:
    """The first identity number in the dossier, as it was typed; empty without one."""
    fields = filling.procedure.number_fields
    return next((number for field in fields if any(map(str.isalnum, number := filling.value(field)))), "")


def mark_of(desk: Desk, number: str, procedure: str) -> str:
    """HMAC (hex) of one identity number and the national code of a procedure; empty without a number."""
    return domain_mark(desk.secrets.mark_key, number, procedure)


def earlier_dossiers(desk: Desk, filling: Filling) -> list[DossierRow]:
    """Dossiers of the same person for the same procedure at this point: a reason to ask, not to refuse."""
    mark = person_mark(desk, filling)
    if not mark:
        return []
    with desk.database.read() as connection:
        return drafts.same_person(connection, mark, but=filling.dossier)
