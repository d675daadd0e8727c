"""How a point notices a person coming twice for the same procedure without keeping who he is."""

import hmac

from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.storage import drafts
from kiosk.storage.drafts import DossierRow

_NUMBER = "giay_to.so"


def person_mark(desk: Desk, filling: Filling) -> str:
    """HMAC (hex) of the first identity number in the dossier and the procedure; empty without a number."""
    for role in filling.procedure.persons:
        number = filling.value(role.fields[_NUMBER]) if _NUMBER in role.fields else ""
        if digits := "".join(filter(str.isalnum, number)):
            text = f"{digits.upper()}|{filling.procedure.reference}".encode()
            return hmac.new(desk.secrets.mark_key, text, "sha256").hexdigest()
    return ""


def earlier_dossiers(desk: Desk, filling: Filling) -> list[DossierRow]:
    """Dossiers of the same person for the same procedure at this point: a reason to ask, not to refuse."""
    mark = person_mark(desk, filling)
    if not mark:
        return []
    with desk.database.read() as connection:
        return drafts.same_person(connection, mark, but=filling.dossier)
