"""A guard against a fault of PySide 6.12 under Python 3.11: its methods use up ``None`` and ``True``.

PySide returns these objects without counting the new reference to them: every call of a method that returns
nothing takes one away from ``None``, every signal one from ``True``. From Python 3.12 on they are immortal
and nothing happens; before, the interpreter aborts ("none_dealloc: deallocating None") after some ten
thousand calls, which is a few visits. Here they get so many references that no point ever uses them up:
what Python 3.12 does for every program.
"""

import ctypes
import sys

_MANY = 1 << 40
_IMMORTAL_SINCE = (3, 12)
_CONSTANTS = (None, True, False, NotImplemented, Ellipsis)


def make_constants_last() -> None:
    """Let no call use up a constant. The count of references is the first field of every object."""
    if sys.implementation.name == "cpython" and sys.version_info < _IMMORTAL_SINCE:
        for value in _CONSTANTS:
            count = ctypes.c_ssize_t.from_address(id(value))
            if count.value < _MANY:
                count.value += _MANY
