"""A point whose machine was lost enrols again: its place, open dossiers and results are its own again."""

import re

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kiosk.domain.errors import WorldError
from kiosk.domain.events import NewsItem
from kiosk.envelope import keys
from kiosk.envelope.seal import digest_of, open_bytes, seal_bytes
from sync.hub.context import Hub
from sync.hub.store import audit, points, results
from tests.support.hub import BIRTH, BIRTH_FORM, HubPoint
from tests.support.office import OfficeVisitor, token_of, words_of
from tests.sync.hub.test_results import PLACE, fetch, pdf, send_result

POINTS = "/can-bo/diem"
ADDRESS = "https://localhost:8443"


@pytest.fixture
def visitor(anybody: OfficeVisitor) -> OfficeVisitor:
    anybody.log_in("head")
    return anybody


def press(visitor: OfficeVisitor, path: str, **fields: str) -> tuple[int, str]:
    page = visitor.web.get(POINTS)
    data = {"_csrf_token": token_of(page), **fields}
    answer = visitor.web.post(f"{POINTS}/{path}", data=data, follow_redirects=False)
    return answer.status_code, words_of(answer)


def code_for(visitor: OfficeVisitor, point: HubPoint) -> str:
    status, words = press(visitor, f"{point.enrolled.point}/ma-lai", address=ADDRESS)
    found = re.search(r"\b\w{4}-\w{4}-\w{4}\b", words)
    assert (status, found is not None) == (200, True)
    assert found is not None
    return found[0]


def wiped(point: HubPoint, code: str) -> HubPoint:
    """The same hamlet on a new machine: other keys, nothing remembered."""
    other = HubPoint.__new__(HubPoint)
    other.__dict__.update(point.__dict__)
    other.signing_key, other.identity = keys.generate_signing_key(), keys.generate_age_identity()
    other.incarnation, other.sequence, other.receipt, other.cursor = "another-life", 0, 0, 0
    other.enrolled = other.enrol(code)
    return other


def heard(point: HubPoint) -> dict[str, NewsItem]:
    """The last word about each dossier."""
    items = [one for one in point.news(point.round()) if isinstance(one, NewsItem)]
    return {one.dossier: one for one in items}


def birth(point: HubPoint) -> str:
    event = point.event(answers=BIRTH, form=BIRTH_FORM)
    point.round(event)
    return event.dossier


def test_everything_open_is_sealed_to_the_new_keys(
    hub: Hub, client: TestClient[Litestar], point: HubPoint, visitor: OfficeVisitor
) -> None:
    asked, ready, untouched, over = (birth(point) for _ in range(4))
    visitor.act(asked, "ask", sentence="Ảnh mờ.", papers=["giay_chung_sinh"])
    visitor.act(ready, "receive", portal_code="G09.20-261121-0009")
    assert send_result(visitor, ready, pdf()) == 303
    visitor.act(over, "receive", portal_code="G09.20-261121-0010")
    assert send_result(visitor, over, pdf()) == 303
    assert visitor.act(over, "hand").status_code == 303
    plain = open_bytes(_kept(hub, ready), point.identity)

    again = wiped(point, code_for(visitor, point))
    assert again.enrolled.point == point.enrolled.point
    news = heard(again)
    assert set(news) == {asked, ready, untouched}, "what is over stays quiet"
    assert {one.number for one in news.values()}.isdisjoint(range(1, 7)), "above all that was ever given"
    told = news[asked]
    assert (told.state, told.sentence, told.papers) == ("asked_for_more", "Ảnh mờ.", ("giay_chung_sinh",))
    assert dict(told.answers)["tre_ho_ten"] == "Trần Nguyễn Bảo Ngọc"
    assert news[untouched].state == "at_hub"

    copy = news[ready]
    assert (copy.state, copy.portal_code) == ("result_ready", "G09.20-261121-0009")
    assert copy.result is not None
    assert (copy.result.plain_sha256, copy.result.original_at) == (digest_of(plain), PLACE)
    status, body = fetch(client, again, copy.result.sealed_sha256)
    assert (status, len(body), digest_of(body)) == (200, copy.result.sealed_size, copy.result.sealed_sha256)
    assert open_bytes(body, again.identity) == plain
    with pytest.raises(WorldError):
        open_bytes(body, point.identity)


def test_the_facts_are_those_that_a_point_keeps(hub: Hub, point: HubPoint, visitor: OfficeVisitor) -> None:
    event = point.event(answers=BIRTH, form=BIRTH_FORM)
    point.round(event)
    facts = heard(wiped(point, code_for(visitor, point)))[event.dossier].facts
    assert facts is not None
    assert (facts.slug, facts.procedure, facts.road) == ("khai_sinh", "1.001193", "commune")
    assert (facts.form, facts.form_version, facts.digest) == (*BIRTH_FORM, event.digest)
    assert facts.slip_code.startswith("NHAP-")
    assert facts.number == "048195001234", "the first person of the procedure who has one"
    assert facts.consent is None


