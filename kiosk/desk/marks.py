"""How a point notices a person coming twice for the same procedure without keeping who he is."""

import hmac

from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.storage import drafts
from kiosk.storage.drafts import DossierRow

_NUMBER = "giay_to.so"


def person_mark(desk: Desk, filling: Filling) -> str:
    """HMAC (hex) of the first identity number in the dossier and the procedure; empty without a number."""
    return mark_of(desk, first_number(filling), filling.procedure.reference)


def first_number(filling: Filling) -> str:
    """The first identity number in the dossier, as it was typed; empty without one."""
    fields = (role.fields[_NUMBER] for role in filling.procedure.persons if _NUMBER in role.fields)
    return next((number for field in fields if any(map(str.isalnum, number := filling.value(field)))), "")


def mark_of(desk: Desk, number: str, procedure: str) -> str:
    """HMAC (hex) of one identity number and the national code of a procedure; empty without a number."""
    digits = "".join(filter(str.isalnum, number)).upper()
    if not digits:
        return ""
    return hmac.new(desk.secrets.mark_key, f"{digits}|{procedure}".encode(), "sha256").hexdigest()


def earlier_dossiers(desk: Desk, filling: Filling) -> list[DossierRow]:
    """Dossiers of the same person for the same procedure at this point: a reason to ask, not to refuse."""
    mark = person_mark(desk, filling)
    if not mark:
        return []
    with desk.database.read() as connection:
        return drafts.same_person(connection, mark, but=filling.dossier)
