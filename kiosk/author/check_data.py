"""``hamlet-forms check`` of data that is no form: a commune's settings, amounts of money, working days."""

from collections.abc import Callable
from pathlib import Path

from kiosk.author.words import Words
from kiosk.catalogue.amounts import AMOUNT, Amounts, load_amounts
from kiosk.catalogue.bad_content import BadContentError, refuse
from kiosk.catalogue.calendar import load_calendar
from kiosk.catalogue.commune import CommuneSettings, load_commune
from kiosk.catalogue.places import Places
from kiosk.packs.content import assets_folder

_AMOUNTS = "amounts.toml"


def is_data(path: Path) -> bool:
    """Whether a file is one of those that are known here by their names."""
    return path.name in _READERS or path.name.endswith("commune.toml")


def is_sound(path: Path, words: Words) -> bool:
    """Check one file and print what was found; what a commune has not said yet is told, but is no mistake."""
    try:
        if path.name in _READERS:
            _READERS[path.name](path)
            told = []
        else:
            told = _commune(path, words)
    except BadContentError as error:
        print(error)
        return False
    for line in told:
        print(f"{path}: {line}")
    print(words.vietnamese("forms.cli.data_sound", file=path))
    return True


def known_amounts() -> Amounts:
    """The amounts that sentences may name."""
    return load_amounts(assets_folder() / "parameters" / _AMOUNTS)


def _commune(path: Path, words: Words) -> list[str]:
    settings = load_commune(path)
    assets = assets_folder()
    try:
        ward = Places(assets / "lists").ward(settings.ward)
    except KeyError as error:
        raise refuse(path, ("ward",), f"there is no commune {settings.ward}") from error
    if ward.province != settings.province:
        raise refuse(path, ("province",), f"{ward.name} lies in {ward.province}")
    _check_rules(path, settings, assets)
    return [words.vietnamese(f"commune.missing.{name}") for name in settings.missing()]


def _check_rules(path: Path, settings: CommuneSettings, assets: Path) -> None:
    """A decision must be about a procedure that there is, and name amounts that there are."""
    slugs = {each.parent.name for each in (assets / "procedures").glob("*/procedure.toml")}
    amounts = known_amounts().keys()
    tables = (("local_fees", settings.local_fees), ("local_time_limits", settings.local_time_limits))
    for table, rules in tables:
        for number, rule in enumerate(rules):
            if rule.procedure not in slugs:
                raise refuse(path, (table, number, "procedure"), f"there is no procedure {rule.procedure}")
            for key in AMOUNT.findall(rule.text):
                if key not in amounts:
                    raise refuse(path, (table, number, "text"), f"there is no amount {key}")


_READERS: dict[str, Callable[[Path], object]] = {_AMOUNTS: load_amounts, "working_days.toml": load_calendar}
