"""What the point remembers of its conversation with the hub: identity and the two cursors."""

from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from kiosk.domain.ids import new_id
from kiosk.domain.point import Enrolment
from kiosk.storage.tables import enrolment as enrolment_table
from kiosk.storage.tables import link


@dataclass(frozen=True)
class LinkState:
    """Fields as in ``sync.protocol.RoundRequest``."""

    incarnation: str
    sequence: int = 0
    """Of the last round begun in this incarnation."""
    epoch: str = ""
    receipt: int = 0
    safe: int = 0
    cursor: int = 0
    last_contact: str = ""
    """When the hub last answered properly, ISO 8601; empty if never."""
    last_error: str = ""
    """Code of the last failure, empty after a good round."""
    last_stick: str = ""
    """When an answer of the hub was last taken from a memory stick, ISO 8601; empty if never."""


def get(connection: Connection) -> LinkState:
    """The state; a first call within a database draws its incarnation only when it is put."""
    row = connection.execute(select(link)).mappings().one_or_none()
    if row is None:
        return LinkState(new_id())
    return LinkState(**{name: value for name, value in row.items() if name != "id"})


def put(connection: Connection, state: LinkState) -> None:
    """Remember the state, in the transaction of the answer that changed it."""
    values = {"id": 1, **asdict(state)}
    connection.execute(insert(link).values(values).on_conflict_do_update(set_=values))


def next_sequence(connection: Connection) -> LinkState:
    """Take the number of the next round; commit before anything is sent under it."""
    state = get(connection)
    state = replace(state, sequence=state.sequence + 1)
    put(connection, state)
    return state


def continue_after(connection: Connection, highest: int) -> LinkState:
    """The hub has seen more than we remember (409): go on after its number, never below ours."""
    state = get(connection)
    state = replace(state, sequence=max(state.sequence, highest))
    put(connection, state)
    return state


def new_incarnation(connection: Connection) -> LinkState:
    """This database is a restored copy: begin to count anew under a new name."""
    state = replace(get(connection), incarnation=new_id(), sequence=0)
    put(connection, state)
    return state


def save_enrolment(connection: Connection, enrolment: Enrolment, token: str) -> None:
    """Keep what the commune gave; another point identity than before starts the cursors anew."""
    known = load_enrolment(connection)
    if known is None or known[0].point != enrolment.point:
        put(connection, LinkState(new_id()))
    connection.execute(delete(enrolment_table))
    connection.execute(insert(enrolment_table).values(id=1, token=token, **asdict(enrolment)))


def load_enrolment(connection: Connection) -> tuple[Enrolment, str] | None:
    """The enrolment and the bearer token; ``None`` while the point is not enrolled."""
    row = connection.execute(select(enrolment_table)).mappings().one_or_none()
    if row is None:
        return None
    values = {**row}
    values.pop("id")
    values.pop("next_token")
    token = values.pop("token")
    return Enrolment(**{**values, "trial": bool(values["trial"])}), token


def next_token(connection: Connection) -> str:
    """The token that this point made and does not use yet; empty for none."""
    return str(connection.execute(select(enrolment_table.c.next_token)).scalar_one())


def keep_next_token(connection: Connection, token: str) -> None:
    """Commit before the hub hears of it: what the hub knows is never lost here."""
    connection.execute(update(enrolment_table).values(next_token=token))


def use_next_token(connection: Connection, token: str) -> None:
    """The hub knows it: from now on it is the token."""
    connection.execute(update(enrolment_table).values(token=token, next_token=""))
