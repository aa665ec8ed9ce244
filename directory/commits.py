"""Tells, without asking SQLite, that nobody has committed: by the header all its processes share.

In WAL mode a commit is seen by others from the moment when its writer has put a new header, twice,
into the shared `-shm` file (https://sqlite.org/walformat.html, 2.1). As long as those bytes are
what they were, nobody has committed. Asking SQLite takes forty times as long, and gives away the
turn of the interpreter.
"""

from __future__ import annotations

import mmap
import os
import threading

HEADER_BYTES = 96

# The files stay open until the process ends: when it closes any descriptor of a file, POSIX drops
# all locks that it holds on that file, and SQLite's are among them.
_open: dict[tuple[int, int], mmap.mmap] = {}
_turn = threading.Lock()


def shared_header(database: str) -> mmap.mmap | None:
    """The header of the database's WAL index, as it changes; None where there is none.

    To be read as `[:HEADER_BYTES]`. The caller keeps a connection to the database open that has
    read from it: as long as it does, nobody removes the file or makes it shorter.
    """
    path = f"{database}-shm"
    with _turn:
        try:
            seen = os.stat(path)  # noqa: PTH116 - as SQLite names it
            if seen.st_size < HEADER_BYTES:
                return None
            known = _open.get((seen.st_dev, seen.st_ino))
            return known or _mapped(path)
        except (OSError, ValueError):
            return None


def _mapped(path: str) -> mmap.mmap:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    seen = os.fstat(descriptor)
    header = mmap.mmap(descriptor, HEADER_BYTES, prot=mmap.PROT_READ)
    _open[seen.st_dev, seen.st_ino] = header
    return header
