"""Pictures that the program draws, kept under the name of what they show, and not for ever."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from directory.config import settings
from directory.files.whole import replacing

KEPT_MOST = 2_000
# So many go at once, so that the folder is not read for each new one.
DROPPED_AT_ONCE = 200


def drawn(key: str, draw: Callable[[], bytes]) -> bytes:
    """The picture of that key (hexadecimal digits), drawn if it is not kept.

    A folder that can't be written to costs time, not the picture.
    """
    path = _folder() / f"{key}.png"
    try:
        return path.read_bytes()
    except OSError:
        data = draw()
    try:
        _keep(path, data)
    except OSError:
        return data
    return data


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = list(path.parent.glob("*.png"))
    if len(kept) >= KEPT_MOST:
        for old in sorted(kept, key=_age)[:DROPPED_AT_ONCE]:
            old.unlink(missing_ok=True)
    with replacing(path) as file:
        file.write(data)


def _age(path: Path) -> float:
    # Another process may have dropped it meanwhile.
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _folder() -> Path:
    return settings().var_dir / "drawn"