def test_the_old_machine_is_out_and_the_new_one_works(
    hub: Hub, client: TestClient[Litestar], point: HubPoint, visitor: OfficeVisitor
) -> None:
    dossier = birth(point)
    code = code_for(visitor, point)
    assert fetch(client, point, "ab" * 32)[0] == 404, "a code alone changes nothing"
    again = wiped(point, code)
    assert fetch(client, point, "ab" * 32)[0] == 401
    late = point.event()
    (verdict,) = again.round(late).verdicts
    assert (verdict.verdict, verdict.code) == ("refused", "envelope.signature"), "sealed on the lost machine"
    visitor.act(dossier, "ask", sentence="Sửa tên.")
    (verdict,) = again.round(again.event(dossier=dossier, revision=2, answers=BIRTH)).verdicts
    assert (verdict.verdict, verdict.receipt is not None) == ("accepted", True)
    with pytest.raises(WorldError, match=r"enrol\.code"):
        wiped(point, code)
    assert again.enrol(code).point == again.enrolled.point, "its answer was lost: the same keys ask again"


def test_the_same_machine_needs_no_news_twice(hub: Hub, point: HubPoint, visitor: OfficeVisitor) -> None:
    dossier = birth(point)
    visitor.act(dossier, "invite", sentence="Mời bác đến ký.")
    assert set(heard(point)) == {dossier}
    point.enrolled = point.enrol(code_for(visitor, point))
    assert heard(point) == {}


def test_the_same_machine_is_the_same_point_under_any_code(hub: Hub, point: HubPoint) -> None:
    """A plain code, but known keys: its dossiers stay its own, the hamlet is the code's."""
    event = point.event()
    point.round(event)
    with hub.database.write() as connection:
        points.revoke(connection, hub.commune, point.enrolled.point, hub.now())
        code = points.make_code(connection, hub.commune, "Thôn Mới", hub.now())
    before, point.enrolled = point.enrolled, point.enrol(code)
    assert (point.enrolled.point, point.enrolled.hamlet) == (before.point, "Thôn Mới")
    assert point.enrolled.token != before.token
    assert [verdict.verdict for verdict in point.round(event).verdicts] == ["already_accepted"]
    with hub.database.write() as connection:
        code = points.make_code(connection, hub.commune, "Thôn Mới", hub.now())
    point.identity = keys.generate_age_identity()
    assert point.enrol(code).point != before.point, "one of two keys is another machine"


def test_a_point_that_was_shut_out_comes_back_by_such_a_code(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor
) -> None:
    dossier = birth(point)
    assert press(visitor, f"{point.enrolled.point}/ngung")[0] == 303
    again = wiped(point, code_for(visitor, point))
    assert not again.row.revoked
    assert set(heard(again)) == {dossier}


def test_a_copy_that_cannot_be_opened_here_is_said_to_be_lost(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor
) -> None:
    dossier = birth(point)
    visitor.act(dossier, "receive", portal_code="G09.20-261121-0011")
    assert send_result(visitor, dossier, pdf()) == 303
    alone = seal_bytes(b"a copy of an older program", keys.recipient_of(point.identity))
    with hub.database.write() as connection:
        results.add(connection, hub.commune, point.enrolled.point, dossier, digest_of(alone), alone)
    told = heard(wiped(point, code_for(visitor, point)))[dossier]
    assert (told.state, told.result) == ("result_ready", None)
    assert "không mở được nữa" in words_of(visitor.page(dossier))
    with hub.database.read() as connection:
        assert not results.is_waiting(connection, dossier)


def test_only_who_manages_points_gives_such_codes_and_only_for_known_ones(
    hub: Hub, point: HubPoint, visitor: OfficeVisitor
) -> None:
    path = f"{point.enrolled.point}/ma-lai"
    assert press(visitor, "no-such-point/ma-lai", address=ADDRESS)[0] == 404
    assert press(visitor, path, address="http://xa")[0] == 400
    with hub.database.read() as connection:
        assert audit.latest(connection, hub.commune)[0].action != "point_code"
    code_for(visitor, point)
    with hub.database.read() as connection:
        assert audit.latest(connection, hub.commune)[0].action == "point_code"
    assert "Đăng ký lại Thôn Một" in words_of(visitor.web.get(POINTS))
    visitor.log_in("officer")
    assert press(visitor, path, address=ADDRESS)[0] == 403
    assert "Đăng ký lại" not in words_of(visitor.web.get(POINTS))


def _kept(hub: Hub, dossier: str) -> bytes:
    with hub.database.read() as connection:
        body = results.of_dossier(connection, dossier)
    assert body is not None
    return body


def test_a_code_of_the_command_line_takes_a_points_place_too(hub: Hub, point: HubPoint) -> None:
    with hub.database.write() as connection:
        code = points.make_code(connection, hub.commune, "Thôn Một", hub.now(), point.enrolled.point)
    assert wiped(point, code).enrolled.point == point.enrolled.point
