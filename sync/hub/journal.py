"""Structured logs: one JSON line for each thing that happened; ids and counts, never content or names."""

import json
import logging
import sys
import traceback
from pathlib import Path

_LOG = logging.getLogger("hamlet-hub")


def start_journal() -> None:
    """Write to standard error; every other logger of the process stays silent below warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    _LOG.handlers = [handler]
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False


def tell(what: str, **facts: str | int | float) -> None:
    """Log one event. Give ids, codes, counts and times only."""
    _LOG.info(json.dumps({"what": what, **facts}, ensure_ascii=False))


def tell_failure(what: str, error: Exception, **facts: str | int) -> None:
    """Log a mistake of ours: its type and where it happened, not its message, which could quote a person."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
    _LOG.error(json.dumps({"what": what, "error": type(error).__name__, "where": where, **facts}))
