"""Memory of a hub that serves for months: what a busy moment took goes back to the system."""

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Parameters of ``mallopt`` (malloc.h)."""
_LARGE = 128 * 1024
"""Bytes. Larger pieces (rounds, papers, pages) lie in pages of their own, which are given back at once."""


def give_memory_back() -> None:
    """One heap for all threads, large pieces apart, where the GNU allocator is; call it before there are
    threads. Without this every thread that ever answered keeps a heap of its own."""
    if sys.platform != "linux":
        return
    allocator = ctypes.CDLL(None)
    if hasattr(allocator, "mallopt"):
        for parameter, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _LARGE)):
            allocator.mallopt(parameter, value)
