"""A guard against a fault of PySide 6.12 under Python 3.11: signals use up the object ``True``.

``Signal.emit`` and ``Signal.disconnect`` return ``True`` without counting the new reference to it. From
Python 3.12 on ``True`` is immortal and nothing happens; before, the interpreter aborts after some thousand
emissions ("bool_dealloc: deallocating True or False"), which is one long visit. Here ``True`` gets so many
references that no visit uses them up: what Python 3.12 does for every program.
"""

import ctypes
import sys

_MANY = 1 << 40
_IMMORTAL_SINCE = (3, 12)


def make_true_last() -> None:
    """Let no signal use up ``True``. The count of references is the first field of every object."""
    if sys.implementation.name == "cpython" and sys.version_info < _IMMORTAL_SINCE:
        for value in (True, False):
            count = ctypes.c_ssize_t.from_address(id(value))
            if count.value < _MANY:
                count.value += _MANY
