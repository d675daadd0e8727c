"""Administrative units of today, and what an address can mean."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Province:
    """One of the 34 provinces and cities; ``code`` is that of the statistics office, two digits."""

    code: str
    name: str
    """With its kind: ``Thành phố Đà Nẵng``."""


@dataclass(frozen=True, slots=True)
class Ward:
    """A commune of today: xã, phường or đặc khu; ``code`` has five digits."""

    code: str
    name: str
    """With its kind: ``Phường Hải Vân``."""
    province: str


@dataclass(frozen=True)
class PlaceMatch:
    """What an address can mean today. Several candidates: an old ward was split, the person is asked."""

    candidates: tuple[Ward, ...]
    province: str
    """Code of today's province, or empty."""
    detail: str
    """What stands before the commune: house, street, hamlet."""
    certain: bool
    """One candidate, found under the names of one time."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name of a place, of today or of before 01/07/2025."""

    name: str
    """With kinds and all levels: ``Xã Hòa Nhơn, Huyện Hòa Vang, Thành phố Đà Nẵng``."""
    province: str
    """Code of today's province."""
    wards: tuple[Ward, ...]
    """Today's communes there; several if an old ward was split, none for a province."""
    former: bool = False
