"""The commune as it stands on what is printed."""

from kiosk.desk.desk import Desk
from kiosk.domain.slip import SlipCommune
from kiosk.packs.content import Content


def commune_of(content: Content) -> SlipCommune:
    """Where the citizen goes next; what the commune did not tell us is ``None``."""
    commune = content.commune
    return SlipCommune(
        commune.name,
        commune.address,
        commune.hours,
        commune.hotline,
        commune.suggestion_box,
        commune.notices,
    )


def hamlet_of(desk: Desk) -> str:
    """The hamlet of this point, with the names that it had before."""
    commune, enrolment = desk.content.commune, desk.enrolment
    name = enrolment.hamlet if enrolment else next(iter(commune.hamlets), "")
    former = commune.former_names(name)
    if not former:
        return name
    return desk.content.texts("desk.hamlet_before", name=name, former=", ".join(former))
