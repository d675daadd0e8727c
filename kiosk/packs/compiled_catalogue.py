"""The catalogue as ``hamlet-forms build`` left it beside the forms: read in milliseconds, never out of date.

The file carries a mark of everything it was made from. Where the mark is another one (somebody changed a
file and did not build), it counts for nothing, and the files are read and checked one by one.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from kiosk.catalogue.catalogue import read_catalogue
from kiosk.catalogue.listings import FILE, Listing
from kiosk.catalogue.procedures import Procedure
from kiosk.packs.compiled_forms import Forms
from kiosk.packs.printing import check_form

NAME = "catalogue.msgpack"


@dataclass(frozen=True)
class CompiledCatalogue:
    """All procedures, in force or not, and the entries without a form; checked against their forms."""

    mark: str
    procedures: tuple[Procedure, ...]
    listings: tuple[Listing, ...]


def read_compiled(procedures: Path, compiled: Path) -> CompiledCatalogue | None:
    """What ``write_compiled`` made of exactly these files; ``None`` if there is nothing of the kind."""
    import msgspec  # after the first frame only

    path = compiled / NAME
    if not path.is_file():
        return None
    try:
        found = msgspec.msgpack.decode(path.read_bytes(), type=CompiledCatalogue)
    except msgspec.MsgspecError:  # made by another version of the program
        return None
    return found if found.mark == mark_of(procedures, compiled) else None


def write_compiled(procedures: Path, compiled: Path) -> None:
    """Keep the catalogue beside its forms. The forms must be there already.

    Raises ``BadContentError`` as ``read_catalogue``, and for what does not fit its form.
    """
    import msgspec

    mark = mark_of(procedures, compiled)
    found, listings = read_catalogue(procedures)
    forms = Forms.of(compiled / "forms")
    for procedure in found:
        check_form(procedures, procedure, forms)
    made = CompiledCatalogue(mark, tuple(found), tuple(listings))
    (compiled / NAME).write_bytes(msgspec.msgpack.encode(made))


def mark_of(procedures: Path, compiled: Path) -> str:
    """A mark of every file that the catalogue is made from or checked against, and of what we know of them.

    It tells changed files apart, not forged ones: packs are signed.
    """
    mark = zlib.crc32(
        ",".join(field.name for kind in (Procedure, Listing) for field in fields(kind)).encode()
    )
    for name, path in _sources(procedures, compiled):
        content = path.read_bytes()
        mark = zlib.crc32(f"{name}:{len(content)}".encode(), mark)
        mark = zlib.crc32(content, mark)
    return f"{mark:08x}"


def _sources(procedures: Path, compiled: Path) -> Iterator[tuple[str, Path]]:
    """The files with the names that they have in any pack."""
    for path in (*sorted(procedures.glob("*/procedure.toml")), *sorted(procedures.glob("*/*.md"))):
        yield f"{path.parent.name}/{path.name}", path
    for path in (
        procedures / "sources.toml",
        procedures / FILE,
        *sorted((compiled / "forms").glob("*.json")),
    ):
        if path.is_file():
            yield path.name, path
