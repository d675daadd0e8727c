"""Papers laid out for the portal: named so that people find them, small enough, and wiped after the visit.

A browser can only send files, so for the time of a visit they lie readable in the point's own folder.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.catalogue.portal_rules import PortalRules, load_portal_rules
from kiosk.desk import attach_papers
from kiosk.desk.desk import Desk
from kiosk.desk.fill import Filling
from kiosk.domain.folding import fold
from kiosk.domain.paper import Paper
from kiosk.storage.durable import make_folder
from kiosk.storage.trouble import disk_error

_FOLDER = "nop-cong"
_ENDINGS = {"image/jpeg": "jpg", "application/pdf": "pdf"}


@dataclass(frozen=True)
class PortalFile:
    """One file ready to be sent by the citizen's browser."""

    label: str
    """The paper as the procedure calls it."""
    name: str
    size: int
    """Bytes."""
    fits: bool
    """Whether it is no bigger than it should be."""


def rules(desk: Desk) -> PortalRules:
    """What is known of the portal today."""
    return load_portal_rules(desk.content.folder / "parameters" / "portal.toml")


def folder_of(home: Path) -> Path:
    """Where the files of this visit lie."""
    return home / _FOLDER


def lay_out(desk: Desk, filling: Filling) -> tuple[PortalFile, ...]:
    """Write the attached papers as files, in the order of the procedure; earlier ones go first.

    Raises those ``WorldError`` of a disk in trouble.
    """
    wipe(desk.home)
    limits, there = rules(desk), list(_papers(desk, filling))
    if not there:
        return ()
    try:
        make_folder(folder_of(desk.home))
        return tuple(
            _write(desk, limits, number, label, paper) for number, (label, paper) in enumerate(there, start=1)
        )
    except OSError as error:
        raise disk_error(error) from error


def wipe(home: Path) -> None:
    """Delete the files; harmless where there are none."""
    shutil.rmtree(folder_of(home), ignore_errors=True)


def _papers(desk: Desk, filling: Filling) -> Iterator[tuple[str, Paper]]:
    for expected in attach_papers.expected(desk, filling):
        for paper in expected.attached:
            yield expected.name, paper


def _write(desk: Desk, limits: PortalRules, number: int, label: str, paper: Paper) -> PortalFile:
    from kiosk.desk.scans import smaller

    body = smaller(attach_papers.content_of(desk, paper.id), paper.media_type, limits.max_bytes)
    name = f"{number:02d}-{_plain(label, limits.name_letters)}.{_ENDINGS[paper.media_type]}"
    (folder_of(desk.home) / name).write_bytes(body)
    return PortalFile(label, name, len(body), len(body) <= limits.max_bytes)


def _plain(label: str, letters: int) -> str:
    """Letters without accents, figures and hyphens: every system and every portal takes such a name."""
    words = re.findall(r"[a-z0-9]+", fold(label))
    name = ""
    for word in words:
        if len(name) + len(word) + 1 > letters:
            break
        name = f"{name}-{word}" if name else word
    return name or "giay-to"
