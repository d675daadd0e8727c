"""The hub as one Litestar application."""

from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from kiosk.domain.errors import WorldError
from sync.hub import api, tus, wire
from sync.hub.context import Hub
from sync.hub.limiter import Limiter
from sync.hub.office import pages
from sync.hub.office.access import make_gate

_ENROL_FAILURES, _ENROL_SECONDS = 20, 600.0
_LOGIN_FAILURES, _LOGIN_SECONDS = 8, 300.0


def build(hub: Hub) -> Litestar:
    """Everything that ``hub`` serves."""
    return Litestar(
        [api.hello, api.enrol, api.round_, tus.router(), pages.router()],
        state=State(
            {
                "hub": hub,
                "writers": tus.Writers(),
                "desk": pages.Desk(make_gate(hub, Limiter(hub.clock, _LOGIN_FAILURES, _LOGIN_SECONDS))),
                "enrol_limiter": Limiter(hub.clock, _ENROL_FAILURES, _ENROL_SECONDS),
            }
        ),
        exception_handlers={
            WorldError: wire.refused,
            HTTPException: wire.http_refused,
            Exception: wire.failed,
        },
        logging_config=None,
        openapi_config=None,
    )
