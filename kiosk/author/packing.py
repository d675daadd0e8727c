"""Signed content packs, made without a line: a key once, then a pack for every change."""

import hashlib
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from kiosk.domain.errors import WorldError
from kiosk.envelope.keys import generate_signing_key, public_key
from kiosk.guides.load import guides_in
from kiosk.packs import manifest as manifests
from kiosk.packs import verify as verifying
from kiosk.packs.choose import built_in, load_pack
from kiosk.packs.files import flush_folders, switch, write_durably, write_new
from kiosk.packs.manifest import Manifest, PackFile, Signers
from kiosk.packs.trust import Trust, read_trust

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The same files make the same zip, whenever it is packed."""


def keygen(key_file: Path, trust_file: Path, others: Sequence[str] = (), threshold: int = 1) -> str:
    """Draw a signing key; the private half goes to ``key_file`` (0600), the trust in it to ``trust_file``.

    ``others`` are public keys that are trusted beside it; ``threshold`` of all have to sign. Returns the
    public key. Raises ``FileExistsError`` rather than overwrite a key or a trust, ``WorldError``
    pack.option_signers.
    """
    if trust_file.exists():
        raise FileExistsError(trust_file)
    key = generate_signing_key()
    signers = Signers(tuple(sorted((public_key(key), *others))), threshold)
    _check_signers(signers)
    handle = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key + "\n")
    write_durably(trust_file, Trust(signers).to_bytes())
    return public_key(key)


def pack(
    assets: Path,
    compiled: Path,
    out: Path,
    *,
    version: int,
    valid_from: date,
    key_files: Sequence[Path],
    valid_to: date | None = None,
    signers: Signers | None = None,
) -> Manifest:
    """Make a pack of a folder of assets and what was compiled from it: a folder, or one file for ``….zip``.

    ``signers`` may sign what comes after; without it, those who sign this one, all of them. The content is
    loaded first. Raises ``FileExistsError`` (``out`` is there), ``BadContentError``, ``ValueError`` (a key
    file), ``WorldError`` pack.option_version, pack.option_dates, pack.option_signers, pack.path,
    pack.too_big.
    """
    if out.exists():
        raise FileExistsError(out)
    _check_options(version, valid_from, valid_to, signers)
    own = built_in(assets, compiled)
    load_pack(own, valid_from, own)
    guides_in(assets / "guides", valid_from)
    keys = tuple(dict.fromkeys(read_key(path) for path in key_files))
    signing = Signers(tuple(sorted(map(public_key, keys))), len(keys))
    files = dict(_files("assets", assets)) | dict(_files("compiled", compiled))
    listed = tuple(_listed(path, source) for path, source in sorted(files.items()))
    made = manifests.sign(Manifest(version, valid_from, valid_to, signers or signing, listed), keys)
    verifying.check_signatures(manifests.read(made.to_bytes()), signing)
    (_write_zip if out.suffix == ".zip" else _write_folder)(out, files, made.to_bytes())
    return made.manifest


def _check_options(version: int, valid_from: date, valid_to: date | None, signers: Signers | None) -> None:
    if not 1 <= version <= manifests.HIGHEST_VERSION:
        raise WorldError("pack.option_version", found=version, most=manifests.HIGHEST_VERSION)
    if valid_to is not None and valid_to < valid_from:
        raise WorldError("pack.option_dates", begin=f"{valid_from:%d/%m/%Y}", until=f"{valid_to:%d/%m/%Y}")
    if signers is not None:
        _check_signers(signers)


def _check_signers(signers: Signers) -> None:
    try:
        manifests.signers_of(signers.plain())
    except ValueError as error:
        found = {"n": len(signers.keys), "threshold": signers.threshold}
        raise WorldError("pack.option_signers", **found) from error


def verify(path: Path, trust: Path, above: int = 0) -> Manifest:
    """Check a pack as a point would; ``WorldError`` as ``kiosk.packs.verify.verify`` and ``read_trust``."""
    return verifying.verify(path, read_trust(trust), above)


def read_key(path: Path) -> str:
    """The private key in a file of ``keygen``; ``ValueError`` for what is none."""
    key = path.read_text(encoding="ascii").strip()
    if len(bytes.fromhex(key)) != 32:
        raise ValueError("no signing key")
    return key


def _files(top: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a folder by their path in the pack; hidden ones (an editor's, a system's) stay out."""
    for source in sorted(folder.rglob("*")):
        parts = source.relative_to(folder).parts
        if source.is_file() and not any(part.startswith(".") or part == "__pycache__" for part in parts):
            yield "/".join((top, *parts)), source


def _listed(path: str, source: Path) -> PackFile:
    content = source.read_bytes()
    return PackFile(path, len(content), hashlib.sha256(content).hexdigest())


def _write_folder(out: Path, files: Mapping[str, Path], manifest: bytes) -> None:
    """The manifest comes last: a copy that was cut short has none."""
    part = out.with_name(out.name + ".part")
    for path, source in files.items():
        write_new(part / path, source.read_bytes())
    write_new(part / manifests.NAME, manifest)
    flush_folders(part)
    switch(part, out)


def _write_zip(out: Path, files: Mapping[str, Path], manifest: bytes) -> None:
    part = out.with_name(out.name + ".part")
    with part.open("xb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, source in files.items():
            archive.writestr(_entry(path), source.read_bytes())
        archive.writestr(_entry(manifests.NAME), manifest)
    switch(part, out)


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
