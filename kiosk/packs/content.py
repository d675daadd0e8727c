"""Everything a point shows and fills in, loaded once: catalogue, forms, texts, places, commune settings."""

import csv
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from kiosk.catalogue.amounts import Amounts, load_amounts
from kiosk.catalogue.calendar import WorkingCalendar, load_calendar
from kiosk.catalogue.catalogue import Catalogue, catalogue_on, load_catalogue
from kiosk.catalogue.commune import CommuneSettings, load_commune
from kiosk.catalogue.consent_text import ConsentText, consent_text
from kiosk.catalogue.places import Places
from kiosk.catalogue.texts import Texts, load_texts
from kiosk.domain.errors import WorldError
from kiosk.packs.compiled_catalogue import read_compiled
from kiosk.packs.compiled_forms import FormKey as FormKey
from kiosk.packs.compiled_forms import Forms, newest_version
from kiosk.packs.compiled_forms import version_order as version_order
from kiosk.packs.printing import check_form, layouts_of

_ROOT = Path(__file__).resolve().parents[2]
_BETWEEN = "\x1f"
"""Between the cells of a packed row."""


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
    amounts: Amounts
    consent: ConsentText
    forms: Mapping[FormKey, Mapping[str, Any]]
    """Compiled forms; older versions stay, because drafts and corrections keep theirs."""
    layouts: Mapping[str, Path]
    """The layouts that procedures print from, by ``Print.layout`` (``khai_sinh/to_khai``)."""
    dictionaries: Mapping[str, bytes]
    """zstd dictionaries by ``<form id>-<version>``."""
    offered: frozenset[FormKey]
    """The forms of this pack; others in ``forms`` were brought along for drafts that need them."""
    previous: tuple[Path, Path] | None = None
    """Assets and compiled forms of the pack before this one, to tell what is new."""
    behind: tuple[tuple[Path, Path], ...] = ()
    """Assets and compiled forms of other packs, the best first, for drafts that keep an older form."""

    def newest_version(self, form_id: str) -> str:
        """The newest version that this pack offers of a form; ``KeyError`` if there is none."""
        return newest_version(self.offered, form_id)

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
    behind: Sequence[tuple[Path, Path]] = (),
    words: Path | None = None,
    previous: tuple[Path, Path] | None = None,
) -> Content:
    """Load a pack; without ``commune`` the settings are those of the trial point. ``BadContentError``.

    ``behind`` are assets and compiled folders of other packs, the best first: forms, dictionaries and layouts
    that drafts may still need. ``words`` are the program's own texts, for sentences that an older pack does
    not know.
    ``previous`` are assets and compiled forms of the pack before this one.
    """
    texts = load_texts(assets / "texts", behind=words)
    settings = load_commune(commune or assets / "parameters" / "trial_commune.toml")
    offered = Forms.of(compiled / "forms")
    catalogue = _catalogue(assets, compiled, day, offered)
    places = Places(assets / "lists")
    return Content(
        day=day,
        folder=assets,
        catalogue=catalogue,
        texts=texts,
        places=places,
        commune=settings,
        calendar=_calendar(assets / "parameters" / "working_days.toml"),
        amounts=_amounts(assets / "parameters" / "amounts.toml"),
        consent=consent_text(texts, settings),
        forms=Forms.of(*(each / "forms" for _, each in reversed(behind)), compiled / "forms"),
        layouts=layouts_of(assets / "procedures", catalogue.procedures()),
        dictionaries=_dictionaries([*(each for _, each in reversed(behind)), compiled]),
        offered=frozenset(offered),
        previous=previous,
        behind=tuple(behind),
    )


def catalogue_at(assets: Path, compiled: Path, day: date) -> Catalogue:
    """The catalogue of any pack on a day, without its forms; ``BadContentError``."""
    folder = assets / "procedures"
    if (ready := read_compiled(folder, compiled)) is not None:
        return catalogue_on(day, folder, ready.procedures, ready.listings)
    return load_catalogue(folder, day)


@cache
def list_rows(path: Path) -> Sequence[Mapping[str, str]]:
    """A list of ``assets/lists`` as rows by column; read once, because 3,321 communes are asked often."""
    if not path.is_file():
        raise WorldError("form.list_missing", list=path.stem)
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        return _Rows(tuple(next(lines, ())), (cells for cells in lines if cells))


class _Rows(Sequence[Mapping[str, str]]):
    """Rows that are taken apart when they are asked for: as dictionaries they would take twenty times the
    room."""

    def __init__(self, header: tuple[str, ...], lines: Iterable[Sequence[str]]) -> None:
        self._header = header
        packed = [_BETWEEN.join(cells).encode() for cells in lines]
        self._packed = b"".join(packed)
        self._ends = array("I", accumulate(map(len, packed), initial=0))

    def __getitem__(self, at: Any) -> Any:
        numbers = range(len(self))[at]
        return self._row(numbers) if isinstance(numbers, int) else [self._row(number) for number in numbers]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def _row(self, number: int) -> dict[str, str]:
        line = self._packed[self._ends[number] : self._ends[number + 1]].decode()
        return dict(zip(self._header, line.split(_BETWEEN), strict=False))


def assets_folder() -> Path:
    """The assets of this installation: beside the source, or inside the frozen program."""
    return _installed("assets", _ROOT / "assets")


def compiled_folder() -> Path:
    """What ``hamlet-forms build`` made: ``build/pack``, beside the source or inside the program."""
    return _installed("build/pack", _ROOT / "build" / "pack")


def _calendar(path: Path) -> WorkingCalendar:
    """The announced calendar; a pack from before there was one goes by the rules of the law."""
    return load_calendar(path) if path.is_file() else WorkingCalendar({})


def _amounts(path: Path) -> Amounts:
    """The amounts of money; a pack from before they were kept names none."""
    return load_amounts(path) if path.is_file() else Amounts(())


def _installed(name: str, source: Path) -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) / name if frozen else source


def _catalogue(assets: Path, compiled: Path, day: date, offered: Forms) -> Catalogue:
    """The catalogue of a day, as it was compiled; read and checked file by file where it was not."""
    folder = assets / "procedures"
    if (ready := read_compiled(folder, compiled)) is not None:
        return catalogue_on(day, folder, ready.procedures, ready.listings)
    offered.read_all()
    catalogue = load_catalogue(folder, day)
    for procedure in catalogue.procedures():
        check_form(folder, procedure, offered)
    return catalogue


def _dictionaries(folders: Sequence[Path]) -> dict[str, bytes]:
    """Dictionaries by name; those of a later folder count."""
    paths = [path for folder in folders for path in (folder / "dictionaries").glob("*.zdict")]
    return {path.stem: path.read_bytes() for path in paths}
