"""Signed packs for tests: real content, keys that the test holds."""

import atexit
import functools
import shutil
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from kiosk.author.packing import pack
from kiosk.envelope.keys import public_key
from kiosk.packs import manifest as manifests
from kiosk.packs.choose import FOLDER, Pack, built_in
from kiosk.packs.content import assets_folder
from kiosk.packs.manifest import Manifest, PackFile, Signers
from kiosk.packs.trust import Trust, give_trust
from tests.support.content import compiled_forms

AUTHOR, SECOND, STRANGER = ("11" * 32, "22" * 32, "33" * 32)
TRUST = Trust(Signers((public_key(AUTHOR),)))
BOTH = Signers(tuple(sorted((public_key(AUTHOR), public_key(SECOND)))), 2)
BEGIN = date(2026, 11, 1)


@dataclass(frozen=True)
class Packs:
    """A place to make packs in, and a point that trusts the author."""

    folder: Path
    home: Path

    def key(self, secret: str = AUTHOR) -> Path:
        path = self.folder / f"key-{secret[:4]}"
        path.write_text(secret + "\n", encoding="ascii")
        return path

    def make(
        self,
        version: int,
        begin: date = BEGIN,
        end: date | None = None,
        *,
        name: str = "",
        keys: tuple[str, ...] = (AUTHOR,),
        signers: Signers | None = None,
        assets: Path | None = None,
        compiled: Path | None = None,
    ) -> Path:
        out = self.folder / (name or f"goi-{version}")
        key_files = [self.key(each) for each in keys]
        pack(
            assets or assets_folder(), compiled or compiled_forms(), out,
            version=version, valid_from=begin, valid_to=end, key_files=key_files, signers=signers,
        )  # fmt: skip
        return out

    def installed(self) -> list[str]:
        return sorted(path.name for path in (self.home / FOLDER).iterdir())


def packs_at(folder: Path, trust: Trust | None = TRUST) -> Packs:
    made = Packs(folder, folder / "home")
    made.home.mkdir()
    if trust is not None:
        give_trust(made.home / FOLDER, trust)
    return made


def own() -> Pack:
    """What came with the program."""
    return built_in(assets_folder(), compiled_forms())


@functools.cache
def template() -> Path:
    """A small pack, not installable as content, that checks quickly: two files."""
    folder = Path(mkdtemp(prefix="pack-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "assets" / "lists").mkdir(parents=True)
    (folder / "assets" / "lists" / "mau.csv").write_text("name,label\ndo,Đỏ\nxanh,Xanh\n", encoding="utf-8")
    (folder / "compiled").mkdir()
    (folder / "compiled" / "index.json").write_text('{"forms": []}', encoding="utf-8")
    return folder


def small_pack(out: Path, keys: tuple[str, ...] = (AUTHOR,), **changes: object) -> Path:
    """The small pack as a folder, its manifest changed and then signed."""
    shutil.copytree(template(), out)
    listed = tuple(listed_file(out, path) for path in ("assets/lists/mau.csv", "compiled/index.json"))
    manifest = replace(Manifest(2, BEGIN, None, TRUST.signers, listed), **changes)  # type: ignore[arg-type]
    (out / manifests.NAME).write_bytes(manifests.sign(manifest, keys).to_bytes())
    return out


def listed_file(folder: Path, path: str) -> PackFile:
    content = (folder / path).read_bytes()
    return PackFile(path, len(content), sha256(content).hexdigest())
