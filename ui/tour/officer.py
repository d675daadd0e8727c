"""The officer of a tour: works on the hub's real pages over HTTP (log-in, CSRF, forms)."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import requests

LOGIN = "/can-bo/dang-nhap"
INBOX = "/can-bo"
TIMEOUT = (5.0, 30.0)
_SURE = "sure"
_QUESTIONS = 2
"""So often may one press be asked about: an odd code, and one that another dossier has."""


class OfficerError(Exception):
    """The pages did not do what an officer needs; the text says which page and what it answered."""


@dataclass
class PageForm:
    """A form of a page: where it goes and what stands in its fields already."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    """Names of the fields that take a file."""
    sure: str = ""
    """What the tick says by which an officer confirms what is odd or final; empty where none is asked for."""


class _FormReader(HTMLParser):
    """Collects the forms of a page with their filled fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._open: PageForm | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = PageForm(known.get("action", ""))
            self.forms.append(self._open)
        elif self._open is not None and known.get("name") and known.get("type") == "file":
            self._open.files.append(known["name"])
        elif self._open is not None and known.get("name") == _SURE:
            self._open.sure = known.get("value", "")
        elif self._open is not None and known.get("name") and _counts(tag, known):
            self._open.fields.setdefault(known["name"], known.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None


class Officer:
    """One officer at the hub, logged in; raises ``OfficerError`` where the pages refuse."""

    def __init__(self, hub: str, authority: Path, user: str, password: str) -> None:
        self._hub = hub.rstrip("/")
        self._web = requests.Session()
        self._web.verify = str(authority)
        self._web.trust_env = False
        self._log_in(user, password)

    def act(self, dossier: str, action: str, fields: dict[str, str], file: Path | None = None) -> None:
        """Open a dossier from the inbox and press the button of one action.

        ``file`` goes along where the page has a field for one. Where the page asks whether the officer is
        sure, the visit file has said so already.
        """
        page = self.open(dossier)
        form = _form_for(page, action)
        if form is None:
            raise OfficerError(f"{page.url}: no form for {action}")
        answer = self._press(page, form, fields, file)
        for _ in range(_QUESTIONS):
            asked = None if answer.ok else _form_for(answer, action)
            if asked is not None and asked.sure:
                answer = self._press(page, asked, fields | {_SURE: asked.sure}, file)
        if not answer.ok:
            raise OfficerError(f"{answer.url}: {answer.status_code}")

    def _press(
        self, page: requests.Response, form: PageForm, fields: dict[str, str], file: Path | None
    ) -> requests.Response:
        files = {form.files[0]: (file.name, file.read_bytes())} if file and form.files else None
        return self._web.post(
            urljoin(page.url, form.action), data=form.fields | fields, files=files, timeout=TIMEOUT
        )

    def open(self, dossier: str) -> requests.Response:
        """The page of a dossier, found in the inbox."""
        inbox = self._get(INBOX)
        if dossier not in inbox.text:
            raise OfficerError(f"the inbox does not show {dossier}")
        return self._get(f"{INBOX}/ho-so/{dossier}")

    def _log_in(self, user: str, password: str) -> None:
        page = self._get(LOGIN)
        form = forms_of(page.text)[0]
        secret = next(name for name in form.fields if "pass" in name or "mat_khau" in name)
        name = next(name for name in form.fields if name != secret and not name.startswith("_"))
        answer = self._web.post(
            urljoin(page.url, form.action or LOGIN),
            data=form.fields | {name: user, secret: password},
            timeout=TIMEOUT,
        )
        if not answer.ok or answer.url.rstrip("/").endswith("dang-nhap"):
            raise OfficerError(f"log-in refused: {answer.status_code}")

    def _get(self, path: str) -> requests.Response:
        answer = self._web.get(self._hub + path, timeout=TIMEOUT)
        if not answer.ok:
            raise OfficerError(f"{path}: {answer.status_code}")
        return answer


def _form_for(page: requests.Response, action: str) -> PageForm | None:
    return next((form for form in forms_of(page.text) if form.action.endswith(f"/{action}")), None)


def _counts(tag: str, attrs: dict[str, str]) -> bool:
    """Whether a browser would send this field without anybody touching it."""
    if tag not in {"input", "textarea"}:
        return False
    return attrs.get("type") not in {"checkbox", "radio", "file", "submit"} or "checked" in attrs


def forms_of(html: str) -> list[PageForm]:
    """The forms of a page, in order."""
    reader = _FormReader()
    reader.feed(html)
    return reader.forms
