"""Kept pages, in bounded memory: the one that was not asked for longest goes first."""

from __future__ import annotations

import threading
from collections import OrderedDict

from directory.web.front.page import Page
from directory.web.front.watch import State

Key = tuple[str, str, str]


class Shelf:
    """At most `most` bytes of pages by their key, each of the newest state it was asked for in."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pages: OrderedDict[Key, tuple[Page, int]] = OrderedDict()
        self._lock = threading.Lock()
        self.size = 0

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Key, state: State) -> Page | None:
        """The page, if it was made in that state."""
        with self._lock:
            found = self._pages.get(key)
            if found is None or found[0].state != state:
                return None
            self._pages.move_to_end(key)
        return found[0]

    def put(self, key: Key, page: Page) -> None:
        """Keep the page instead of what has its key."""
        with self._lock:
            self._pages[key], before = (page, page.size), self._pages.get(key)
            self._pages.move_to_end(key)
            self._settle(page.size - (before[1] if before else 0))

    def weigh(self, key: Key, page: Page) -> None:
        """Take notice that the page has grown, if it is still kept."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is not None and kept[0] is page:
                self._pages[key] = page, page.size
                self._settle(page.size - kept[1])

    def _settle(self, more: int) -> None:
        self.size += more
        while self.size > self._most:
            _, (_, freed) = self._pages.popitem(last=False)
            self.size -= freed
