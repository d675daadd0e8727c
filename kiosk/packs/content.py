"""Everything a point shows and fills in, loaded once: catalogue, forms, texts, places, commune settings."""

import csv
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.calendar import WorkingCalendar, load_calendar
from kiosk.catalogue.catalogue import Catalogue, load_catalogue
from kiosk.catalogue.commune import CommuneSettings, load_commune
from kiosk.catalogue.consent_text import ConsentText, consent_text
from kiosk.catalogue.places import Places
from kiosk.catalogue.procedures import Procedure
from kiosk.catalogue.texts import Texts, load_texts
from kiosk.domain.errors import WorldError
from kiosk.packs.printing import check_prints, layouts_of

_COMPILED = re.compile(r"(?P<form>[a-z][a-z0-9_]*)-(?P<version>[0-9][0-9A-Za-z.]*)")
_ROOT = Path(__file__).resolve().parents[2]

FormKey = tuple[str, str]
"""Form id and version, such as ``("khai_sinh", "2026.11")``."""


@dataclass(frozen=True)
class Content:
    """One pack, as it is on a day."""

    day: date
    folder: Path
    """The assets: fonts, icons, lists, procedures."""
    catalogue: Catalogue
    texts: Texts
    places: Places
    commune: CommuneSettings
    calendar: WorkingCalendar
    consent: ConsentText
    forms: Mapping[FormKey, Mapping[str, Any]]
    """Compiled forms; older versions stay, because drafts and corrections keep theirs."""
    layouts: Mapping[str, Path]
    """The layouts that procedures print from, by ``Print.layout`` (``khai_sinh/to_khai``)."""
    dictionaries: Mapping[str, bytes]
    """zstd dictionaries by ``<form id>-<version>``."""
    offered: frozenset[FormKey]
    """The forms of this pack; others in ``forms`` were brought along for drafts that need them."""

    def newest_version(self, form_id: str) -> str:
        """The newest version that this pack offers of a form; ``KeyError`` if there is none."""
        versions = [version for each, version in self.offered if each == form_id]
        if not versions:
            raise KeyError(form_id)
        return max(versions, key=version_order)

    def form(self, form_id: str, version: str) -> Mapping[str, Any]:
        """A compiled form, to be given to ``kiosk.forms.load_form``; ``WorldError`` form.missing."""
        if (form_id, version) not in self.forms:
            raise WorldError("form.missing", form=form_id, version=version)
        return self.forms[form_id, version]

    def rows(self, list_name: str) -> Sequence[Mapping[str, str]]:
        """The rows of a list that forms refer to (``xa`` or ``xa.csv``); ``WorldError`` form.list_missing."""
        return list_rows(self.folder / "lists" / f"{list_name.removesuffix('.csv')}.csv")

    @property
    def fonts(self) -> Path:
        return self.folder / "fonts"


def load_content(
    assets: Path,
    compiled: Path,
    day: date,
    commune: Path | None = None,
    *,
    behind: Sequence[Path] = (),
    words: Path | None = None,
) -> Content:
    """Load a pack; without ``commune`` the settings are those of the trial point. ``BadContentError``.

    ``behind`` are compiled folders of other packs, the best first: forms and dictionaries that drafts may
    still need. ``words`` are the program's own texts, for sentences that an older pack does not know.
    """
    texts = load_texts(assets / "texts", behind=words)
    settings = load_commune(commune or assets / "parameters" / "trial_commune.toml")
    catalogue = load_catalogue(assets / "procedures", day)
    places = Places(assets / "lists")
    offered = _forms(compiled / "forms")
    for procedure in catalogue.procedures():
        _check_form(procedure, offered, assets, compiled)
    return Content(
        day=day,
        folder=assets,
        catalogue=catalogue,
        texts=texts,
        places=places,
        commune=settings,
        calendar=_calendar(assets / "parameters" / "working_days.toml"),
        consent=consent_text(texts, settings),
        forms={key: form for each in reversed(behind) for key, form in _forms(each / "forms").items()}
        | offered,
        layouts=layouts_of(assets / "procedures", catalogue.procedures()),
        dictionaries=_dictionaries([*reversed(behind), compiled]),
        offered=frozenset(offered),
    )


@cache
def list_rows(path: Path) -> Sequence[Mapping[str, str]]:
    """A list of ``assets/lists`` as rows by column; read once, because 3,321 communes are asked often."""
    if not path.is_file():
        raise WorldError("form.list_missing", list=path.stem)
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def assets_folder() -> Path:
    """The assets of this installation: beside the source, or inside the frozen program."""
    return _installed("assets", _ROOT / "assets")


def compiled_folder() -> Path:
    """What ``hamlet-forms build`` made: ``build/pack``, beside the source or inside the program."""
    return _installed("build/pack", _ROOT / "build" / "pack")


def version_order(version: str) -> tuple[int, ...]:
    """The numbers of a version, so that 2026.9 comes before 2026.11."""
    return tuple(int(number) for number in re.findall(r"[0-9]+", version))


def _calendar(path: Path) -> WorkingCalendar:
    """The announced calendar; a pack from before there was one goes by the rules of the law."""
    return load_calendar(path) if path.is_file() else WorkingCalendar({})


def _installed(name: str, source: Path) -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) / name if frozen else source


def _check_form(
    procedure: Procedure, offered: Mapping[FormKey, Mapping[str, Any]], assets: Path, compiled: Path
) -> None:
    """Every procedure has a form, and prints only what that form asks; ``BadContentError``."""
    versions = [version for form_id, version in offered if form_id == procedure.form_id]
    if not versions:
        raise BadContentError(compiled / "forms", 0, f"no compiled form {procedure.form_id}")
    newest = offered[procedure.form_id, max(versions, key=version_order)]
    check_prints(assets / "procedures", procedure, newest)


def _forms(folder: Path) -> dict[FormKey, Mapping[str, Any]]:
    forms: dict[FormKey, Mapping[str, Any]] = {}
    for path in sorted(folder.glob("*.json")):
        name = _COMPILED.fullmatch(path.stem)
        try:
            form = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise BadContentError(path, getattr(error, "lineno", 0), "not a compiled form") from error
        if name is None or not isinstance(form, dict):
            raise BadContentError(path, 1, "not a compiled form")
        forms[name["form"], name["version"]] = form
    return forms


def _dictionaries(folders: Sequence[Path]) -> dict[str, bytes]:
    """Dictionaries by name; those of a later folder count."""
    paths = [path for folder in folders for path in (folder / "dictionaries").glob("*.zdict")]
    return {path.stem: path.read_bytes() for path in paths}
