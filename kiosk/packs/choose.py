"""Which pack a point uses on a day: of those that have begun and are not over, the newest.

Installed packs lie side by side in ``<home>/packs/<version>``; what came with the program is one more,
valid at any time. A pack that is damaged is passed over, and the next best is used.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kiosk.catalogue.bad_content import BadContentError
from kiosk.domain.errors import WorldError
from kiosk.packs import trust
from kiosk.packs.content import Content, load_content
from kiosk.packs.verify import verify

FOLDER = "packs"


@dataclass(frozen=True)
class Pack:
    """A pack that may be used: its two folders and when it is valid."""

    version: int
    assets: Path
    compiled: Path
    valid_from: date = date.min
    valid_to: date | None = None


@dataclass(frozen=True)
class Choice:
    """What a day's work is done with."""

    pack: Pack
    expired: bool
    """Nothing is valid on that day; this is what was valid last."""
    behind: tuple[Pack, ...]
    """What else has begun by that day, the best first: older forms of drafts, and what to fall back upon."""
    refused: tuple[tuple[int, WorldError], ...] = field(repr=False)
    """Installed packs that cannot be used, with the reason."""


def built_in(assets: Path, compiled: Path) -> Pack:
    """The content that came with the program; its version stands in ``parameters/pack.toml``, else 0."""
    path = assets / "parameters" / "pack.toml"
    version = tomllib.loads(path.read_text(encoding="utf-8"))["version"] if path.is_file() else 0
    return Pack(version, assets, compiled)


def choose(home: Path, day: date, own: Pack) -> Choice:
    """The pack for a filing day; ``own`` is what came with the program. Every file is checked again."""
    refused: list[tuple[int, WorldError]] = []
    packs = [pack for pack in (own, *_installed(home / FOLDER, refused)) if pack.valid_from <= day]
    packs.sort(key=lambda pack: (_is_over(pack, day), -pack.version))
    best = packs[0]
    newer_but_over = [pack for pack in packs if _is_over(pack, day) and pack.version > best.version]
    expired = best is own and bool(newer_but_over)
    if expired:
        best = newer_but_over[0]
    return Choice(best, expired, tuple(pack for pack in packs if pack is not best), tuple(refused))


def content_of(home: Path, day: date, assets: Path, compiled: Path, commune: Path | None = None) -> Content:
    """The content to work with on a day, at a point or a hub whose packs lie in ``home``; ``assets`` and
    ``compiled`` are those of the program, whose ``BadContentError`` is the only one raised."""
    own = built_in(assets, compiled)
    return load(choose(home, day, own), day, own, commune)[0]


def load(choice: Choice, day: date, own: Pack, commune: Path | None = None) -> tuple[Content, Choice]:
    """Load what was chosen; what cannot be loaded is passed over, and said so in the choice returned.

    Raises ``BadContentError`` only for the content that came with the program.
    """
    try:
        return load_pack(choice.pack, day, own, choice.behind, commune), choice
    except (BadContentError, WorldError) as error:
        if choice.pack is own or not choice.behind:
            raise
        refused = (*choice.refused, (choice.pack.version, WorldError("pack.content", why=str(error))))
        rest = Choice(choice.behind[0], False, choice.behind[1:], refused)
        return load(rest, day, own, commune)


def load_pack(
    pack: Pack, day: date, own: Pack, behind: tuple[Pack, ...] = (), commune: Path | None = None
) -> Content:
    """The content of one pack, with the older forms of others and the program's own sentences behind it."""
    folders = [(each.assets, each.compiled) for each in behind]
    older = max((each for each in behind if each.version < pack.version), key=_version, default=None)
    return load_content(
        pack.assets,
        pack.compiled,
        day,
        commune,
        behind=folders,
        words=own.assets / "texts",
        previous=(older.assets, older.compiled) if older else None,
    )


def installed_versions(packs: Path) -> list[int]:
    """The versions in the folder of packs, sound or not, ascending."""
    if not packs.is_dir():
        return []
    names = (path.name for path in packs.iterdir())
    return sorted(int(name) for name in names if name.isascii() and name.isdigit())


def pack_at(folder: Path, valid_from: date, valid_to: date | None, version: int) -> Pack:
    """A pack that lies unpacked in a folder."""
    return Pack(version, folder / "assets", folder / "compiled", valid_from, valid_to)


def _installed(packs: Path, refused: list[tuple[int, WorldError]]) -> Iterator[Pack]:
    for version in installed_versions(packs):
        folder = packs / str(version)
        try:
            manifest = verify(folder, trust.read_trust(packs / trust.NAME), version - 1)
            if manifest.version != version:
                raise WorldError("pack.version", found=manifest.version, known=version)
        except WorldError as error:
            refused.append((version, error))
            continue
        yield pack_at(folder, manifest.valid_from, manifest.valid_to, version)


def _version(pack: Pack) -> int:
    return pack.version


def _is_over(pack: Pack, day: date) -> bool:
    return pack.valid_to is not None and pack.valid_to < day
