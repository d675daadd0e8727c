"""The officer's set-up page: what the commune has told its points, and what is still missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kiosk.catalogue.local_rules import LocalRule
from kiosk.packs.content import Content


@dataclass(frozen=True)
class SettingsPage:
    """Settings as rows of words; sentences about what is missing."""

    given: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    rules: tuple[tuple[str, str, str], ...]
    """Procedure, what was decided, and by which decision from when until when."""


def settings_page(content: Content, day: date) -> SettingsPage:
    """What stands on the page on a day."""
    commune, say = content.commune, content.texts
    missing = [say(f"commune.missing.{name}") for name in commune.missing()]
    missing += [say("commune.no_calendar", year=year) for year in _years_without_calendar(content, day)]
    rules = (*commune.local_fees, *commune.local_time_limits)
    return SettingsPage(tuple(_given(content)), tuple(missing), tuple(_rule(content, each) for each in rules))


def _given(content: Content) -> Iterator[tuple[str, str]]:
    commune, say = content.commune, content.texts
    former = "; ".join(f"{old} → {now}" for old, now in commune.former_hamlets.items())
    rows = {
        "name": commune.name,
        "address": commune.address,
        "hours": commune.hours,
        "hotline": commune.hotline,
        "suggestion_box": commune.suggestion_box,
        "data_controller": commune.data_controller,
        "data_contact": commune.data_contact,
        "hamlets": "; ".join(commune.hamlets),
        "former_hamlets": former,
        "notices": " ".join(commune.notices),
    }
    for name, text in rows.items():
        if text:
            yield say(f"commune.setting.{name}"), text


def _rule(content: Content, rule: LocalRule) -> tuple[str, str, str]:
    say = content.texts
    names = [each.name for each in content.catalogue.procedures() if each.slug == rule.procedure]
    decision = say("commune.decision", decision=rule.decision, day=_day(rule.decided_on))
    if rule.effective_from:
        decision += say("commune.decision_from", day=_day(rule.effective_from))
    if rule.effective_to:
        decision += say("commune.decision_until", day=_day(rule.effective_to))
    return names[0] if names else rule.procedure, rule.text, decision


def _years_without_calendar(content: Content, day: date) -> list[int]:
    """This year, and from October on the next one, as long as nobody announced their days off."""
    years = [day.year, day.year + 1] if day.month >= 10 else [day.year]
    return [year for year in years if not content.calendar.is_official(date(year, 1, 1), date(year, 1, 1))]


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
