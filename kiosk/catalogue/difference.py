"""What is different between two catalogues: new and gone entries, other codes, fees, time limits, papers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.catalogue.catalogue import Found
from kiosk.catalogue.listings import Listing
from kiosk.catalogue.procedures import Procedure


@dataclass(frozen=True)
class Difference:
    """One difference; ``kind`` is the key of a sentence."""

    kind: str
    """``new``, ``gone``, ``form`` (can be filled in now), ``code``, ``name``, ``fee``, ``time_limit``,
    ``papers_more``, ``papers_less``."""
    code: str
    """Of the entry today; of a gone one, its last."""
    name: str
    before: str = ""
    """Empty where nothing was known."""
    after: str = ""


def differences(before: Iterable[Found], after: Iterable[Found]) -> tuple[Difference, ...]:
    """In the order of ``after``; what is gone comes last."""
    old = {each.code: each for each in before}
    found: list[Difference] = []
    gone = dict(old)
    for now in after:
        was = _predecessor(now, old)
        found += [Difference("new", now.code, now.plain_name)] if was is None else _changed(was, now)
        for code in (now.code, *_former(now), *([was.code] if was else ())):
            gone.pop(code, None)
    return (*found, *(Difference("gone", each.code, each.plain_name) for each in gone.values()))


def _predecessor(now: Found, old: Mapping[str, Found]) -> Found | None:
    """The same entry as it was: under its code, under one that it replaces, or under its folder's name."""
    for code in (now.code, *_former(now)):
        if code in old:
            return old[code]
    if isinstance(now, Procedure):
        same = (each for each in old.values() if isinstance(each, Procedure) and each.slug == now.slug)
        return next(same, None)
    return None


def _former(each: Found) -> tuple[str, ...]:
    return tuple(each.former_codes.split()) if isinstance(each, Listing) else each.former_codes


def _changed(was: Found, now: Found) -> list[Difference]:
    """What is said differently of one entry."""
    facts = [("code", was.code, now.code), ("name", was.name, now.name)]
    if isinstance(was, Listing) is isinstance(now, Listing):
        facts += [(kind, _fact(was, kind), _fact(now, kind)) for kind in ("fee", "time_limit")]
        less, more = _papers(was), _papers(now)
        facts.append(("papers_more", "", "; ".join(name for name in more if name not in less)))
        facts.append(("papers_less", "; ".join(name for name in less if name not in more), ""))
    elif isinstance(now, Procedure):
        facts.append(("form", "", now.code))
    return [
        Difference(kind, now.code, now.plain_name, before, after)
        for kind, before, after in facts
        if before != after
    ]


def _fact(each: Found, kind: str) -> str:
    if isinstance(each, Listing):
        return each.fee if kind == "fee" else each.time_limit
    return (each.fee if kind == "fee" else each.time_limit).text or ""


def _papers(each: Found) -> list[str]:
    if isinstance(each, Listing):
        return [each.papers] if each.papers else []
    return [paper.name for paper in each.papers]
