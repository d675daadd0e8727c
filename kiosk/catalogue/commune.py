"""What the commune that runs the point decides: its name, hours, contact, hamlets, local fees."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.catalogue.local_rules import LocalRule, read_local_rules
from kiosk.catalogue.tables import Table, load_table


@dataclass(frozen=True)
class CommuneSettings:
    """Settings of one commune; ``None`` means that the commune has not said (shown as "hỏi xã")."""

    name: str
    """As on its seal: ``UBND phường Hải Vân``."""
    kind: str
    """``xã``, ``phường`` or ``đặc khu``."""
    province: str
    ward: str
    """Codes of the lists ``tinh`` and ``xa``."""
    trial: bool
    """Synthetic settings for trying: everything printed says so."""
    address: str | None
    hours: str | None
    hotline: str | None
    suggestion_box: str | None
    """Where complaints and suggestions go."""
    data_controller: str | None
    data_contact: str | None
    hamlets: tuple[str, ...]
    former_hamlets: Mapping[str, str]
    """Name of before → the hamlet of today."""
    draft_days: int
    """Days after which an untouched draft is erased; 0 to 7."""
    log_days: int
    notices: tuple[str, ...]
    local_fees: tuple[LocalRule, ...]
    local_time_limits: tuple[LocalRule, ...]

    def missing(self) -> tuple[str, ...]:
        """The settings that the commune has not given; the points print "hỏi xã" in their place."""
        wanted = {
            "address": self.address,
            "hours": self.hours,
            "hotline": self.hotline,
            "suggestion_box": self.suggestion_box,
            "data_controller": self.data_controller,
            "data_contact": self.data_contact,
            "hamlets": self.hamlets,
            "local_fees": self.local_fees,
        }
        return tuple(name for name, value in wanted.items() if not value)

    def former_names(self, hamlet: str) -> tuple[str, ...]:
        """The names that a hamlet had before; none for most."""
        return tuple(old for old, now in self.former_hamlets.items() if now == hamlet)


def load_commune(path: Path) -> CommuneSettings:
    """Read ``commune.toml``; ``BadContentError`` with file and line."""
    table = load_table(path)
    settings = CommuneSettings(
        name=table.text("name"),
        kind=table.parsed("kind", _kind),
        province=table.parsed("province", lambda text: _code(text, 2)),
        ward=table.parsed("ward", lambda text: _code(text, 5)),
        trial=table.flag("trial") is True,
        address=table.text_or_none("address"),
        hours=table.text_or_none("hours"),
        hotline=table.text_or_none("hotline"),
        suggestion_box=table.text_or_none("suggestion_box"),
        data_controller=table.text_or_none("data_controller"),
        data_contact=table.text_or_none("data_contact"),
        hamlets=table.several("hamlets"),
        former_hamlets=_former(table),
        draft_days=_draft_days(table),
        log_days=table.number("log_days") or 30,
        notices=table.several("notices"),
        local_fees=read_local_rules(table, "local_fees", limits=False),
        local_time_limits=read_local_rules(table, "local_time_limits", limits=True),
    )
    table.close()
    return settings


def _former(table: Table) -> dict[str, str]:
    """``[[former_hamlets]]``: ``name`` of before, ``now`` one of ``hamlets``."""
    known, former = table.several("hamlets"), {}
    for each in table.tables("former_hamlets"):
        name, now = each.text("name"), each.text("now")
        each.close()
        if now not in known:
            raise each.refusal("now", f"{now} is none of the hamlets")
        if name in former or name in known:
            raise each.refusal("name", f"{name} stands here twice")
        former[name] = now
    return former


def _draft_days(table: Table) -> int:
    """Drafts are kept no longer than needed: at most 7 days (Luật 91/2025/QH15, minimal retention)."""
    days = table.number("draft_days")
    if days is None or days > 7:
        raise table.refusal("draft_days", "a number of days from 0 to 7")
    return days


def _kind(text: str) -> str:
    if text not in ("xã", "phường", "đặc khu"):
        raise ValueError("xã, phường or đặc khu")
    return text


def _code(text: str, length: int) -> str:
    if not re.fullmatch(rf"[0-9]{{{length}}}", text):
        raise ValueError(f"a code of {length} digits, as text")
    return text
