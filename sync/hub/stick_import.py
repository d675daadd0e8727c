"""Take in what points sent by memory stick: through the same door as a round, so that network and stick
together still give one dossier."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from kiosk.domain.errors import WorldError
from kiosk.envelope import keys
from kiosk.envelope.seal import digest_of
from sync import stick
from sync.hub.context import Hub
from sync.hub.home import write_durably
from sync.hub.journal import tell
from sync.hub.opening import Checked, check
from sync.hub.receive import Heard, converse
from sync.hub.store import hearing, points, results
from sync.hub.store.points import Point
from sync.hub.uploads import keep_whole
from sync.protocol import VERSION, Event, EventVerdict, News, RoundAnswer, RoundRequest, Verdict
from sync.stick import StickAnswer, StickManifest

_AT_ONCE = 50
"""Events of one transaction: rounds of other points get their turn in between."""
_ANSWER_NEWS_BYTES = 8 * 1024 * 1024
_ON_FOOT = "stick"
"""Stands where a round names its incarnation; no sequence is kept for it."""


@dataclass(frozen=True)
class Imported:
    """What became of one point's copy."""

    hamlet: str
    """Empty if nobody can tell whose it is."""
    export: str
    """Names the answer's file; empty if the manifest could not be read."""
    point: str = ""
    error: WorldError | None = None
    """Why nothing of it was taken."""
    fresh: int = 0
    """Events that were new, with all their papers."""
    known: int = 0
    """Events that the hub had already, with all their papers."""
    incomplete: int = 0
    """Events that are here and have no receipt: a paper is missing."""
    refused: Sequence[EventVerdict] = ()
    missing: int = 0
    """Papers that the hub still waits for."""
    damaged: int = 0
    """Files of the copy that are missing or not what the point signed."""
    answer: bytes = b""
    """The sealed answer for the point."""
    written: bool = False
    """Whether the answer lies on the stick."""


def import_folder(hub: Hub, folder: Path, *, write_back: bool = True) -> list[Imported]:
    """Take in every copy below ``folder`` and put the answers beside them.

    The same copy again changes nothing and gets its answer again. Raises WorldError ``stick.nothing`` where
    there is no whole copy (one that was interrupted has no manifest).
    """
    manifests = stick.find_files(folder, stick.MANIFEST)
    if not manifests:
        raise WorldError("stick.nothing")
    done = [_import_one(hub, path) for path in manifests]
    if not write_back:
        return done
    return [_write_back(hub, path, each) for path, each in zip(manifests, done, strict=True)]


def _import_one(hub: Hub, path: Path) -> Imported:
    try:
        manifest, point = _believed(hub, stick.read_file(path) or b"")
    except WorldError as error:
        tell("stick refused", code=error.code)
        return Imported("", "", error=error)
    broken = sum(not _keep_paper(hub, point, path.parent, sha256) for sha256 in manifest.papers)
    found = list(_events(path.parent, manifest))
    events = [event for event in found if event.body]
    answer = _answer(hub, point, manifest, events)
    body = StickAnswer(
        version=VERSION, export=manifest.export, point=point.id, epoch=manifest.epoch, answer=answer
    )
    sealed = stick.seal_answer(body, hub.keys.signing_key, point.sealing_key)
    done = _summary(point, manifest, answer, broken + len(found) - len(events), sealed)
    tell("stick", point=point.id, events=len(events), fresh=done.fresh, damaged=done.damaged)
    return done


def _believed(hub: Hub, data: bytes) -> tuple[StickManifest, Point]:
    """The manifest of a point of this commune, signed by that point.

    Raises WorldError ``stick.foreign``, ``stick.damaged``, ``stick.signature``, ``point.revoked``.
    """
    manifest, signature, signed = stick.open_manifest(data, hub.keys.identity)
    with hub.database.read() as connection:
        point = points.find(connection, hub.commune, manifest.point)
    if point is None:
        raise WorldError("stick.foreign")
    if not keys.verify(signed, signature, point.signing_key):
        raise WorldError("stick.signature")
    if point.revoked:
        raise WorldError("point.revoked")
    if not all(0 <= number < 2**31 for number in (manifest.receipt, manifest.cursor)):
        raise WorldError("stick.damaged")
    return manifest, point


def _keep_paper(hub: Hub, point: Point, folder: Path, sha256: str) -> bool:
    """Whether the hub holds a paper now."""
    if not stick.is_digest(sha256):
        return False
    return keep_whole(hub, point, sha256, lambda: stick.read_file(folder / f"{sha256}{stick.PAPER}"))


