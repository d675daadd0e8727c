"""A small hub that speaks the protocol from memory and can be told to misbehave."""

import base64
import contextlib
import hashlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec
import zstandard

from kiosk.domain.events import NewsItem, Receipt
from kiosk.domain.ids import new_id
from kiosk.domain.point import Enrolment
from kiosk.envelope import keys
from kiosk.envelope.news import seal_news
from kiosk.envelope.receipts import sign_receipt
from kiosk.envelope.tokens import token_digest, verify_token
from sync import protocol
from sync.hub.results import piece
from sync.protocol import EventVerdict, News, Problem, RoundAnswer, RoundRequest, SignedReceipt, Verdict
from tests.support.tls import Trust, make_trust

CODE = "ABCD-2345"
ZSTD = {"content-type": "application/json", "content-encoding": "zstd"}


@dataclass
class Answer:
    """An HTTP answer of the fake."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def as_json(status: int, message: msgspec.Struct) -> Answer:
    return Answer(status, msgspec.json.encode(message), {"content-type": "application/json"})


def problem(status: int, code: str, highest: int | None = None) -> Answer:
    return as_json(status, Problem(code=code, sentence="Không được.", highest_sequence=highest))


@dataclass
class FakeHub:
    """What the hub holds. Tests look inside, and change how it answers through the three hooks."""

    point: str = field(default_factory=new_id)
    signing_key: str = field(default_factory=keys.generate_signing_key)
    identity: str = field(default_factory=keys.generate_age_identity)
    trust: Trust = field(default_factory=make_trust)
    epoch: str = "epoch-1"
    safe: int = 0
    sealing_key: str = ""
    point_key: str = ""
    events: dict[str, protocol.Event] = field(default_factory=dict)
    arrivals: list[str] = field(default_factory=list)
    """Event ids in the order in which they were stored: one twice would be a double."""
    receipts: dict[str, SignedReceipt] = field(default_factory=dict)
    papers: dict[str, bytearray] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    news: list[News] = field(default_factory=list)
    highest: dict[str, int] = field(default_factory=dict)
    stored: dict[tuple[str, int], tuple[str, bytes]] = field(default_factory=dict)
    rounds: list[RoundRequest] = field(default_factory=list)
    compared: list[protocol.ReconcileRequest] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)
    paper_bytes: int = 0
    results: dict[str, bytes] = field(default_factory=dict)
    instead: Callable[[str, str, bytes], Answer | None] = lambda method, path, body: None
    """First hook: any answer in place of the true one."""
    tamper: Callable[[RoundAnswer], RoundAnswer] = lambda answer: answer
    """Second hook: the answer to a round as it leaves."""
    next_digest: str = ""
    """Of the token that the point asked for and has not used yet."""
    token_due: bool = False
    judge: Callable[[protocol.Event], EventVerdict | None] = lambda event: None
    """Third hook: another verdict about an event, before it is stored."""
    url: str = ""

    def __post_init__(self) -> None:
        self.lock = threading.RLock()
        self.token = f"{self.point}.secret"

    @property
    def enrolment(self) -> Enrolment:
        """What a point enrolled here keeps."""
        return Enrolment(
            point=self.point,
            hamlet="Thôn Thử",
            commune="Xã Thử",
            hub_url=self.url,
            authority=self.trust.authority,
            hub_key=keys.public_key(self.signing_key),
            commune_key=keys.recipient_of(self.identity),
            trial=True,
        )

    def tell(self, **facts: Any) -> None:
        """The officer says something about a dossier."""
        number = len(self.news) + 1
        item = NewsItem(number=number, at="2026-11-21T10:00:00+07:00", **facts)
        self.news.append(News(number=number, body=seal_news(item, self.sealing_key)))

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        """One request, as the hub sees it."""
        with self.lock:
            self.requests.append((method, path))
            other = self.instead(method, path, body)
            if other is not None:
                return other
            if path == protocol.ENROL_PATH:
                return self._enrol(body)
            if path == protocol.TOKEN_PATH:
                return self._next_token(body)
            if not self._knows(headers.get("authorization", "").removeprefix("Bearer ")):
                return problem(401, "token.unknown")
            if path == protocol.ROUND_PATH:
                return self._round(body)
            if path == protocol.RECONCILE_PATH:
                return self._reconcile(body)
            if path.startswith((protocol.RESULTS_PATH, protocol.PACKS_PATH)):
                return self._result(path.rpartition("/")[2], headers.get("range", ""))
            return self._tus(method, path, headers, body)

    def _result(self, sha: str, asked: str) -> Answer:
        if sha not in self.results:
            return problem(404, "result.unknown")
        body = self.results[sha]
        start, end = piece(asked, len(body))
        span = {"content-range": f"bytes {start}-{end - 1}/{len(body)}"}
        return Answer(206 if asked else 200, body[start:end], span if asked else {})

    def _enrol(self, body: bytes) -> Answer:
        request = msgspec.json.decode(body, type=protocol.EnrolRequest)
        if request.code != CODE:
            return problem(403, "enrol.code")
        self.sealing_key, self.point_key = request.sealing_key, request.signing_key
        mine = self.enrolment
        answer = protocol.EnrolAnswer(
            point=self.point, token=self.token, hamlet=mine.hamlet, commune=mine.commune,
            hub_key=mine.hub_key, commune_key=mine.commune_key, epoch=self.epoch, trial=True,
        )  # fmt: skip
        return as_json(201, answer)

    def _next_token(self, body: bytes) -> Answer:
        plain = zstandard.ZstdDecompressor().decompressobj().decompress(body)
        request = msgspec.json.decode(plain, type=protocol.TokenRequest)
        if not verify_token(self.point, request.digest, request.signature, self.point_key):
            return problem(401, "token.proof")
        self.next_digest = request.digest
        return as_json(200, protocol.TokenAnswer(version=1, digest=request.digest))

    def _knows(self, token: str) -> bool:
        """The first use of the next token puts it in force."""
        if self.next_digest and token_digest(token) == self.next_digest:
            self.token, self.next_digest, self.token_due = token, "", False
        return token == self.token

    def _round(self, body: bytes) -> Answer:
        plain = zstandard.ZstdDecompressor().decompressobj().decompress(body)
        request = msgspec.json.decode(plain, type=RoundRequest)
        self.rounds.append(request)
        place, digest = (request.incarnation, request.sequence), hashlib.sha256(plain).hexdigest()
        if place in self.stored and self.stored[place][0] == digest:
            return Answer(200, self.stored[place][1], ZSTD)
        highest = self.highest.get(request.incarnation, 0)
        if request.sequence <= highest:
            return problem(409, "sequence.behind", highest)
        self.highest[request.incarnation] = request.sequence
        answer = self.tamper(self._true_answer(request))
        packed = zstandard.ZstdCompressor().compress(msgspec.json.encode(answer))
        self.stored[place] = (digest, packed)
        return Answer(200, packed, ZSTD)

    def _reconcile(self, body: bytes) -> Answer:
        plain = zstandard.ZstdDecompressor().decompressobj().decompress(body)
        request = msgspec.json.decode(plain, type=protocol.ReconcileRequest)
        self.compared.append(request)
        missing = [one.id for one in request.events if one.id not in self.receipts]
        return as_json(200, protocol.ReconcileAnswer(version=1, missing=missing))

    def _true_answer(self, request: RoundRequest) -> RoundAnswer:
        verdicts = [self.judge(event) or self._take(event) for event in request.events]
        held = request.receipt if request.epoch == self.epoch else 0
        fresh = [one for one in self.news if one.number > request.cursor]
        return RoundAnswer(
            version=1,
            epoch=self.epoch,
            receipt_number=len(self.receipts),
            safe=self.safe,
            sequence=request.sequence,
            verdicts=verdicts,
            receipts=[one for one in self.receipts.values() if one.number > held],
            news=fresh[:5],
            cursor=max([request.cursor, *(one.number for one in fresh[:5])]),
            more=len(fresh) > 5,
            token_due=self.token_due,
        )

    def _take(self, event: protocol.Event) -> EventVerdict:
        known = self.events.get(event.id)
        if known is not None and known.digest != event.digest:
            return EventVerdict(event=event.id, verdict=Verdict.REFUSED, code="event.digest")
        if known is None:
            self.events[event.id] = event
            self.arrivals.append(event.id)
        missing = [sha for sha in event.papers if not self.has(sha)]
        receipt = None if missing else self.receipt_for(event)
        return EventVerdict(
            event=event.id,
            verdict=Verdict.ALREADY if known else Verdict.ACCEPTED,
            missing_papers=missing,
            receipt=receipt,
        )

    def has(self, sha: str) -> bool:
        """Whether a paper is here whole."""
        return sha in self.papers and hashlib.sha256(self.papers[sha]).hexdigest() == sha

    def receipt_for(self, event: protocol.Event) -> SignedReceipt:
        """The receipt of an event: the same one for ever within an epoch."""
        if event.id not in self.receipts:
            self.receipts[event.id] = self.sign(event, len(self.receipts) + 1)
        return self.receipts[event.id]

    def sign(self, event: protocol.Event, number: int, **lies: Any) -> SignedReceipt:
        """A signed receipt, true unless told otherwise."""
        receipt = Receipt(
            epoch=self.epoch, number=number, event=event.id, dossier=event.dossier,
            revision=event.revision, digest=event.digest, received_at="2026-11-21T09:15:00+07:00",
        )  # fmt: skip
        receipt = replace(receipt, **lies)
        return SignedReceipt(**vars(receipt), signature=sign_receipt(receipt, self.signing_key))

    def restore(self, epoch: str, keep: int = 0) -> None:
        """Yesterday's backup is played back: only the first ``keep`` events survive."""
        kept = self.arrivals[:keep]
        self.epoch, self.safe = epoch, 0
        self.events = {event: self.events[event] for event in kept}
        self.arrivals, self.receipts, self.papers, self.lengths, self.stored = kept, {}, {}, {}, {}

    def _tus(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        if method == "POST":
            return self._create(headers, body)
        sha = path.rpartition("/")[2]
        if sha not in self.papers:
            return problem(404, "paper.unknown")
        if method == "PATCH":
            return self._append(sha, int(headers["upload-offset"]), body)
        return Answer(200, headers=self._state(sha))

    def _create(self, headers: dict[str, str], body: bytes) -> Answer:
        sha = base64.b64decode(headers["upload-metadata"].split()[1]).decode()
        place = {"location": f"{protocol.PAPERS_PATH}/{sha}"}
        untouched = not self.papers.setdefault(sha, bytearray())
        self.lengths[sha] = int(headers["upload-length"])
        if not (body and untouched):
            return Answer(201, headers=place)
        taken = self._append(sha, 0, body)
        return Answer(201, headers={**place, **taken.headers}) if taken.status == 204 else taken

    def _append(self, sha: str, offset: int, body: bytes) -> Answer:
        if offset != len(self.papers[sha]):
            return problem(409, "paper.offset")
        self.papers[sha] += body
        self.paper_bytes += len(body)
        if len(self.papers[sha]) == self.lengths[sha] and not self.has(sha):
            del self.papers[sha]
            return problem(460, "paper.digest")
        return Answer(204, headers=self._state(sha))

    def _state(self, sha: str) -> dict[str, str]:
        return {"upload-offset": str(len(self.papers[sha])), "upload-length": str(self.lengths[sha])}


def _handler(hub: FakeHub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        timeout = 30

        def _serve(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            length = int(headers.get("content-length", "0"))
            body = self.rfile.read(length)
            if len(body) < length:
                self.close_connection = True
                self._keep_what_came(headers, body)
                return
            answer = hub.answer(self.command, self.path, headers, body)
            self.send_response_only(answer.status)
            for name, value in {"content-length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        def _keep_what_came(self, headers: dict[str, str], body: bytes) -> None:
            """tus: the bytes of a request that was cut off are kept."""
            if self.command == "PATCH":
                hub.answer(self.command, self.path, headers, body)

        do_GET = do_POST = do_PATCH = do_HEAD = do_DELETE = _serve  # noqa: N815 (names of the library)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Quiet."""

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A line that breaks is what these tests are about."""


@contextlib.contextmanager
def running(hub: FakeHub) -> Iterator[FakeHub]:
    """Serve a fake hub on a free port in a thread of its own."""
    server = _Server(("127.0.0.1", 0), _handler(hub))
    server.socket = hub.trust.context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    hub.url = f"https://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="fake hub")
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
