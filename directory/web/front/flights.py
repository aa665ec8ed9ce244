"""One making of a page at a time, however many ask for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")
PATIENCE_SECONDS = 5.0


class Flights(Generic[T]):
    """Work that is on its way, by its key."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._flying: dict[Hashable, _Flight[T]] = {}

    def share(self, key: Hashable, work: Callable[[], T | None]) -> T | None:
        """What `work` gives, done once for all who ask meanwhile.

        None for those who waited and got nothing, within the patience or at all: they see to it
        themselves.
        """
        with self._lock:
            flight = self._flying.get(key)
            leads = flight is None
            if flight is None:
                flight = self._flying[key] = _Flight()
        if not leads:
            flight.landed.wait(self._patience)
            return flight.result
        try:
            flight.result = work()
            return flight.result
        finally:
            with self._lock:
                del self._flying[key]
            flight.landed.set()


class _Flight(Generic[T]):
    def __init__(self) -> None:
        self.landed = threading.Event()
        self.result: T | None = None
