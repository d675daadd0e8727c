"""``hamlet-forms``: the clerk's command."""

import argparse
import sys
from pathlib import Path

from kiosk.author.build import build


def main() -> int:
    parser = argparse.ArgumentParser(prog="hamlet-forms")
    commands = parser.add_subparsers(dest="command", required=True)
    building = commands.add_parser("build")
    building.add_argument("--procedures", type=Path, default=Path("assets/procedures"))
    building.add_argument("--out", type=Path, default=Path("build/pack"))
    options = parser.parse_args()
    for name in build(options.procedures, options.out):
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
