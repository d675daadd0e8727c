"""One request, one answer, over a line that lies: what counts as an answer is decided here."""

import io
import ssl
from dataclasses import dataclass
from time import monotonic
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import msgspec
import requests
import urllib3
import zstandard

from kiosk.domain.errors import WorldError
from kiosk.envelope.reading import read_json
from sync import protocol
from sync.client.trouble import Kind, TransportError
from sync.client.trust import CONNECT_SECONDS, SEND_BUFFER, SILENCE_SECONDS, open_session
from sync.protocol import (
    EnrolAnswer,
    EnrolRequest,
    Hello,
    Problem,
    ReconcileAnswer,
    ReconcileRequest,
    RoundAnswer,
    RoundRequest,
    TokenAnswer,
    TokenRequest,
)

IDLE_SECONDS = 4.0
"""A kept connection older than this is not trusted: the hub, or a box on the way, may have dropped it."""
_SLOWEST = 8 * 1024.0
"""Bytes a second: slower lines count as silent while a buffer drains."""
_PROBLEM = msgspec.json.Decoder(Problem)
_Record = TypeVar("_Record", bound=protocol.Message)
_SILENT = (
    TimeoutError,
    requests.Timeout,
    urllib3.exceptions.TimeoutError,
    urllib3.exceptions.NewConnectionError,
)
_GATEWAY = frozenset({502, 503, 504})


@dataclass(frozen=True)
class Reply:
    """An answer as it came: nothing in it is believed yet. Header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class Transport:
    """The road to one hub. May be used by several threads; ``close`` ends every connection."""

    def __init__(self, hub_url: str, authority: str, token: str = "") -> None:
        self.base = _https(hub_url)
        self._token = token
        self._session = open_session(authority)
        self._used = monotonic()

    def round(self, request: RoundRequest) -> RoundAnswer:
        """Send a round. Raises TransportError for everything that is not the hub's proper answer."""
        reply = self._post(protocol.ROUND_PATH, request)
        answer = _read_json(reply, 200, RoundAnswer)
        if not is_answer_to(request, answer):
            raise TransportError(Kind.GARBLED, reply.status)
        return answer

    def reconcile(self, request: ReconcileRequest) -> ReconcileAnswer:
        """What of the point's set the hub does not hold. Raises TransportError."""
        return _read_json(self._post(protocol.RECONCILE_PATH, request), 200, ReconcileAnswer)

    def ask_for_token(self, request: TokenRequest) -> TokenAnswer:
        """Let the hub know the next token; the one in force stays in use. Raises TransportError."""
        answer = _read_json(self._post(protocol.TOKEN_PATH, request), 200, TokenAnswer)
        if answer.digest != request.digest:
            raise TransportError(Kind.GARBLED, 200)
        return answer

    def use_token(self, token: str) -> None:
        """From the next request on."""
        self._token = token

    def _post(self, path: str, request: protocol.Message) -> Reply:
        body = zstandard.ZstdCompressor(level=10).compress(msgspec.json.encode(request))
        headers = {"Content-Encoding": protocol.ENCODING, "Accept-Encoding": protocol.ENCODING}
        return self.send("POST", path, {**headers, "Content-Type": protocol.MEDIA_TYPE}, body)

    def enrol(self, request: EnrolRequest) -> EnrolAnswer:
        """Trade a one-time code for an identity. Raises TransportError."""
        headers = {"Content-Type": protocol.MEDIA_TYPE}
        reply = self.send("POST", protocol.ENROL_PATH, headers, msgspec.json.encode(request))
        return _read_json(reply, 201, EnrolAnswer)

    def hello(self) -> Hello:
        """Who answers there, before anything is trusted. Raises TransportError."""
        return _read_json(self.send("GET", protocol.HELLO_PATH, {}), 200, Hello)

    def absolute(self, location: str) -> str:
        """The address that a ``Location`` names; one outside the hub is never followed.

        Raises TransportError ``garbled``.
        """
        try:
            address = urljoin(f"{self.base}/", location)
            ours = urlsplit(address)[:2] == urlsplit(self.base)[:2]
        except ValueError as error:
            raise TransportError(Kind.GARBLED) from error
        if not location or not ours:
            raise TransportError(Kind.GARBLED)
        return address

    def send(self, method: str, address: str, headers: dict[str, str], body: bytes = b"") -> Reply:
        """One request to a path of the hub, or to an address that ``absolute`` gave.

        Raises TransportError: no_line, truncated, authority, garbled. Any status is an answer here.
        """
        self._forget_idle_connections()
        if self._token:
            headers = {**headers, "Authorization": f"Bearer {self._token}"}
        silence = SILENCE_SECONDS + min(len(body), SEND_BUFFER) / _SLOWEST
        try:
            with self._session.request(
                method,
                self.absolute(address),
                headers=headers,
                data=io.BytesIO(body) if body else None,
                timeout=(CONNECT_SECONDS, silence),
                allow_redirects=False,
                stream=True,
            ) as response:
                return Reply(response.status_code, _lower(response), _read_limited(response))
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise TransportError(_kind_of(error)) from error
        finally:
            self._used = monotonic()

    def close(self) -> None:
        """Let go of every connection; the next request opens a new one."""
        self._session.close()

    def _forget_idle_connections(self) -> None:
        if monotonic() - self._used > IDLE_SECONDS:
            self._session.close()


