"""A press that came twice is one; one that says anything else is never thrown away in silence."""

from datetime import timedelta

import pytest
from httpx import Response

from kiosk.domain.dossier import State
from sync.hub.context import Hub
from sync.hub.store import dossiers
from tests.support.hub import HubPoint
from tests.support.office import OfficeVisitor, field_of, words_of
from tests.sync.hub.test_results import pdf

CODE = "G09.20-20261121-0092637"


def steps(hub: Hub, dossier: str) -> list[State]:
    with hub.database.read() as connection:
        return [line.state for line in dossiers.history_of(connection, dossier)][1:]


def fields_of(visitor: OfficeVisitor, dossier: str) -> dict[str, str]:
    page = visitor.page(dossier)
    return {name: field_of(page, name) for name in ("_csrf_token", "revision", "seen")}


@pytest.mark.parametrize(
    ("action", "typed", "changed", "state"),
    [
        ("invite", {"sentence": "Mời đến", "day": 3}, {"day": 4}, State.INVITED),
        ("invite", {"sentence": "Mời đến", "day": 3}, {"day": 0}, State.INVITED),
        ("receive", {"portal_code": CODE, "day": 3}, {"day": 9}, State.RECEIVED),
        ("ask", {"sentence": "Thiếu", "papers": "giay_chung_sinh"}, {"papers": ""}, State.ASKED_FOR_MORE),
        ("ask", {"sentence": "Thiếu"}, {"papers": "giay_chung_sinh"}, State.ASKED_FOR_MORE),
    ],
)
def test_what_was_changed_before_the_second_press_is_not_called_written(
    hub: Hub,
    point: HubPoint,
    visitor: OfficeVisitor,
    dossier: str,
    action: str,
    typed: dict[str, str | int],
    changed: dict[str, str | int],
    state: State,
) -> None:
    known = fields_of(visitor, dossier)

    def press(what: dict[str, str | int]) -> Response:
        said = {name: shown(hub, value) for name, value in what.items()}
        address = f"/can-bo/ho-so/{dossier}/{action}"
        return visitor.web.post(address, data=known | said, follow_redirects=False)

    assert [press(typed).status_code for _ in range(2)] == [303, 303]
    answer = press(typed | changed)
    assert answer.status_code == 409
    assert "lan vừa ghi “" in words_of(answer)
    assert "Đã ghi" not in words_of(answer).partition("Chưa ghi được")[0]
    assert steps(hub, dossier) == [state]
    assert len(point.news(point.round())) == 1


def test_another_file_or_place_is_another_press(hub: Hub, visitor: OfficeVisitor, dossier: str) -> None:
    visitor.act(dossier, "receive", portal_code=CODE)
    known = fields_of(visitor, dossier) | {"sentence": "Mời đến nhận"}

    def press(data: bytes, place: str) -> int:
        files = {"file": ("kq.pdf", data)} if data else None
        fields, address = known | {"place": place}, f"/can-bo/ho-so/{dossier}/result"
        answer = visitor.web.post(address, data=fields, files=files, follow_redirects=False)
        return answer.status_code

    first, other = pdf(1), pdf(2)
    pressed = [press(data, place) for data, place in ((first, "Xã"), (first, "Xã"), (other, "Xã"))]
    assert pressed == [303, 303, 409]
    assert [press(b"", "Xã"), press(first, "Huyện"), press(first, "Xã")] == [409, 409, 303]
    assert steps(hub, dossier) == [State.RECEIVED, State.RESULT_READY]


def shown(hub: Hub, value: str | int) -> str:
    """A number is so many days from now; 0 is no day."""
    if isinstance(value, str) or value == 0:
        return str(value or "")
    return f"{hub.clock.now().date() + timedelta(days=value):%d/%m/%Y}"
