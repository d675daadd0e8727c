"""The portal road: the citizen files with his own login; we lay out what to copy and note the code.

No field here, or anywhere, takes a password, passcode or OTP; we never make up a mã hồ sơ.
"""

import re
import unicodedata

from kiosk.desk import visit_people
from kiosk.desk.desk import Desk, timestamp
from kiosk.desk.fill import Filling
from kiosk.desk.marks import first_number, person_mark
from kiosk.desk.outgoing import payload_of, sealed_event
from kiosk.domain.consent import Purpose
from kiosk.domain.dossier import Road, State
from kiosk.domain.errors import WorldError
from kiosk.domain.events import EventKind, OutboxItem
from kiosk.domain.point import Enrolment
from kiosk.envelope.payload import PortalFiling
from kiosk.envelope.portal_mark import portal_mark
from kiosk.storage import drafts, outbox

_CODE = re.compile(r"[0-9A-Z][0-9A-Z./-]{7,39}")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_OURS = "NHAP"
"""How the codes of our slips begin; a volunteer may take one for the portal's."""
_NOT_COPIED = frozenset({"note", "calculate", "trigger"})


def values_to_copy(_desk: Desk, filling: Filling) -> list[tuple[str, str, str]]:
    """Rows (label, what the portal's page calls it if that is known, text) in the order of the form.

    A ``portal_key`` in one word is the name inside the page, which nobody sees there: only the question's
    own label, worded as the official form, helps then.
    """
    rows = []
    for entry in filling.session.filled():
        if entry.text and not entry.rows and entry.kind not in _NOT_COPIED:
            question = filling.session.question(entry.name)
            label = f"{question.group} – {entry.label}" if question.group else entry.label
            key = question.portal_key
            rows.append((label, "" if key.isidentifier() else key, entry.text))
    return rows


def tidy_code(typed: str) -> str:
    """A mã hồ sơ as the portal writes it; raises ``WorldError`` portal.code for what cannot be one,
    such as our own slip code, or more than one line.

    What a web page puts between letters unseen, wide letters and printed dashes do not count.
    """
    shown = unicodedata.normalize("NFKC", typed).translate(_DASHES)
    lines = [line for line in shown.splitlines() if line.strip()]
    letters = (letter for letter in "".join(lines) if unicodedata.category(letter) != "Cf")
    code = "".join("".join(letters).upper().split())
    if (
        len(lines) != 1
        or not _CODE.fullmatch(code)
        or not any(map(str.isdigit, code))
        or code.startswith(_OURS)
    ):
        raise WorldError("portal.code")
    return code


def record_code(desk: Desk, filling: Filling, ma_ho_so: str) -> str:
    """Filed: keep the code, erase the content. Returns the code as it is kept.

    With consent one small sealed event tells the commune {procedure, code, HMAC}; the answers never leave.
    Raises ``WorldError`` portal.code, portal.road, practice.never_sent, draft.closed.
    """
    code = tidy_code(ma_ho_so)
    if filling.practice:
        raise WorldError("practice.never_sent")
    if filling.road is not Road.PORTAL:
        raise WorldError("portal.road")
    enrolment, mark, at = desk.enrolment, person_mark(desk, filling), timestamp(desk)
    with desk.database.write() as connection:
        row = drafts.load(connection, filling.dossier)
        if row is None or row.draft != filling.revision:
            raise WorldError("draft.closed")
        visit_people.remember(connection, filling)
        drafts.wipe(connection, filling.dossier)
        drafts.change(
            connection,
            filling.dossier,
            state=State.FILED_ON_PORTAL,
            revision=filling.revision,
            draft=None,
            portal_code=code,
            person_mark=mark,
            changed_at=at,
        )
        if enrolment is not None and filling.consent.allows(Purpose.SEND_TO_COMMUNE):
            shared = portal_mark(enrolment.commune_key, first_number(filling), filling.procedure.reference)
            filing = PortalFiling(portal_code=code, person_mark=mark, commune_mark=shared)
            outbox.add(connection, _event(desk, filling, enrolment, filing))
    filling.wipe()
    desk.database.tidy()
    return code


def _event(desk: Desk, filling: Filling, enrolment: Enrolment, filing: PortalFiling) -> OutboxItem:
    payload = payload_of(desk, filling, enrolment, EventKind.PORTAL_FILED, portal=filing)
    return sealed_event(desk, enrolment, payload, timestamp(desk))
