"""A QR code as drawn squares, so that it prints sharp on any printer."""

from itertools import groupby

import segno

from kiosk.documents.marks import Area

_QUIET = 2
"""Empty modules that we keep around the code; the slip leaves more white beside it."""


def qr_marks(text: str, left: float, top: float, side: float) -> list[Area]:
    """The black runs of a QR code in a square of ``side`` points whose upper left corner is given."""
    rows = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    module = side / (len(rows) + 2 * _QUIET)
    marks = []
    for number, row in enumerate(rows):
        column = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                x, y = left + (column + _QUIET) * module, top - (number + _QUIET + 1) * module
                marks.append(Area(x, y, length * module, module, grey=0.0))
            column += length
    return marks
