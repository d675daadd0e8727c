"""From an address on an old paper to today's commune, by exact names only: never a guess."""

from collections.abc import Iterable, Mapping, Sequence

from kiosk.catalogue.address_words import (
    COMMUNE_KINDS,
    DISTRICT_KINDS,
    bare_name,
    best_named,
    name_keys,
    parts_of,
    split_kind,
)
from kiosk.catalogue.old_wards import OldWard, OldWards
from kiosk.catalogue.units import PlaceMatch, Province, Ward

_OTHER_NAMES = {"hcm": "79", "tphcm": "79", "hn": "01", "tthue": "46", "thuathienhue": "46"}
"""Names in use beside the official ones. Huế was the province Thừa Thiên Huế until 31/12/2024."""


class AddressMap:
    """Reads addresses of three levels (before 01/07/2025) and of two (today)."""

    def __init__(
        self,
        provinces: Iterable[Province],
        wards: Mapping[str, Ward],
        old: Iterable[OldWards],
    ) -> None:
        self._provinces = {bare_name(province.name): province.code for province in provinces}
        self._wards = wards
        self._today: dict[str, list[Ward]] = {}
        for ward in wards.values():
            self._today.setdefault(ward.province, []).append(ward)
        self._merged: dict[str, list[OldWards]] = {}
        for group in old:
            self._merged.setdefault(wards[group.first_code].province, []).append(group)

    def read(self, address: str) -> PlaceMatch:
        """The communes that an address can mean; no candidates where its names are unknown."""
        parts = parts_of(address)
        provinces = self._called(parts[-1]) if parts else []
        for province in provinces:
            for reading in (self._three_levels, self._two_levels, self._lost_district):
                if match := reading(parts, province):
                    return match
        only = provinces[0] if len(provinces) == 1 else ""
        return PlaceMatch((), only, ", ".join(parts[:-1] if provinces else parts), certain=False)

    def _three_levels(self, parts: Sequence[str], province: str) -> PlaceMatch | None:
        if len(parts) < 3:
            return None
        for sure, group in self._groups(parts[-1], province):
            if rows := group.in_district(parts[-3], parts[-2]):
                return self._match([], rows, province, parts[:-3], sure)
        return None

    def _two_levels(self, parts: Sequence[str], province: str) -> PlaceMatch | None:
        """Today's commune; or, its district left out, an old ward: two readings that differ both count.

        A bare name that a district bore too may follow a ward that nobody knows: never surely.
        """
        if len(parts) < 2:
            return None
        name, groups = parts[-2], [group for _, group in self._groups(parts[-1], province)]
        today = wards_called(name, self._today[province])
        old = [row for group in groups for row in group.anywhere(name)]
        if not today and not old:
            return None
        if len(parts) > 2 and split_kind(name)[0] not in COMMUNE_KINDS:
            if split_kind(parts[-3])[0] in COMMUNE_KINDS:
                return None
            sure = not any(group.has_district(name) for group in groups)
            return self._match(today, old, province, parts[:-2], sure)
        return self._match(today, old, province, parts[:-2], sure=True)

    def _lost_district(self, parts: Sequence[str], province: str) -> PlaceMatch | None:
        """An old ward under a district that was renamed or divided before 2025; never surely."""
        groups = self._groups(parts[-1], province)
        if len(parts) < 3 or any(group.has_district(parts[-2]) for _, group in groups):
            return None
        rows = [row for _, group in groups for row in group.anywhere(parts[-3])]
        return self._match([], rows, province, parts[:-3], sure=False) if rows else None

    def _match(
        self, today: list[Ward], old: list[OldWard], province: str, detail: Sequence[str], sure: bool
    ) -> PlaceMatch:
        codes = dict.fromkeys([*(ward.code for ward in today), *(code for row in old for code in row.codes)])
        wards = tuple(self._wards[code] for code in codes)
        certain = sure and len(wards) == 1 and not any(row.by_older_name for row in old)
        return PlaceMatch(wards, province, ", ".join(detail), certain)

    def _groups(self, name: str, province: str) -> list[tuple[bool, OldWards]]:
        """The old provinces that a province was made of: first, and surely, the one that bears the name."""
        merged = self._merged.get(province, [])
        named = [group for group in merged if bare_name(group.name) in name_keys(name)]
        named = named or [group for group in merged if self._provinces.get(bare_name(group.name)) == province]
        return [(True, group) for group in named] + [(False, group) for group in merged if group not in named]

    def _called(self, name: str) -> list[str]:
        """Codes of today's provinces that a name means; an old province means what it became."""
        keys = name_keys(name)
        codes = [_OTHER_NAMES[key] for key in keys if key in _OTHER_NAMES]
        for code, groups in self._merged.items():
            codes += [code for group in groups if bare_name(group.name) in keys]
        codes += [self._provinces[key] for key in keys if key in self._provinces]
        return list(dict.fromkeys(codes))


def wards_called(name: str, wards: Iterable[Ward]) -> list[Ward]:
    """The communes of that name; kind and accents decide where several share the letters."""
    if split_kind(name)[0] in DISTRICT_KINDS:
        return []
    by_name = {ward.name: ward for ward in wards}
    return [by_name[each] for each in best_named(name, by_name)]
