"""The commune's settings."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.commune import CommuneSettings, load_commune
from kiosk.catalogue.local_rules import next_rule, rule_on
from kiosk.catalogue.places import Places

LAST = date(2026, 12, 31)
ASSETS = Path(__file__).parents[2] / "assets"
GOOD = 'name = "UBND xã Thử"\nkind = "xã"\nprovince = "48"\nward = "20308"\ndraft_days = 0\n'


def load(folder: Path, text: str) -> CommuneSettings:
    path = folder / "commune.toml"
    path.write_text(text, encoding="utf-8")
    return load_commune(path)


def test_what_the_commune_has_not_said_is_none(tmp_path: Path) -> None:
    settings = load(tmp_path, GOOD)
    assert (settings.hotline, settings.hours, settings.address, settings.data_controller) == (None,) * 4
    assert (settings.hamlets, settings.notices, settings.local_fees) == ((), (), ())
    assert (settings.draft_days, settings.log_days, settings.trial) == (0, 30, False)


RULE = """
[[local_fees]]
procedure = "khai_sinh"
text = "0 đồng"
decision = "NQ 7/2026/NQ-HĐND"
decided_on = 2026-05-01
effective_from = 2026-06-01
effective_to = 2026-12-31
"""
LIMIT = RULE.replace("local_fees", "local_time_limits") + "working_days = 2\n"


def test_local_fees_hold_for_their_time_and_name_their_decision(tmp_path: Path) -> None:
    later = RULE.replace("0 đồng", "5.000 đồng").replace("2026-12-31", "2027-12-31")
    later = later.replace("2026-06-01", "2027-01-01")
    rules = load(tmp_path, GOOD + RULE + later).local_fees
    old, new = rule_on(rules, "khai_sinh", LAST), rule_on(rules, "khai_sinh", LAST + timedelta(days=1))
    assert old is not None
    assert new is not None
    assert (old.text, old.decision, old.decided_on) == ("0 đồng", "NQ 7/2026/NQ-HĐND", date(2026, 5, 1))
    assert new.text == "5.000 đồng"
    assert next_rule(rules, "khai_sinh", LAST) == new
    assert rule_on(rules, "khai_tu", LAST) is None
    assert rule_on(rules, "khai_sinh", date(2026, 5, 31)) is None


def test_a_shortened_time_limit_may_be_a_number(tmp_path: Path) -> None:
    (rule,) = load(tmp_path, GOOD + LIMIT).local_time_limits
    assert (rule.unit, rule.amount, rule.after_15h_next_day) == ("working_days", 2, False)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (RULE + RULE, 16),
        (RULE + "working_days = 2\n", 14),
        (RULE.replace('decision = "NQ 7/2026/NQ-HĐND"\n', ""), 7),
        (RULE.replace("decided_on = 2026-05-01\n", ""), 7),
        (RULE.replace("2026-12-31", "2026-05-31"), 13),
        (LIMIT + "days = 2\n", 15),
        ('[[former_hamlets]]\nname = "Thôn Cũ"\nnow = "Thôn Lạ"\n', 9),
        ('[[former_hamlets]]\nname = "Thôn Một"\nnow = "Thôn Một"\n', 8),
    ],
)
def test_a_rule_or_hamlet_that_does_not_fit_is_refused(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(BadContentError) as caught:
        load(tmp_path, GOOD + 'hamlets = ["Thôn Một"]' + ("\n" if text.startswith("[[f") else "") + text)
    assert caught.value.line == line


def test_hamlets_keep_the_names_of_before(tmp_path: Path) -> None:
    former = "".join(f'[[former_hamlets]]\nname = "Thôn {n}"\nnow = "Thôn Một"\n' for n in (5, 6))
    settings = load(tmp_path, GOOD + 'hamlets = ["Thôn Một", "Thôn Hai"]\n' + former)
    assert settings.former_names("Thôn Một") == ("Thôn 5", "Thôn 6")
    assert settings.former_names("Thôn Hai") == ()


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    everything = {
        "address", "hours", "hotline", "suggestion_box", "data_controller", "data_contact", "hamlets",
        "local_fees",
    }  # fmt: skip
    assert set(load(tmp_path, GOOD).missing()) == everything
    given = GOOD + 'hotline = "0236 000 000"\nhamlets = ["Thôn Một"]\n' + RULE
    assert set(load(tmp_path, given).missing()) == everything - {"hotline", "hamlets", "local_fees"}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('kind = "xã"', 'kind = "thị trấn"', 2),
        ('province = "48"', "province = 48", 3),
        ('province = "48"', 'province = "048"', 3),
        ('ward = "20308"', 'ward = "308"', 4),
        ("draft_days = 0", "draft_days = 8", 5),
        ("draft_days = 0\n", "", 1),
        ("draft_days = 0", "draft_days = 0\nhot_line = '1'", 6),
    ],
)
def test_mistakes_are_refused_with_their_line(tmp_path: Path, old: str, new: str, line: int) -> None:
    with pytest.raises(BadContentError) as caught:
        load(tmp_path, GOOD.replace(old, new))
    assert caught.value.line == line


def test_the_trial_settings_say_that_they_are_a_trial() -> None:
    settings = load_commune(ASSETS / "parameters" / "trial_commune.toml")
    assert settings.trial
    assert settings.hotline is None
    spoken = (
        settings.name,
        settings.address,
        settings.hours,
        settings.data_controller,
        settings.data_contact,
    )
    assert all(text is not None and ("thử" in text) for text in spoken)


def test_the_trial_commune_exists() -> None:
    settings = load_commune(ASSETS / "parameters" / "trial_commune.toml")
    ward = Places(ASSETS / "lists").ward(settings.ward)
    assert (ward.name, ward.province, settings.kind) == ("Phường Hải Vân", settings.province, "phường")
    assert "Thôn Phò Nam" in settings.hamlets
