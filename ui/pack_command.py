"""``hamlet-kiosk pack FILE``: a content pack reaches the point without the window.

A running window takes it at the next look at its home; no visit under way is disturbed.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk.catalogue.texts import Texts, load_texts
from kiosk.desk.renew_content import renew_content
from kiosk.domain.errors import WorldError
from kiosk.packs.choose import FOLDER
from kiosk.packs.manifest import Manifest
from kiosk.packs.trust import give_trust, read_trust


def main(words: Sequence[str], home: Path, assets: Path, compiled: Path) -> int:
    """Exit status 0; 1 if the pack was refused, with the reason. ``home`` is the usual one."""
    texts = load_texts(assets / "texts")
    parser = argparse.ArgumentParser(prog="hamlet-kiosk pack", description=texts("pack.help"))
    parser.add_argument("file", type=Path, help=texts("pack.file"))
    parser.add_argument("--trust", type=Path, help=texts("pack.trust_file"))
    parser.add_argument("--home", type=Path, default=home)
    options = parser.parse_args(words)
    point = options.home / "point"
    try:
        if options.trust:
            give_trust(point / FOLDER, read_trust(options.trust))
        made = renew_content(point, options.file, assets, compiled)
    except WorldError as error:
        sys.stderr.write(texts(f"error.{error.code}", **error.params) + "\n")
        return 1
    sys.stdout.write(taken(texts, made) + "\n")
    return 0


def taken(texts: Texts, made: Manifest) -> str:
    """What is said of a pack that was accepted."""
    return texts("pack.taken", version=made.version, begin=f"{made.valid_from:%d/%m/%Y}")
