"""The files in which web processes count together, in a folder that `/metrics` adds up.

They are mapped into memory, and a mapped page for which the disk has no room kills whoever touches
it. So a process takes the room before; one that finds none counts for itself.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

import structlog

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# What prometheus_client maps at first; our few counters never need more.
FILE_BYTES = 1 << 16

log = structlog.get_logger()


def fresh_folder(var_dir: Path) -> dict[str, str]:
    """An empty folder as web processes are told of it; nothing where none can be made."""
    folder = var_dir / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
    except OSError as problem:
        log.warning("each process counts for itself", problem=str(problem))
        return {}
    return {FOLDER: str(folder)}


def take_room() -> None:
    """Take the room for this process's counts, before prometheus_client is imported."""
    if FOLDER not in os.environ:
        return
    path = Path(os.environ[FOLDER]) / f"counter_{os.getpid()}.db"
    try:
        with path.open("ab") as file:
            file.write(bytes(max(FILE_BYTES - file.tell(), 0)))
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        log.warning("this process counts for itself", problem=str(problem))
        with suppress(OSError):
            path.unlink()
        del os.environ[FOLDER]
