"""Whether a pack is what its author signed: every refusal names its reason."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from kiosk.domain.errors import WorldError
from kiosk.envelope import keys
from kiosk.packs.manifest import NAME, Manifest, PackFile, SignedManifest, Signers, read
from kiosk.packs.paths import shown
from kiosk.packs.source import Source, open_source, read_manifest
from kiosk.packs.trust import Trust


def verify(path: Path, trust: Trust, above: int = 0) -> Manifest:
    """Check a pack (folder or .zip), signatures first; ``above`` is the version that it has to exceed.

    Raises ``WorldError`` pack.none, pack.zip, pack.no_manifest, pack.manifest, pack.newer, pack.path,
    pack.too_big, pack.signature, pack.threshold, pack.version, pack.missing, pack.extra, pack.length,
    pack.digest.
    """
    with open_source(path) as source:
        manifest = vouched(source, trust)
        check_version(manifest, above)
        check_files(manifest, source, lambda _path, _content: None)
    return manifest


def vouched(source: Source, trust: Trust) -> Manifest:
    """The manifest of a pack, once enough of the right people have signed it."""
    signed = read(read_manifest(source))
    check_signatures(signed, trust.signers_for(signed.manifest.version))
    if signed.manifest.signers != trust.signers_for(signed.manifest.version):
        check_signatures(signed, signed.manifest.signers)
    return signed.manifest


def check_signatures(signed: SignedManifest, signers: Signers) -> None:
    """``WorldError`` pack.signature if one of the signers' signatures is wrong, pack.threshold if they are
    too few. Signatures of strangers count for nothing."""
    message = signed.manifest.message()
    known = [(key, signature) for key, signature in signed.signatures if key in signers.keys]
    if not all(keys.verify(message, signature, key) for key, signature in known):
        raise WorldError("pack.signature")
    if len(known) < signers.threshold:
        raise WorldError("pack.threshold", found=len(known), needed=signers.threshold)


def check_version(manifest: Manifest, above: int) -> None:
    """Versions go upwards only; ``WorldError`` pack.version."""
    if manifest.version <= above:
        raise WorldError("pack.version", found=manifest.version, known=above)


def check_files(manifest: Manifest, source: Source, take: Callable[[str, bytes], None]) -> None:
    """Read each file once, check it, hand it on. Raises ``WorldError`` pack.missing, pack.extra, pack.length,
    pack.digest."""
    there = source.names() - {NAME}
    listed = {file.path for file in manifest.files}
    if missing := sorted(listed - there):
        raise WorldError("pack.missing", file=missing[0], n=len(missing))
    if extra := sorted(there - listed):
        raise WorldError("pack.extra", file=shown(extra[0]))
    for file in manifest.files:
        take(file.path, _checked(file, source))


def _checked(file: PackFile, source: Source) -> bytes:
    content = source.read(file.path, file.length)
    if len(content) != file.length:
        raise WorldError("pack.length", file=file.path)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise WorldError("pack.digest", file=file.path)
    return content
