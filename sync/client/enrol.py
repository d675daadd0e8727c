"""Buying a point its identity with a one-time code."""

from kiosk.domain.errors import WorldError
from kiosk.domain.point import Enrolment
from kiosk.envelope import keys
from kiosk.storage import link, outbox
from kiosk.storage.database import Database
from sync.client.transport import Transport
from sync.client.trouble import Kind, TransportError
from sync.protocol import EnrolAnswer, EnrolRequest

_SPENT = frozenset({400, 401, 403, 404, 410, 422})


def enrol(
    hub_url: str, code: str, authority: str, signing_key: str, sealing_identity: str
) -> tuple[Enrolment, str]:
    """Trade ``code`` for an enrolment and its bearer token; the private keys themselves stay here.

    ``authority`` is the hub's authority in PEM, the only one that will ever be believed. ``signing_key`` is
    the point's Ed25519 private key (hex), ``sealing_identity`` its age identity; their public halves travel.
    Raises WorldError: enrol.address, enrol.authority_file, enrol.authority (another machine answers),
    enrol.code (wrong or used), hub.no_line and the other ``hub.`` codes of TransportError.
    """
    request = EnrolRequest(
        code=code.strip(),
        signing_key=keys.public_key(signing_key),
        sealing_key=keys.recipient_of(sealing_identity),
    )
    transport = Transport(hub_url, authority)
    try:
        answer = transport.enrol(request)
    except TransportError as error:
        raise _for_people(error) from error
    finally:
        transport.close()
    _check(answer)
    return _enrolment(answer, transport.base, authority), answer.token


def keep(database: Database, enrolment: Enrolment, token: str) -> None:
    """Keep what the commune gave. Where the same commune made another point of us it knows nothing of the one
    before (a hub from an older copy): everything that is not SAFE goes up again."""
    with database.write() as connection:
        before = link.load_enrolment(connection)
        link.save_enrolment(connection, enrolment, token)
        if before is not None and _is_another_point(before[0], enrolment):
            outbox.send_again(connection)


def _is_another_point(before: Enrolment, now: Enrolment) -> bool:
    return before.point != now.point and before.commune_key == now.commune_key


def _for_people(error: TransportError) -> WorldError:
    if error.kind is Kind.AUTHORITY:
        return WorldError("enrol.authority")
    if error.kind is Kind.REFUSED and error.status in _SPENT:
        return WorldError("enrol.code")
    return error


def _check(answer: EnrolAnswer) -> None:
    """An identity that could not work later is refused now."""
    token = answer.token
    token_fits = token.isascii() and token.isprintable() and token.startswith(f"{answer.point}.")
    if not (
        token_fits
        and answer.point
        and keys.is_public_key(answer.hub_key)
        and keys.is_recipient(answer.commune_key)
    ):
        raise TransportError(Kind.GARBLED)


def _enrolment(answer: EnrolAnswer, hub_url: str, authority: str) -> Enrolment:
    return Enrolment(
        point=answer.point,
        hamlet=answer.hamlet,
        commune=answer.commune,
        hub_url=hub_url,
        authority=authority,
        hub_key=answer.hub_key,
        commune_key=answer.commune_key,
        trial=answer.trial,
    )
