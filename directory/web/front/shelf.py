"""Kept pages, in bounded memory: one that nobody asked for lately goes first."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from directory.web.front.page import Page
from directory.web.front.watch import State

Key = tuple[str, str, str]


@dataclass(slots=True)
class _Kept:
    """A page with what it weighs. asked: since it came, or had its turn to go."""

    page: Page
    size: int
    asked: bool = False


class Shelf:
    """At most `most` bytes of pages by their key, each of the newest state it was asked for in."""

    def __init__(self, most: int) -> None:
        self._most = most
        # In the order in which it is their turn to go.
        self._pages: dict[Key, _Kept] = {}
        self._lock = threading.Lock()
        self.size = 0

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key, state: State) -> Page | None:
        """The page, if it was made in that state."""
        # Without the lock, which costs more than all the rest.
        kept = self._pages.get(key)
        if kept is None or kept.page.state != state:
            return None
        kept.asked = True
        return kept.page

    def put(self, key: Key, page: Page) -> None:
        """Keep the page instead of what has its key."""
        with self._lock:
            before = self._pages.pop(key, None)
            self._pages[key] = _Kept(page, page.size)
            self._settle(page.size - (before.size if before else 0))

    def weigh(self, key: Key, page: Page) -> None:
        """Take notice that the page has grown, if it is still kept."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is not None and kept.page is page:
                before, kept.size = kept.size, page.size
                self._settle(kept.size - before)

    def _settle(self, more: int) -> None:
        self.size += more
        while self.size > self._most:
            key = next(iter(self._pages))
            kept = self._pages.pop(key)
            if kept.asked:
                kept.asked = False
                self._pages[key] = kept
            else:
                self.size -= kept.size
