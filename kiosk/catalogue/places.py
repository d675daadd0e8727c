"""The places of ``assets/lists``: today's provinces and communes, and the way from old names to them."""

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from kiosk.catalogue.address_words import bare_name
from kiosk.catalogue.addresses import AddressMap, wards_called
from kiosk.catalogue.bad_content import BadContentError
from kiosk.catalogue.old_wards import OldWards, load_old_wards
from kiosk.catalogue.search import Entry, SearchIndex
from kiosk.catalogue.units import PlaceMatch as PlaceMatch
from kiosk.catalogue.units import PlaceName as PlaceName
from kiosk.catalogue.units import Province as Province
from kiosk.catalogue.units import Ward as Ward


class Places:
    """Each list is read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def provinces(self) -> tuple[Province, ...]:
        """All 34, by code."""
        return tuple(self._provinces.values())

    def province(self, code: str) -> Province:
        """``KeyError`` for a code that no province has."""
        return self._provinces[code]

    def wards(self, province: str) -> tuple[Ward, ...]:
        """The communes of a province, by name; none for an unknown code."""
        return self._by_province.get(province, ())

    def ward(self, code: str) -> Ward:
        """``KeyError`` for a code that no commune has."""
        return self._wards[code]

    def find_ward(self, province: str, name: str) -> Ward | None:
        """The one commune of a province that a person calls so, or ``None``."""
        found = wards_called(name, self.wards(province))
        return found[0] if len(found) == 1 else None

    def id_provinces(self) -> frozenset[str]:
        """The three digits with which a số định danh can begin (63 provinces of before 2025)."""
        return frozenset(row["name"] for row in read_list(self._folder / "tinh_so_dinh_danh.csv"))

    def find(self, words: str, limit: int = 20) -> list[PlaceName]:
        """Places of today and of before 01/07/2025 that the words mean, the best first, today's before
        former ones; accents, case and slips of the finger aside. The first call takes longer."""
        return self._index.find(words, limit)

    def map_old(self, address: str) -> PlaceMatch:
        """Find today's commune of an address of three levels (old) or two (today's); never a guess."""
        return self._addresses.read(address)

    @cached_property
    def _provinces(self) -> dict[str, Province]:
        rows = read_list(self._folder / "tinh.csv")
        return {row["name"]: Province(row["name"], row["label"]) for row in rows}

    @cached_property
    def _wards(self) -> dict[str, Ward]:
        rows = read_list(self._folder / "xa.csv")
        return {row["name"]: Ward(row["name"], row["label"], sys.intern(row["tinh"])) for row in rows}

    @cached_property
    def _by_province(self) -> dict[str, tuple[Ward, ...]]:
        groups: dict[str, list[Ward]] = {}
        for ward in self._wards.values():
            groups.setdefault(ward.province, []).append(ward)
        return {code: tuple(sorted(wards, key=lambda w: bare_name(w.name))) for code, wards in groups.items()}

    @cached_property
    def _old(self) -> list[OldWards]:
        return load_old_wards(self._folder / "xa_cu.csv")

    @cached_property
    def _addresses(self) -> AddressMap:
        return AddressMap(self.provinces(), self._wards, self._old)

    @cached_property
    def _index(self) -> SearchIndex[PlaceName]:
        names = every_name(self._provinces, self._wards, self._old)
        return SearchIndex(Entry(place, (place.name,)) for place in names)


def every_name(
    provinces: Mapping[str, Province], wards: Mapping[str, Ward], old: Iterable[OldWards]
) -> Iterator[PlaceName]:
    """Every name that a place has, or had until 30/06/2025; by code."""
    for province in provinces.values():
        yield PlaceName(province.name, province.code, ())
    for ward in wards.values():
        yield PlaceName(f"{ward.name}, {provinces[ward.province].name}", ward.province, (ward,))
    for group in old:
        for row in group.all():
            today = tuple(wards[code] for code in row.codes)
            name = ", ".join(filter(None, (row.name, row.district, group.name)))
            yield PlaceName(name, today[0].province, today, former=True)


def read_list(path: Path) -> list[dict[str, str]]:
    """The rows of a list; ``BadContentError`` for a missing file or a row with too few or too many cells."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
    except FileNotFoundError as error:
        raise BadContentError(path, 0, "the list is missing") from error
    except ValueError as error:
        raise BadContentError(path, 1, "not a list in UTF-8 with a header") from error
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            raise BadContentError(path, number, "a row needs as many cells as the header")
    return [dict(zip(header, row, strict=True)) for row in rows]
