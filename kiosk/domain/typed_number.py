"""Numbers as people write them: with spaces, dots, dashes, or with the country before them."""

import re

_APART = re.compile(r"[\s.\-()‐-–]+")
_TELEPHONE = re.compile(r"(?:\+84|0084)?0?([1-9][0-9]{8,9})")


def plain_number(text: str) -> str:
    """Figures without the spaces between them; a telephone number also without dots and dashes and with
    ``0`` for ``+84``. Anything else as it is, outer spaces cut.

    ``0905 123 456``, ``0905.123.456`` and ``+84 905 123 456`` give ``0905123456``.
    """
    bare = _APART.sub("", text)
    found = _TELEPHONE.fullmatch(bare)
    if found and bare[0] in "+0":
        return f"0{found[1]}"
    spaceless = "".join(text.split())
    return spaceless if spaceless.isascii() and spaceless.isdigit() else text.strip()
