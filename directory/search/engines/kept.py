"""Keeps what was asked for last, up to a size."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """Something that knows its size, roughly: its bytes, or how many numbers it holds."""

    @property
    def size(self) -> int: ...


Key = TypeVar("Key", bound=Hashable)
Thing = TypeVar("Thing", bound=Sized)


class Kept(Generic[Key, Thing]):
    """Things by key; `most`: what size they may have together, of all but the last one."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._things: OrderedDict[Key, Thing] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Key, make: Callable[[], Thing]) -> Thing:
        """The thing of a key, made if it is not there; two threads may make the same at once."""
        with self._lock:
            thing = self._things.get(key)
            if thing is not None:
                self._things.move_to_end(key)
                return thing
        thing = make()
        with self._lock:
            if key not in self._things:
                self._add(key, thing)
        return thing

    def _add(self, key: Key, thing: Thing) -> None:
        self._things[key] = thing
        self._size += thing.size
        while self._size > self.most and len(self._things) > 1:
            _, dropped = self._things.popitem(last=False)
            self._size -= dropped.size
