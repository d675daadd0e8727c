"""``hamlet-kiosk tour``: arguments, a hub, the window, and what the exit status says."""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.domain.errors import WorldError
from ui.tour.course import Commune
from ui.tour.officer import Officer, OfficerError
from ui.tour.runner import StuckError
from ui.tour.visit import Visit, VisitError, load_visit

OK, OURS, WRONG, PROBLEMS, UNEXPECTED = range(5)
"""Exit status: done; a fault of ours; wrong file or arguments; problems; not what the visit expects."""


@dataclass(frozen=True)
class Far:
    """The far end of the line: the hub and the officer who works there."""

    access: Any
    commune: Commune
    stop: Any


def main(arguments: Sequence[str]) -> int:
    """Play one visit file; see ``make run`` and README."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    options = _parser().parse_args(arguments)
    try:
        visit = load_visit(options.visit)
        return _tour(options, visit)
    except (VisitError, OfficerError, WorldError) as error:
        sys.stderr.write(f"{error}\n")
        return WRONG
    except StuckError as error:
        sys.stderr.write(f"the tour is stuck: {error}\n")
        return OURS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hamlet-kiosk tour", description="Plays a visit on the real screens."
    )
    parser.add_argument("visit", type=Path, help="a visit file (examples/visit.schema.json)")
    parser.add_argument("--out", type=Path, required=True, help="folder for PDFs, pictures and summary.json")
    hub = parser.add_argument_group("a running trial hub instead of one of its own (all four together)")
    hub.add_argument("--hub", metavar="URL")
    hub.add_argument("--code", help="one-time enrolment code")
    hub.add_argument("--authority", type=Path, metavar="FILE", help="the hub's authority (PEM)")
    hub.add_argument("--officer", metavar="USER:PASSWORDFILE")
    return parser


def _tour(options: argparse.Namespace, visit: Visit) -> int:
    from ui.tour.session import play_visit

    workplace = Path(tempfile.mkdtemp(prefix="tour-"))
    far = None
    try:
        far = _given_hub(options) if options.hub else _own_hub(workplace / "hub")
        summary = play_visit(
            visit, options.visit.parent, options.out, workplace / "point", far.access, far.commune
        )
    finally:
        if far is not None:
            far.stop()
        shutil.rmtree(workplace, ignore_errors=True)
    status, sentence = judge(visit, summary)
    _report(summary, options.out, sentence)
    return status


def _given_hub(options: argparse.Namespace) -> Far:
    """A hub that runs already; refused unless it was made for trying."""
    from sync.client.transport import Transport
    from ui.local_hub import HubAccess

    if not (options.code and options.authority and options.officer):
        raise VisitError("--hub needs --code, --authority and --officer, too")
    user, _, password_file = options.officer.partition(":")
    try:
        authority = options.authority.read_text("ascii")
        password = Path(password_file).read_text("utf-8").strip()
    except OSError as error:
        raise VisitError(f"{error.filename}: {error.strerror}") from error
    transport = Transport(options.hub, authority)
    try:
        trial = transport.hello().trial
    finally:
        transport.close()
    if not trial:
        raise VisitError("this hub was not made by hamlet-hub init --trial; a tour must not touch it")
    access = HubAccess(options.hub, authority, lambda: options.code)
    officer = Commune(lambda: Officer(options.hub, options.authority, user, password))
    return Far(lambda: access, officer, lambda: None)


def _own_hub(home: Path) -> Far:
    from ui.local_hub import LocalHub

    hub = LocalHub(home)

    def log_in() -> Officer:
        password = (home / "officer-password.txt").read_text("utf-8").strip()
        return Officer(hub.access().url, home / "authority.pem", "canbo", password)

    return Far(hub.access, Commune(log_in), hub.stop)


def judge(visit: Visit, summary: dict[str, Any]) -> tuple[int, str]:
    """The exit status and why."""
    missed = _missed(visit, summary)
    if missed:
        return UNEXPECTED, "not as the visit expects: " + "; ".join(missed)
    if summary["problems"]:
        return PROBLEMS, f"{len(summary['problems'])} problems; nothing was handed over"
    return OK, "as expected"


def _missed(visit: Visit, summary: dict[str, Any]) -> list[str]:
    """Expectations that were not met."""
    expect, problems = visit.expect, summary["problems"]
    missed = [f"no problem at {name}" for name in expect.problems if name not in problems]
    missed += [f"{name} was shown" for name in expect.hidden if name in summary["seen"]]
    for name, value in expect.prefilled.items():
        found = summary["prefilled"].get(name, {}).get("value", "")
        if value not in (found, summary["prefilled"].get(name, {}).get("stored", "")):
            missed.append(f"{name} was prefilled with {found!r}, not {value!r}")
    return missed + [f"not printed: {text}" for text in expect.printed if text not in summary["printed"]]


def _report(summary: dict[str, Any], out: Path, sentence: str) -> None:
    """At most 15 lines about what happened."""
    receipt = summary["receipt"]
    proof = f"số {receipt['number']}, chữ ký đúng" if receipt["verified"] else "chưa có"
    lines = [
        f"Hồ sơ      {summary['dossier']} (lần {summary['revision']}), phiếu {summary.get('slip_code', '–')}",
        f"Trạng thái {summary['state']} – {summary.get('state_shown', '')}",
        f"Biên nhận của máy chủ xã: {proof}",
        f"Lời cán bộ: {summary['sentence'] or '–'}  Mã hồ sơ: {summary['portal_code'] or '–'}",
        f"Điền sẵn   {len(summary['prefilled'])} ô; vướng {len(summary['problems'])} chỗ",
        *(f"  - {name}: {text}" for name, text in list(summary["problems"].items())[:6]),
        f"Để lại     {len(summary['files'])} tệp trong {out}/ (summary.json kể hết)",
        f"Kết luận   {sentence}",
    ]
    print("\n".join(lines[:15]))
