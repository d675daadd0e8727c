"""Where somebody stood whose session ended: carried through the log-in, and never out of our own pages."""

import re
from urllib.parse import urlencode

from sync.hub.office.access import OFFICE, SESSION_COOKIE
from sync.hub.wire import AnyRequest

FIELD = "ve"
_DOSSIER = re.compile(rf"{OFFICE}/ho-so/[0-9A-Za-z-]{{1,64}}")


def safe(path: str) -> str:
    """The path of a dossier's page; empty for anything else, so that no link leads elsewhere."""
    return path if _DOSSIER.fullmatch(path) else ""


def door(request: AnyRequest) -> str:
    """The log-in page for a request without a session: it says that one ended, and knows the dossier."""
    found = _DOSSIER.match(request.url.path)
    ended = request.method == "POST" or bool(request.cookies.get(SESSION_COOKIE))
    query = {"het": "1"} if ended else {}
    query |= {FIELD: found[0]} if found else {}
    return f"{OFFICE}/dang-nhap" + (f"?{urlencode(query, safe='/')}" if query else "")
