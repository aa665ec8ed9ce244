"""A look at the index from outside: which state of it answers now."""

from __future__ import annotations

import time
from pathlib import Path

from directory.kernel.clock import real_now
from directory.search.engines.storage import Look, NoIndex, Storage

# Nobody can tell: the worker takes longer to bring a change into the index.
AS_GOOD_AS_NOW_SECONDS = 0.002


class IndexLook:
    """Tells the state of the index at `root` for a `stat`, or less when it is asked often."""

    def __init__(self, root: Path) -> None:
        self._storage = Storage(root)
        self._known: tuple[Look | None, str] = (None, "")
        self._lately: tuple[float, str] = (0.0, "")

    def name(self) -> str:
        """What names the live state, the same in all processes; empty while there is no index."""
        until, name = self._lately
        if (now := time.monotonic()) >= until:
            name = self._looked()
            self._lately = now + AS_GOOD_AS_NOW_SECONDS, name
        return name

    def _looked(self) -> str:
        try:
            look = self._storage.look()
            seen, name = self._known
            if look != seen:
                name = self._storage.pointer()
                self._known = look, name
        except NoIndex:
            return ""
        return name

    def age_seconds(self) -> float | None:
        """Seconds since the live state was made; None while there is no index."""
        try:
            changed_ns = self._storage.look()[1]
        except NoIndex:
            return None
        return max(real_now().timestamp() - changed_ns / 1e9, 0.0)
