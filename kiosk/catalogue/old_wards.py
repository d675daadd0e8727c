"""The wards of one province as it was before 01/07/2025, found by the names on old papers."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kiosk.catalogue.address_words import (
    COMMUNE_KINDS,
    DISTRICT_KINDS,
    bare_name,
    best_named,
    name_keys,
    split_kind,
)
from kiosk.catalogue.bad_content import BadContentError


@dataclass(frozen=True)
class OldWard:
    """A ward that existed until 30/06/2025."""

    district: str
    name: str
    """With its kind; empty for the island districts, which had no wards."""
    older_names: tuple[str, ...]
    """Bare keys of still older names."""
    codes: tuple[str, ...]
    """Today's communes; several if the ward was split."""
    by_older_name: bool = False


class OldWards:
    """The lines of one old province; they are taken apart when the province is first asked for, and take a
    sixth of the room until then."""

    def __init__(self, province: str, lines: Sequence[str]) -> None:
        self.name = province
        self._packed = zlib.compress("\n".join(lines).encode(), level=1)
        self.first_code = lines[0].rpartition(",")[2]
        """A commune of today that lies in it."""

    def has_district(self, name: str) -> bool:
        """Whether a district of that name existed here on 30/06/2025."""
        return bool(best_named(name, {row.district for row in self._wards}))

    def all(self) -> list[OldWard]:
        """Every ward of the province, in the order of the list."""
        return self._wards

    def in_district(self, ward: str, district: str) -> list[OldWard]:
        """The wards of that name in the district of that name; none if either is unknown."""
        if split_kind(district)[0] in COMMUNE_KINDS:
            return []
        districts = set(best_named(district, {row.district for row in self._wards}))
        return _found(ward, [row for row in self._wards if row.district in districts])

    def anywhere(self, ward: str) -> list[OldWard]:
        """The wards of that name in the province, and an island district of that name."""
        islands = [row for row in self._wards if not row.name]
        named = best_named(ward, {row.district for row in islands})
        return _found(ward, self._wards) + [row for row in islands if row.district in named]

    @cached_property
    def _wards(self) -> list[OldWard]:
        codes: dict[tuple[str, str], list[str]] = {}
        older: dict[tuple[str, str], str] = {}
        for line in zlib.decompress(self._packed).decode().split("\n"):
            _, district, name, names, code = line.split(",")
            codes.setdefault((district, name), []).append(code)
            older[district, name] = names
        return [
            OldWard(district, name, tuple(older[district, name].split()), tuple(found))
            for (district, name), found in codes.items()
        ]


def load_old_wards(path: Path) -> list[OldWards]:
    """The provinces of ``xa_cu.csv``; ``BadContentError`` for a missing file or a row of the wrong width."""
    try:
        header, *lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise BadContentError(path, 0, "the list is missing") from error
    except ValueError as error:
        raise BadContentError(path, 1, "not a list in UTF-8 with a header") from error
    groups: dict[str, list[str]] = {}
    for number, line in enumerate(lines, 2):
        if line.count(",") != header.count(",") or '"' in line:
            raise BadContentError(path, number, "five plain cells are needed here")
        groups.setdefault(line.partition(",")[0], []).append(line)
    return [OldWards(name, group) for name, group in groups.items()]


def _found(name: str, wards: list[OldWard]) -> list[OldWard]:
    """Wards by their last name before the merger; failing that, by still older names."""
    if split_kind(name)[0] in DISTRICT_KINDS:
        return []
    keys = name_keys(name)
    exact = [row for row in wards if row.name and bare_name(row.name) in keys]
    if exact:
        chosen = best_named(name, {row.name for row in exact})
        return [row for row in exact if row.name in chosen]
    return [replace(row, by_older_name=True) for row in wards if keys.intersection(row.older_names)]
