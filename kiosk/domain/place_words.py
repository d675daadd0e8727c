"""Names of provinces and communes as sentences write them."""

import re

_KIND = re.compile(r"(?:Xã|Phường|Đặc khu|Thị trấn|Tỉnh|Thành phố)(?= )")


def in_sentence(place: str) -> str:
    """``Xã Hòa Vang`` → ``xã Hòa Vang``."""
    return _KIND.sub(lambda match: match.group().lower(), place, count=1).strip()


def without_kind(place: str) -> str:
    """``Thành phố Đà Nẵng`` → ``Đà Nẵng``, for a form that has the kind printed before the dots."""
    return _KIND.sub("", place, count=1).strip()
