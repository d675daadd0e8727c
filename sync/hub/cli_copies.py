"""``hamlet-hub`` backup, verify and restore."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.catalogue.texts import Texts, load_texts
from kiosk.domain.clock import SystemClock
from kiosk.domain.errors import WorldError
from sync.hub.backup import KEEP, back_up
from sync.hub.cli_trouble import Parser
from sync.hub.examine import Report
from sync.hub.home import Home
from sync.hub.publish import lost
from sync.hub.restore import restore
from sync.hub.verify import verify

Run = Callable[[argparse.Namespace, Home], None]
Adder = Callable[[argparse.ArgumentParser, Run], argparse.ArgumentParser]


def add_commands(commands: "argparse._SubParsersAction[Parser]", add: Adder) -> None:
    """``add`` gives a command its ``--home`` and what it runs."""
    backup = add(commands.add_parser("backup", help="copy everything to another volume"), _backup)
    backup.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="on another volume")
    backup.add_argument("--keep", type=_count, default=KEEP, help="copies that stay (%(default)s)")
    check = add(commands.add_parser("verify", help="read a copy back; what is whole becomes SAFE"), _verify)
    check.add_argument("--from", dest="volume", type=Path, required=True, metavar="FOLDER")
    check.add_argument("--copy", default="", metavar="NAME", help="not the newest")
    back = add(commands.add_parser("restore", help="a hub from a copy, in a new epoch"), _restore)
    back.add_argument("--from", dest="volume", type=Path, required=True, metavar="FOLDER")
    back.add_argument("--copy", default="", metavar="NAME", help="not the newest")
    back.add_argument("--database", default="", metavar="URL", help="another than the copied hub had")
    back.add_argument("--over", action="store_true", help="in place of the hub that is here")
    back.add_argument("--incomplete", action="store_true", help="what is whole, of a copy that is damaged")
    back.add_argument("--older", action="store_true", help="although a newer copy was verified")


def _count(typed: str) -> int:
    """At least one copy stays."""
    if not typed.isdecimal() or int(typed) < 1:
        raise argparse.ArgumentTypeError("1 …")
    return int(typed)


def _texts(options: argparse.Namespace) -> Texts:
    return load_texts(options.assets / "texts")


def _backup(options: argparse.Namespace, home: Home) -> None:
    copy = back_up(home, options.to.resolve(), SystemClock(), options.keep)
    texts = _texts(options)
    print(texts("copies.made", name=copy.name))
    _tell_healed(texts, copy.healed)


def _verify(options: argparse.Namespace, home: Home) -> None:
    copy, report = verify(home, options.volume.resolve(), SystemClock(), options.copy)
    texts = _texts(options)
    _tell_healed(texts, report.own.healed)
    report.demand_whole(copy)
    if report.own.lost:
        raise WorldError("copy.own_papers", n=report.own.lost)
    counted = {"events": report.events, "papers": report.papers, "safe": report.safe}
    print(texts("copies.verified", name=copy.name, **counted))


def _tell_healed(texts: Texts, n: int) -> None:
    """For the system's journal, too: a disk that loses papers will lose more."""
    if n:
        print(texts("copies.healed", n=n))


def _restore(options: argparse.Namespace, home: Home) -> None:
    copy, report = restore(
        home,
        options.volume.resolve(),
        SystemClock(),
        name=options.copy,
        database=options.database,
        over=options.over,
        older=options.older,
        incomplete=options.incomplete,
    )
    texts = _texts(options)
    print(texts("copies.restored", name=copy.name))
    if version := lost(home):
        print(texts("copies.publish_again", version=version))
    print("".join(f"{line}\n" for line in _damage(texts, report)), end="")


def _damage(texts: Texts, report: Report) -> Iterator[str]:
    """Every dossier that did not come back whole, by its id: no name of a person is read for it."""
    for dossier, hamlet in sorted({(one.dossier, one.hamlet) for one in report.damage}):
        theirs = [one for one in report.damage if one.dossier == dossier]
        papers = sorted({sha256[:12] for one in theirs for sha256 in one.papers})
        yield texts("copies.damaged_dossier", dossier=dossier, hamlet=hamlet)
        if papers:
            yield texts("copies.damaged_papers", n=len(papers), names=", ".join(papers))
        if broken := sum(one.content for one in theirs):
            yield texts("copies.damaged_content", n=broken)
    if not report.is_whole:
        yield texts("copies.damaged_end", n=len(report.damage), papers=len(report.broken_papers))
