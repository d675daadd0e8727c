"""Files that answer a question (ODK image, audio, video, file): kept beside the papers, named by the answer.

The answer is the file's name, ``<first 12 digits of the SHA-256 of what is kept>.<ending>``: whoever gets the
dossier finds the file by its digest, and a row of a repeat that moves takes its file along.
"""

import hashlib
from collections.abc import Iterable, Sequence

from kiosk.desk.attach_papers import keep
from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.domain.errors import WorldError
from kiosk.domain.filled_form import FilledForm
from kiosk.domain.ids import new_id
from kiosk.domain.paper import Paper
from kiosk.storage import drafts, papers

KIND = "tep_tra_loi"
"""Kind of a paper that answers a question of the form."""
_DIGITS = 12
_LARGEST = 20 * 1024 * 1024
_ENDINGS = {
    "application/pdf": "pdf", "image/jpeg": "jpg", "audio/mpeg": "mp3", "audio/wav": "wav",
    "audio/ogg": "ogg", "audio/amr": "amr", "audio/mp4": "m4a", "video/mp4": "mp4",
    "video/3gpp": "3gp", "video/webm": "webm", "application/zip": "zip",
}  # fmt: skip
_BEGINNINGS = (
    (b"ID3", 0, "audio/mpeg"), (b"\xff\xfb", 0, "audio/mpeg"), (b"\xff\xf3", 0, "audio/mpeg"),
    (b"WAVE", 8, "audio/wav"), (b"OggS", 0, "audio/ogg"), (b"#!AMR", 0, "audio/amr"),
    (b"ftypM4A", 4, "audio/mp4"), (b"ftyp3g", 4, "video/3gpp"), (b"ftyp", 4, "video/mp4"),
    (b"\x1aE\xdf\xa3", 0, "video/webm"), (b"PK\x03\x04", 0, "application/zip"),
)  # fmt: skip
"""By which bytes, and where, a kind of file is known; telephones record all of these."""
_EITHER = ("video/3gpp", "video/mp4", "audio/ogg")
"""Containers that hold sound alone as often as pictures with sound."""


def attach_file(desk: Desk, dossier: str, accepts: str, files: Sequence[bytes]) -> str:
    """Keep what the scanner or telephone gave as the answer of a question; returns that answer.

    ``accepts`` is the question's media type, such as ``image/*``. Pictures are shrunk like papers. Raises
    ``WorldError`` paper.*, file.one (several recordings), file.kind (not what is asked), draft.closed.
    """
    media_type, body, pages = _kept(accepts, files)
    digest = hashlib.sha256(body).hexdigest()
    with desk.database.write() as connection:
        row = drafts.load(connection, dossier)
        if row is None or row.draft is None:
            raise WorldError("draft.closed")
        there = papers.of_dossier(connection, dossier)
        if all(paper.kind != KIND or paper.sha256 != digest for paper in there):
            keep(connection, dossier, Paper(new_id(), KIND, media_type, pages, len(body), digest), body)
    return f"{digest[:_DIGITS]}.{_ENDINGS[media_type]}"


def drop_unnamed(desk: Desk, filling: Filling) -> None:
    """Take away the files that no answer names any more: replaced, removed, or of a row that went."""
    named = set(filling.session.values().values())
    with desk.database.write() as connection:
        for paper in papers.of_dossier(connection, filling.dossier):
            if paper.kind == KIND and name_of(paper) not in named:
                papers.remove(connection, paper.id)


def goes_along(filling: Filling, paper: Paper) -> bool:
    """Whether a paper leaves the point: a file does only with its answer, and hidden answers stay."""
    return paper.kind != KIND or name_of(paper) in set(_values(filling.session.filled()))


def name_of(paper: Paper) -> str:
    """The answer that names this file."""
    return f"{paper.sha256[:_DIGITS]}.{_ENDINGS.get(paper.media_type, 'bin')}"


def _values(filled: FilledForm) -> Iterable[str]:
    for entry in filled:
        yield entry.value
        for row in entry.rows:
            yield from _values(row)


def _kept(accepts: str, files: Sequence[bytes]) -> tuple[str, bytes, int]:
    """Media type, bytes and pages; pictures and PDFs go the way of all papers."""
    from kiosk.desk.scans import to_paper

    first = files[0] if files else b""
    found = next((kind for mark, at, kind in _BEGINNINGS if first[at : at + len(mark)] == mark), "")
    family = accepts.partition("/")[0]
    if found and family in ("audio", "video", "application", ""):
        return _recording(found, family, files), first, 1
    if family in ("audio", "video"):
        raise WorldError("file.kind")
    scan = to_paper(files)
    return scan.media_type, scan.body, scan.pages


def _recording(found: str, family: str, files: Sequence[bytes]) -> str:
    if len(files) > 1:
        raise WorldError("file.one")
    if len(files[0]) > _LARGEST:
        raise WorldError("paper.too_big", limit_mb=_LARGEST // 2**20)
    if family in ("audio", "video") and not found.startswith(family) and found not in _EITHER:
        raise WorldError("file.kind")
    return found
