"""What each part weighs: proportional set size (PSS) of its process and its children, in megabytes."""

import psutil

_MEGABYTE = 1024 * 1024


def megabytes(pid: int) -> float | None:
    """PSS on Linux; elsewhere the unique set size. None when the process is gone."""
    try:
        root = psutil.Process(pid)
        return sum(_of(process) for process in (root, *root.children(recursive=True))) / _MEGABYTE
    except psutil.Error:
        return None


def own_megabytes(pid: int) -> float | None:
    """The same without its children: for the supervisor, whose children are the parts."""
    try:
        return _of(psutil.Process(pid)) / _MEGABYTE
    except psutil.Error:
        return None


def _of(process: psutil.Process) -> int:
    try:
        full = process.memory_full_info()
    except psutil.Error:
        return 0
    return int(getattr(full, "pss", 0) or getattr(full, "uss", 0))
