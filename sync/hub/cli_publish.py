"""``hamlet-hub publish``: hand a signed pack to the points."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.catalogue.texts import load_texts
from kiosk.domain.clock import SystemClock
from sync.hub.home import Home
from sync.hub.publish import publish


def add_commands(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    """The command under ``commands``; ``command`` gives it ``--home`` and what it runs."""
    parser = command(commands.add_parser("publish", help="offer a signed pack to all points"), _publish)
    parser.add_argument("pack", type=Path, help="the signed pack, .zip")
    parser.add_argument("--trust", type=Path, required=True, help="trust.json: whose packs are believed")


def _publish(options: argparse.Namespace, home: Home) -> None:
    home.settings()
    version = publish(home, options.pack, options.trust, SystemClock().now().date())
    texts = load_texts(options.assets / "texts")
    print(texts("command.published", version=version))