def is_answer_to(request: RoundRequest, answer: RoundAnswer) -> bool:
    """Whether an answer belongs to the request and its numbers are such as a hub can have."""
    fits = answer.sequence == request.sequence and answer.version == protocol.VERSION and answer.epoch
    numbers = (answer.receipt_number, answer.safe, answer.cursor, *(one.number for one in answer.news))
    return bool(fits) and all(0 <= number < protocol.MAX_NUMBER for number in numbers)


def _https(address: str) -> str:
    """A hub address without its tail. Raises WorldError ``enrol.address``."""
    try:
        parts = urlsplit(address.strip())
        usable = parts.scheme == "https" and parts.hostname and parts.port != 0
    except ValueError:
        usable = None
    if not usable:
        raise WorldError("enrol.address")
    return f"https://{parts.netloc}"


def _lower(response: requests.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _read_limited(response: requests.Response) -> bytes:
    """The body as it travelled, not decompressed; never more than a round may have."""
    body = bytearray()
    while block := response.raw.read(64 * 1024, decode_content=False):
        body += block
        if len(body) > protocol.MAX_ROUND_BYTES:
            raise TransportError(Kind.GARBLED, response.status_code)
    return bytes(body)


def _read_json(reply: Reply, wanted: int, record: type[_Record]) -> _Record:
    """The record in an answer with the ``wanted`` status; anything else is not the hub's answer."""
    if reply.status != wanted:
        raise refusal(reply)
    if not _is_json(reply):
        raise TransportError(Kind.CAPTIVE_PORTAL, reply.status)
    try:
        return read_json(msgspec.json.Decoder(record), _plain(reply))
    except (msgspec.DecodeError, zstandard.ZstdError) as error:
        raise TransportError(Kind.GARBLED, reply.status) from error


def refusal(reply: Reply) -> TransportError:
    """What a status other than the wanted one means, and who said it."""
    try:
        problem = read_json(_PROBLEM, _plain(reply)) if _is_json(reply) else None
    except (msgspec.DecodeError, zstandard.ZstdError):
        problem = None
    if reply.status in _GATEWAY or (reply.status >= 500 and reply.status != 511):
        return TransportError(Kind.SERVER_ERROR, reply.status, problem)
    if problem is None:
        return TransportError(Kind.CAPTIVE_PORTAL, reply.status)
    if reply.status == 409 and problem.highest_sequence is not None:
        return TransportError(Kind.SEQUENCE, reply.status, problem)
    return TransportError(Kind.REFUSED, reply.status, problem)


def _is_json(reply: Reply) -> bool:
    return reply.headers.get("content-type", "").partition(";")[0].strip().lower() == protocol.MEDIA_TYPE


def _plain(reply: Reply) -> bytes:
    """The body without its transfer compression, limited before it unfolds."""
    if reply.headers.get("content-encoding", "").strip().lower() != protocol.ENCODING:
        return reply.body
    unfolder = zstandard.ZstdDecompressor(max_window_size=protocol.MAX_WINDOW)
    with unfolder.stream_reader(reply.body, read_across_frames=True) as reader:
        plain = bytes(reader.read(protocol.MAX_ROUND_BYTES + 1))
    if len(plain) > protocol.MAX_ROUND_BYTES:
        raise TransportError(Kind.GARBLED, reply.status)
    return plain


def _kind_of(error: Exception) -> Kind:
    """Sort what the libraries raise by what happened on the line."""
    causes = _causes(error)
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return Kind.AUTHORITY
    if any(isinstance(cause, _SILENT) for cause in causes):
        return Kind.NO_LINE
    if any(isinstance(cause, OSError | urllib3.exceptions.ProtocolError) for cause in causes):
        return Kind.TRUNCATED
    return Kind.GARBLED


def _causes(error: BaseException) -> list[BaseException]:
    """An exception and all that the libraries wrapped into it."""
    found: list[BaseException] = []
    todo: list[object] = [error]
    while todo:
        one = todo.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            todo += [*one.args, one.__cause__, one.__context__, getattr(one, "reason", None)]
    return found
