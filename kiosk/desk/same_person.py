"""One person is asked once: a requester who is the mother or father fills that person, too."""

from collections.abc import Callable, Mapping, Sequence

from kiosk.catalogue.procedures import PersonRole
from kiosk.domain.dossier import Source

_CHANGEABLE = (None, Source.SAME_PERSON, Source.DEFAULT)
"""Sources of answers that may be replaced: what somebody typed or a card said stays."""


def copies(
    roles: Sequence[PersonRole], value_of: Callable[[str], str], sources: Mapping[str, Source]
) -> list[tuple[str, str]]:
    """Which questions take which value, so that the requester and the person whom he is agree.

    The first role is the requester. An answer that was copied is emptied when they are not the same
    person any more.
    """
    if not roles:
        return []
    requester, others = roles[0], roles[1:]
    wanted = [pair for role in others for pair in _of_role(requester, role, value_of, sources)]
    return [(name, value) for name, value in wanted if value != value_of(name)]


def _of_role(
    requester: PersonRole, role: PersonRole, value_of: Callable[[str], str], sources: Mapping[str, Source]
) -> list[tuple[str, str]]:
    if role.same_as is None:
        return []
    same = role.same_as.holds(value_of)
    wanted = []
    for part, name in role.fields.items():
        known = value_of(requester.fields[part]) if part in requester.fields else ""
        if same and known and (sources.get(name) in _CHANGEABLE or not value_of(name)):
            wanted.append((name, known))
        elif sources.get(name) is Source.SAME_PERSON and not (same and known):
            wanted.append((name, ""))
    return wanted
