"""New tokens at the hub: asked for by signature, in force from their first use, the one before dead then."""

import msgspec
import pytest
import zstandard
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import select

from kiosk.domain.errors import WorldError
from kiosk.envelope.keys import generate_signing_key
from kiosk.envelope.tokens import new_token, sign_token, token_digest
from sync.hub.context import Hub
from sync.hub.renewal import renew
from sync.hub.store import points
from sync.hub.store.tables import point as point_table
from sync.hub.wire import point_of
from sync.protocol import MAX_ROUND_BYTES, ROUND_PATH, TOKEN_PATH, RoundAnswer, TokenAnswer
from tests.support.hub import HubPoint, open_hub
from tests.support.points import StoppedClock

Client = TestClient[Litestar]


def asking(point: HubPoint, token: str, /, **change: object) -> bytes:
    digest = token_digest(token)
    asked = {
        "version": 1,
        "point": point.enrolled.point,
        "digest": digest,
        "signature": sign_token(point.enrolled.point, digest, point.signing_key),
    }
    return msgspec.json.encode({**asked, **change})


def serves(hub: Hub, token: str) -> str:
    """What a request with this token hears."""
    try:
        point_of(hub, f"Bearer {token}")
    except WorldError as error:
        return error.code
    return "served"


def test_the_old_token_is_served_until_the_new_one_was_used(hub: Hub, point: HubPoint) -> None:
    old, new = point.enrolled.token, new_token(point.enrolled.point)
    assert (serves(hub, old), serves(hub, new)) == ("served", "token.unknown")
    assert renew(hub, asking(point, new)) == TokenAnswer(version=1, digest=token_digest(new))
    assert renew(hub, asking(point, new)).digest == token_digest(new), "its answer was lost"
    assert serves(hub, old) == "served"
    assert [serves(hub, token) for token in (new, old, new, old)] == ["served", "token.replaced"] * 2
    assert renew(hub, asking(point, new)).digest == token_digest(new), "in force already: nothing changes"
    assert serves(hub, new) == "served"
    with pytest.raises(WorldError, match=r"token\.spent"):
        renew(hub, asking(point, old))


def test_a_next_token_that_was_never_used_gives_way_to_another(hub: Hub, point: HubPoint) -> None:
    lost, kept = new_token(point.enrolled.point), new_token(point.enrolled.point)
    renew(hub, asking(point, lost)), renew(hub, asking(point, kept))
    assert [serves(hub, one) for one in (lost, point.enrolled.token, kept)] == [
        "token.unknown",
        "served",
        "served",
    ]


def test_a_point_without_any_token_gets_in_by_its_key(hub: Hub, point: HubPoint) -> None:
    for _ in range(3):
        token = new_token(point.enrolled.point)
        renew(hub, asking(point, token))
        assert serves(hub, token) == "served"
    assert serves(hub, point.enrolled.token) == "token.unknown", "replaced long ago"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"signature": "ab" * 64}, "token.proof"),
        ({"signature": ""}, "token.proof"),
        ({"point": "nobody"}, "token.proof"),
        ({"point": "\0"}, "token.proof"),
        ({"digest": "AB" * 32}, "request.malformed"),
        ({"digest": ""}, "request.malformed"),
        ({"version": 2}, "request.version"),
        ({"point": 7}, "request.malformed"),
    ],
)
def test_nothing_but_the_points_own_signature_counts(
    hub: Hub, point: HubPoint, change: dict[str, object], code: str
) -> None:
    new = new_token(point.enrolled.point)
    with pytest.raises(WorldError) as refused:
        renew(hub, asking(point, new, **change))
    assert refused.value.code == code
    assert (serves(hub, new), serves(hub, point.enrolled.token)) == ("token.unknown", "served")


def test_another_key_and_another_points_key_are_no_proof(hub: Hub, point: HubPoint) -> None:
    other, new = HubPoint(hub), new_token(point.enrolled.point)
    for key in (generate_signing_key(), other.signing_key):
        proof = sign_token(point.enrolled.point, token_digest(new), key)
        with pytest.raises(WorldError, match=r"token\.proof"):
            renew(hub, asking(point, new, signature=proof))
    renew(hub, asking(other, new))
    assert serves(hub, new) == "token.unknown", "a token names its point"


def test_a_revoked_point_takes_no_token(hub: Hub, point: HubPoint) -> None:
    new = new_token(point.enrolled.point)
    renew(hub, asking(point, new))
    with hub.database.write() as connection:
        points.revoke(connection, hub.commune, point.enrolled.point, hub.now())
    with pytest.raises(WorldError, match=r"point\.revoked"):
        renew(hub, asking(point, new_token(point.enrolled.point)))
    assert serves(hub, new) == "point.revoked"
    assert serves(hub, point.enrolled.token) == "point.revoked"


def test_a_round_says_when_the_token_is_old(hub: Hub) -> None:
    clock = StoppedClock()
    aging = open_hub(hub.home, clock)
    point = HubPoint(aging)
    assert aging.settings.token_days == 30
    assert not point.said(point.request()).token_due
    clock.pass_time(30 * 86400)
    assert point.said(point.request()).token_due
    new = new_token(point.enrolled.point)
    renew(aging, asking(point, new))
    assert point.said(point.request()).token_due, "asked for, not used yet"
    assert serves(aging, new) == "served"
    assert not point.said(point.request()).token_due
    aging.database.close()


def test_no_token_lies_in_the_database(hub: Hub, point: HubPoint) -> None:
    new = new_token(point.enrolled.point)
    renew(hub, asking(point, new))
    serves(hub, new)
    point.said(point.request())
    with hub.database.read() as connection:
        row = connection.execute(select(point_table)).mappings().one()
    secrets = {token.partition(".")[2] for token in (new, point.enrolled.token)}
    assert not any(secret in str(value) for secret in secrets for value in row.values())
    assert row["token_digest"] == token_digest(new)
    assert row["old_token_digest"] == token_digest(point.enrolled.token)


def test_over_http(hub: Hub, client: Client, point: HubPoint) -> None:
    new = new_token(point.enrolled.point)
    packed = zstandard.ZstdCompressor().compress(asking(point, new))
    answer = client.post(TOKEN_PATH, content=packed, headers={"Content-Encoding": "zstd"})
    assert (answer.status_code, answer.json()) == (200, {"version": 1, "digest": token_digest(new)})
    headers = {"Authorization": f"Bearer {new}", "Accept-Encoding": "identity"}
    answer = client.post(ROUND_PATH, content=point.request(), headers=headers)
    assert msgspec.json.decode(answer.content, type=RoundAnswer).sequence == point.sequence
    headers["Authorization"] = f"Bearer {point.enrolled.token}"
    answer = client.post(ROUND_PATH, content=point.request(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "token.replaced")
    assert "chìa cũ" in answer.json()["sentence"]
    answer = client.post(TOKEN_PATH, content=asking(point, point.enrolled.token))
    assert (answer.status_code, answer.json()["code"]) == (409, "token.spent")
    answer = client.post(TOKEN_PATH, content=asking(point, new, signature="x"))
    assert (answer.status_code, answer.json()["code"]) == (401, "token.proof")
    bomb = zstandard.ZstdCompressor().compress(bytes(MAX_ROUND_BYTES + 1))
    answer = client.post(TOKEN_PATH, content=bomb, headers={"Content-Encoding": "zstd"})
    assert answer.status_code == 413
