"""The hub as one Litestar application."""

from typing import Any

from litestar import Litestar, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from kiosk.domain.errors import WorldError
from sync.hub import api, health, openapi, publish, reconcile, renewal, results, tus, wire
from sync.hub.context import Hub
from sync.hub.gathering import Gathering
from sync.hub.limiter import Limiter
from sync.hub.office import (
    data_pages,
    dossier_pages,
    export_pages,
    inbox_pages,
    overview,
    pages,
    point_pages,
    static_files,
    stick_pages,
)
from sync.hub.office.access import OFFICE, make_gate

_ENROL_FAILURES, _ENROL_SECONDS = 20, 600.0
_LOGIN_FAILURES, _LOGIN_SECONDS = 8, 300.0


def build(hub: Hub, processes: int = 1) -> Litestar:
    """Everything that ``hub`` serves. Of several ``processes`` each lets pass its share of wrong guesses."""
    guesses = Limiter(hub.clock, max(1, _LOGIN_FAILURES // processes), _LOGIN_SECONDS)
    return Litestar(
        [
            api.hello,
            api.enrol,
            api.round_,
            reconcile.reconcile,
            renewal.token,
            openapi.openapi,
            health.live,
            health.ready,
            results.result,
            publish.pack,
            tus.router(),
            pages.router(),
            inbox_pages.router(),
            dossier_pages.router(),
            static_files.router(),
            overview.router(),
            point_pages.router(),
            export_pages.router(),
            stick_pages.router(),
            data_pages.router(),
        ],
        state=State(
            {
                "hub": hub,
                "gathering": Gathering(hub),
                "writers": tus.Writers(),
                "desk": pages.Desk(make_gate(hub, guesses)),
                "enrol_limiter": Limiter(hub.clock, max(1, _ENROL_FAILURES // processes), _ENROL_SECONDS),
            }
        ),
        exception_handlers={
            WorldError: wire.refused,
            HTTPException: _http_refused,
            Exception: wire.failed,
        },
        logging_config=None,
        openapi_config=None,
    )


def _http_refused(request: wire.AnyRequest, error: HTTPException) -> Response[Any]:
    """Addresses that no handler knows come here, also those below the office."""
    office = request.url.path.startswith(f"{OFFICE}/")
    return pages.http_refused(request, error) if office else wire.http_refused(request, error)
