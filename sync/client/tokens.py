"""A new bearer token: made here, kept here, then made known to the hub by its digest and our signature."""

from kiosk.envelope.tokens import new_token, sign_token, token_digest
from kiosk.storage import link as link_state
from kiosk.storage.database import Database
from sync import protocol
from sync.client.transport import Transport
from sync.client.trouble import TransportError
from sync.protocol import TokenRequest

_UNKNOWN = frozenset({"token.unknown", "token.replaced"})
_SPENT = "token.spent"


def is_unknown(error: TransportError) -> bool:
    """The hub itself says that it does not take our token."""
    return error.status == 401 and error.problem is not None and error.problem.code in _UNKNOWN


def renew(database: Database, transport: Transport, point: str, signing_key: str) -> None:
    """Take a new token. Raises TransportError; then the old one stays in use and the same one is asked for
    again: each step is on the disk before the next begins, so that no cut loses anything."""
    try:
        _ask(database, transport, point, signing_key)
    except TransportError as error:
        if error.problem is None or error.problem.code != _SPENT:
            raise
        with database.write() as connection:
            link_state.keep_next_token(connection, "")
        _ask(database, transport, point, signing_key)


def _ask(database: Database, transport: Transport, point: str, signing_key: str) -> None:
    with database.write() as connection:
        token = link_state.next_token(connection) or new_token(point)
        link_state.keep_next_token(connection, token)
    digest = token_digest(token)
    signature = sign_token(point, digest, signing_key)
    request = TokenRequest(version=protocol.VERSION, point=point, digest=digest, signature=signature)
    transport.ask_for_token(request)
    with database.write() as connection:
        link_state.use_next_token(connection, token)
    transport.use_token(token)
