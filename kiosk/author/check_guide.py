"""Everything that is wrong with a guide, as lines for whoever changes it."""

from pathlib import Path

from kiosk.author.findings import Finding
from kiosk.author.words import Words
from kiosk.catalogue.bad_content import BadContentError, line_of
from kiosk.guides.faults import faults
from kiosk.guides.load import read_guide
from kiosk.guides.model import Guide


def is_guide(path: Path) -> bool:
    """Whether a file is a guide by its name: ``guide.toml``, ``guide-2027.toml``."""
    return path.suffix == ".toml" and path.name.startswith("guide")


def is_sound(path: Path, words: Words) -> bool:
    """Check one guide and print what was found, each line with its place and how to mend it."""
    try:
        guide = read_guide(path)
    except BadContentError as error:
        finding = Finding("guide_unreadable", params={"why": error.reason})
        print(words.line(finding, f"{path}:{error.line}"))
        return False
    lines = _lines(guide, words)
    for line in lines:
        print(line)
    if not lines:
        count = {"nodes": len(guide.nodes), "exits": len(guide.exits)}
        print(words.vietnamese("forms.cli.guide_sound", file=path, **count))
    return not lines


def _lines(guide: Guide, words: Words) -> list[str]:
    found = []
    for fault in faults(guide):
        place = f"{guide.path}:{line_of(guide.path, fault.where)}"
        found.append(words.line(Finding(fault.code, params=fault.params), place))
    return found
