"""What a visit took goes back to the system: without this the GNU allocator keeps most of it (Linux only)."""

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Parameters of ``mallopt`` (malloc.h)."""
_LARGE = 128 * 1024
"""Bytes. Larger pieces (pictures, PDFs) lie in pages of their own, which are given back at once."""


def give_memory_back() -> None:
    """One heap for all threads, large pieces apart; call it before there are threads."""
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        for parameter, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _LARGE)):
            mallopt(parameter, value)
