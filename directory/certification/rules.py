"""When a certification counts (DIR-2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Period:
    """Days from `first` to `last`, both included; an end that is not known is `date.max`."""

    first: date
    last: date

    @classmethod
    def of(cls, *, issued: date, expires: date | None, revoked: date | None) -> Period:
        """The days on which a certification counts (DIR-2).

        It counts from the day of issue through the whole of its last day, and no longer from the
        beginning of the day on which it is revoked. One revoked at once has no day at all
        (`last` lies before `first`).
        """
        last = expires or date.max
        if revoked is not None:
            last = min(last, revoked - timedelta(days=1))
        return cls(issued, last)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __bool__(self) -> bool:
        return self.first <= self.last


def joined(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The days of all `periods` as few periods in order: those that touch or overlap become one."""
    result: list[Period] = []
    for period in sorted(filter(None, periods)):
        if result and (period.first - timedelta(days=1)) <= result[-1].last:
            result[-1] = Period(result[-1].first, max(result[-1].last, period.last))
        else:
            result.append(period)
    return tuple(result)
