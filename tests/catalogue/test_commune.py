"""The commune's settings."""

from pathlib import Path

import pytest

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.commune import CommuneSettings, load_commune
from kiosk.catalogue.places import Places

ASSETS = Path(__file__).parents[2] / "assets"
GOOD = 'name = "UBND xã Thử"\nkind = "xã"\nprovince = "48"\nward = "20308"\ndraft_days = 0\n'


def load(folder: Path, text: str) -> CommuneSettings:
    path = folder / "commune.toml"
    path.write_text(text, encoding="utf-8")
    return load_commune(path)


def test_what_the_commune_has_not_said_is_none(tmp_path: Path) -> None:
    settings = load(tmp_path, GOOD)
    assert (settings.hotline, settings.hours, settings.address, settings.data_controller) == (None,) * 4
    assert (settings.hamlets, settings.notices, settings.local_fees) == ((), (), {})
    assert (settings.draft_days, settings.log_days, settings.trial) == (0, 30, False)


def test_local_fees_by_procedure(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD + '[local_fees]\nkhai_sinh = "0đ"').local_fees == {"khai_sinh": "0đ"}


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
