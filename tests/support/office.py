"""An officer at the pages: reads forms and sends them back as a browser would."""

import re
from dataclasses import dataclass
from html import unescape

from httpx import Client, Response

from tests.support.hub import PASSWORD

LOGIN = "/can-bo/dang-nhap"


@dataclass
class OfficeVisitor:
    """Somebody with a browser."""

    web: Client

    def log_in(self, name: str, password: str = PASSWORD) -> Response:
        page = self.web.get(LOGIN)
        fields = {"name": name, "password": password, "_csrf_token": token_of(page)}
        return self.web.post(LOGIN, data=fields, follow_redirects=False)

    def page(self, dossier: str) -> Response:
        return self.web.get(f"/can-bo/ho-so/{dossier}", follow_redirects=False)

    def act(self, dossier: str, action: str, **fields: str | list[str]) -> Response:
        page = self.page(dossier)
        known = {"_csrf_token": token_of(page), "revision": field_of(page, "revision")}
        return self.web.post(f"/can-bo/ho-so/{dossier}/{action}", data=known | fields, follow_redirects=False)


def token_of(page: Response) -> str:
    return field_of(page, "_csrf_token")


def field_of(page: Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    return unescape(found[1]) if found else ""


def words_of(page: Response) -> str:
    """The text of a page without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())
