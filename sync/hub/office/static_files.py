"""``/can-bo/tinh``: style sheet, scripts, icon and fonts; the pages need no other machine."""

from collections.abc import Mapping
from pathlib import Path

from litestar import Response, Router, get
from litestar.params import FromPath

from kiosk.domain.errors import WorldError
from sync.hub.office import access, pages
from sync.hub.wire import AnyRequest

_STATIC = Path(__file__).parent / "static"
_KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".js": "text/javascript", ".ttf": "font/ttf"}


def files(assets: Path) -> Mapping[str, Path]:
    """Everything that may be fetched, by name."""
    own = {path.name: path for path in (*_STATIC.iterdir(), _STATIC / "htmx" / "htmx.min.js")}
    names = [f"BeVietnamPro-{weight}.ttf" for weight in ("Regular", "SemiBold", "Bold")]
    known = own | {name: assets / "fonts" / name for name in names}
    return {name: path for name, path in known.items() if path.suffix in _KINDS}


@get("/tinh/{name:str}", sync_to_thread=True)
def static(request: AnyRequest, name: FromPath[str]) -> Response[bytes]:
    """One of them."""
    path = files(pages.desk_of(request).hub.library.assets).get(name)
    if path is None:
        raise WorldError("office.page_unknown")
    headers = {"Cache-Control": "private, max-age=3600"}
    answer = Response(path.read_bytes(), media_type=_KINDS[path.suffix], headers=headers)
    access.guarded(answer)
    return answer


def router() -> Router:
    return pages.office_router(access.OFFICE, static)
