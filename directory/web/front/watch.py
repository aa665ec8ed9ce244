"""The state that everything shown follows from: database, index and day, looked at per request."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from directory.generation import Look
from directory.kernel.clock import Clock, real_seconds
from directory.search.looking import IndexLook


class State(NamedTuple):
    """A page is right as long as all three are what they were before it was made."""

    generation: int
    index_name: str
    day: date


class Watch:
    """Tells the state of this moment."""

    def __init__(self, look: Look, index: IndexLook, clock: Clock) -> None:
        self._look = look
        self._index = index
        self._clock = clock
        self._today = clock.whole_today()

    def state(self) -> State:
        """The state now. Raises generation.Away when the database can't be asked."""
        return State(self._look.number(), self._index.name(), self._day())

    def _day(self) -> date:
        if not self._today.begins <= real_seconds() < self._today.ends:
            self._today = self._clock.whole_today()
        return self._today.day
