"""What a hub that serves for months asks of its system: memory back, and no process left behind."""

import ctypes
import signal
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Parameters of ``mallopt`` (malloc.h)."""
_DEATH_SIGNAL = 1
"""``PR_SET_PDEATHSIG`` of ``prctl`` (linux/prctl.h)."""
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


def end_with_parent() -> None:
    """Let the system kill this process with the one that started it: a hub whose first process was killed
    has given up its lock, so that nobody of it may go on. Does nothing outside Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