def _events(folder: Path, manifest: StickManifest) -> Iterator[Event]:
    """The events with their bodies; an empty body where the file is missing or is not what was signed."""
    for event in manifest.events:
        good = stick.is_digest(event.digest)
        body = stick.read_file(folder / f"{event.digest}{stick.ENVELOPE}") if good else None
        yield msgspec.structs.replace(event, body=body if body and digest_of(body) == event.digest else b"")


def _answer(hub: Hub, point: Point, manifest: StickManifest, events: Sequence[Event]) -> RoundAnswer:
    """One conversation in several transactions; at its end the news that fit."""
    checked = [check(event, point.signing_key, hub.keys, hub.library) for event in events]
    verdicts: list[EventVerdict] = []
    for start in range(0, max(len(checked), 1), _AT_ONCE):
        answer = _part(hub, point, manifest, checked[start : start + _AT_ONCE])
        verdicts += answer.verdicts
    news = list(answer.news)
    while answer.more and sum(len(item.body) for item in news) < _ANSWER_NEWS_BYTES:
        answer = _part(hub, point, msgspec.structs.replace(manifest, cursor=answer.cursor), ())
        news += answer.news
    return _whole(answer, verdicts, news)


def _part(hub: Hub, point: Point, manifest: StickManifest, checked: Sequence[Checked]) -> RoundAnswer:
    request = RoundRequest(
        version=VERSION,
        point=point.id,
        incarnation=_ON_FOOT,
        sequence=0,
        epoch=manifest.epoch,
        receipt=manifest.receipt,
        safe=0,
        cursor=manifest.cursor,
    )
    with hub.database.write() as connection:
        heard = Heard(point, request, "", checked)
        before = hearing.meet(connection, hub.commune, [heard.voice], hub.now())
        return converse(hub, connection, [heard], before)[0]


def _whole(answer: RoundAnswer, verdicts: list[EventVerdict], news: list[News]) -> RoundAnswer:
    told = {verdict.receipt.number for verdict in verdicts if verdict.receipt}
    receipts = [receipt for receipt in answer.receipts if receipt.number not in told]
    return msgspec.structs.replace(answer, verdicts=verdicts, receipts=receipts, news=news)


def _summary(
    point: Point, manifest: StickManifest, answer: RoundAnswer, damaged: int, sealed: bytes
) -> Imported:
    by_verdict = [verdict.verdict for verdict in answer.verdicts if not verdict.missing_papers]
    return Imported(
        hamlet=point.hamlet,
        export=manifest.export,
        point=point.id,
        fresh=by_verdict.count(Verdict.ACCEPTED),
        known=by_verdict.count(Verdict.ALREADY),
        refused=[one for one in answer.verdicts if one.verdict in (Verdict.REFUSED, Verdict.LATER)],
        incomplete=sum(bool(verdict.missing_papers) for verdict in answer.verdicts),
        missing=len({sha256 for verdict in answer.verdicts for sha256 in verdict.missing_papers}),
        damaged=damaged,
        answer=sealed,
    )


def _write_back(hub: Hub, manifest: Path, done: Imported) -> Imported:
    """Put the answer where the point looks for it; a stick that takes nothing is no failure of the import.

    Where links lie in the way nothing is written: they may lead off the stick.
    """
    if not done.answer:
        return done
    folder = _back_folder(manifest)
    try:
        if _has_links(folder):
            return done
        folder.mkdir(parents=True, exist_ok=True)
        _write_results(hub, done.point, folder)
        write_durably(folder / f"{done.export}{stick.ANSWER}", done.answer)
    except OSError:
        return done
    return replace(done, written=True)


def _has_links(folder: Path) -> bool:
    here = folder.iterdir() if folder.is_dir() else ()
    return any(path.is_symlink() for path in (folder.parent, folder, *here))


def _write_results(hub: Hub, point: str, folder: Path) -> None:
    """The copies of results that wait for the point, before the answer that may announce them."""
    with hub.database.read() as connection:
        waiting = {
            sha256: results.body(connection, point, sha256)
            for sha256 in results.digests_of(connection, point)
        }
    for sha256, body in waiting.items():
        if body is not None:
            write_durably(folder / f"{sha256}{stick.RESULT}", body)


def _back_folder(manifest: Path) -> Path:
    """``…/ve/<point>`` beside ``…/di/<point>``; in a folder of another shape, beside the manifest."""
    outward = manifest.parent.parent
    if outward.name != stick.TO_COMMUNE:
        return manifest.parent
    return outward.parent / stick.TO_POINT / manifest.parent.name
