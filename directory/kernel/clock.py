"""The only reader of the time; days begin in the program's zone, everything else is aware UTC."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo


def real_now() -> datetime:
    """The real time, aware UTC, whatever day the program has."""
    return datetime.now(UTC)


def real_seconds() -> float:
    """The real time as seconds since 1970, for those to whom `real_now()` is too slow."""
    return time.time()


class Today(NamedTuple):
    """A day of the program, and the `real_seconds()` from and until which it is that day."""

    day: date
    begins: float
    ends: float


@dataclass(frozen=True)
class Clock:
    """Tells the time of the program.

    zone: where days begin and quarters end (`DIRECTORY_TIME_ZONE`).
    shift: what `DIRECTORY_TODAY` adds to the real time; time of day runs on.
    """

    zone: ZoneInfo
    shift: timedelta = timedelta(0)

    @classmethod
    def starting_at(
        cls, zone: ZoneInfo, today: date | datetime | None, *, since: datetime | None = None
    ) -> Clock:
        """A clock whose day is `today`.

        A bare date keeps the real time of day; a date and time (taken in `zone` if it is naive)
        starts there and runs on. since: the real instant, aware, at which `today` was true; now
        unless given.
        """
        if today is None:
            return cls(zone)
        real = since.astimezone(zone) if since else datetime.now(zone)
        if isinstance(today, datetime):
            start = today if today.tzinfo else today.replace(tzinfo=zone)
        else:
            start = datetime.combine(today, real.time(), tzinfo=zone)
        return cls(zone, start.astimezone(UTC) - real.astimezone(UTC))

    def real_now(self) -> datetime:
        """The real time, aware UTC: for sessions, one-time codes, signatures and tokens."""
        return real_now()

    def now(self) -> datetime:
        """The program's time, aware UTC."""
        return self.real_now() + self.shift

    def today(self) -> date:
        """The program's day in its time zone."""
        return self.now().astimezone(self.zone).date()

    def whole_today(self) -> Today:
        """The program's day with its limits, for those who ask so often that they keep it."""
        day = self.today()
        begins, ends = (
            datetime.combine(one, datetime.min.time(), tzinfo=self.zone).timestamp()
            for one in (day, day + timedelta(days=1))
        )
        shift = self.shift.total_seconds()
        return Today(day, begins - shift, ends - shift)
