"""Putting a signed pack on a point: copied aside, checked, flushed, and switched on in one rename.

Whatever goes wrong on the way, a kill or a power cut included, the packs of before stay as they were.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from kiosk.catalogue.bad_content import BadContentError
from kiosk.domain.errors import WorldError
from kiosk.packs import trust
from kiosk.packs.choose import FOLDER, Pack, installed_versions, load_pack, pack_at
from kiosk.packs.content import Content
from kiosk.packs.files import flush_folders, switch, write_durably, write_new
from kiosk.packs.manifest import NAME, Manifest
from kiosk.packs.source import Source, open_source, read_manifest
from kiosk.packs.trust import Trust, read_trust
from kiosk.packs.verify import check_files, check_version, verify, vouched

_STAGING = "new-"
_DAMAGED = "damaged-"


def _accept(_content: Content) -> None:
    """What an installation asks of the content where the caller asks nothing more."""


def install(home: Path, path: Path, own: Pack, check: Callable[[Content], None] = _accept) -> Manifest:
    """Install a pack (folder or .zip) beside the others; from its first day on, ``choose`` takes it.

    ``own`` is the content that came with the program; ``check`` may refuse what could not be used by
    raising ``WorldError`` or ``ValueError``. Raises ``WorldError`` pack.no_trust, pack.trust, those of
    ``verify``, pack.content (signed, but cannot be loaded), pack.unreadable, disk.full.
    """
    packs = home / FOLDER
    trusted = read_trust(packs / trust.NAME)
    with open_source(path) as source:
        _clean(packs)
        manifest = vouched(source, trusted)
        check_version(manifest, max(own.version, _highest_sound(packs, trusted)))
        staging = packs / f"{_STAGING}{manifest.version}"
        try:
            _copy(source, manifest, staging)
            _try_out(staging, manifest, own, check)
            _put_in_place(packs, staging, manifest, trusted)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return manifest


def _copy(source: Source, manifest: Manifest, staging: Path) -> None:
    """Check and copy each file in one reading, so that nobody can change it in between."""
    check_files(manifest, source, lambda name, content: write_new(staging / name, content))
    write_new(staging / NAME, read_manifest(source))
    flush_folders(staging)


def _try_out(staging: Path, manifest: Manifest, own: Pack, check: Callable[[Content], None]) -> None:
    pack = pack_at(staging, manifest.valid_from, manifest.valid_to, manifest.version)
    try:
        check(load_pack(pack, manifest.valid_from, own, (own,)))
    except (BadContentError, ValueError, WorldError) as error:
        why = error.code if isinstance(error, WorldError) else str(error).removeprefix(str(staging))
        raise WorldError("pack.content", why=why) from error


def _put_in_place(packs: Path, staging: Path, manifest: Manifest, trusted: Trust) -> None:
    """The switch. The copied manifest is checked again: it is what will be believed from now on."""
    verify(staging, trusted)
    after = trusted.after(manifest)
    if after != trusted:
        write_durably(packs / trust.NAME, after.to_bytes())
    target = packs / str(manifest.version)
    if target.exists():
        switch(target, packs / f"{_DAMAGED}{manifest.version}")
    switch(staging, target)


def _highest_sound(packs: Path, trusted: Trust) -> int:
    """The version to exceed: the highest installed one, or the one before it if that is damaged, so that it
    can be installed again."""
    highest = max(installed_versions(packs), default=0)
    if not highest:
        return 0
    try:
        return verify(packs / str(highest), trusted).version
    except WorldError:
        return highest - 1


def _clean(packs: Path) -> None:
    """Throw away what earlier attempts left behind."""
    for path in packs.iterdir():
        if path.name.startswith((_STAGING, _DAMAGED)):
            shutil.rmtree(path, ignore_errors=True)
