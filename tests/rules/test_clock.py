"""The clock: days begin in the program's zone, and DIRECTORY_TODAY replaces the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from directory.kernel.clock import Clock, real_seconds

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_day_begins_at_midnight_of_its_zone() -> None:
    clock = Clock(BERLIN)
    with time_machine.travel(datetime(2026, 11, 22, 22, 59, 59, tzinfo=UTC), tick=False):
        assert clock.today() == date(2026, 11, 22)
    with time_machine.travel(datetime(2026, 11, 22, 23, 0, 0, tzinfo=UTC), tick=False):
        assert clock.today() == date(2026, 11, 23)


def test_a_given_day_replaces_the_date_and_keeps_the_time_of_day() -> None:
    with time_machine.travel(datetime(2026, 11, 23, 15, 30, tzinfo=UTC), tick=False):
        clock = Clock.starting_at(ZoneInfo("UTC"), date(2027, 3, 1))
        assert clock.now() == datetime(2027, 3, 1, 15, 30, tzinfo=UTC)
        assert clock.real_now() == datetime(2026, 11, 23, 15, 30, tzinfo=UTC)


def test_the_time_of_a_given_day_runs_on_past_midnight() -> None:
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False) as travel:
        clock = Clock.starting_at(BERLIN, datetime(2026, 6, 30, 23, 59, 59))  # noqa: DTZ001
        assert clock.today() == date(2026, 6, 30)
        travel.shift(timedelta(seconds=1))
        assert clock.today() == date(2026, 7, 1)


def test_a_process_started_later_has_the_same_time() -> None:
    began = datetime(2026, 11, 23, 12, tzinfo=UTC)
    with time_machine.travel(began + timedelta(minutes=5), tick=False):
        given = datetime(2026, 6, 30, 23, 58, tzinfo=BERLIN)
        clock = Clock.starting_at(BERLIN, given, since=began)
        assert clock.now() == given + timedelta(minutes=5)
        assert clock.today() == date(2026, 7, 1)


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Havana", "Pacific/Apia"])
def test_a_whole_day_is_that_day_from_its_beginning_to_its_end(name: str) -> None:
    clock = Clock(ZoneInfo(name), timedelta(hours=-7, minutes=3))
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC), tick=False) as travel:
        for _ in range(400):
            found = clock.whole_today()
            assert found.day == clock.today()
            assert found.begins <= real_seconds() < found.ends
            travel.move_to(datetime.fromtimestamp(found.ends - 1, UTC))
            assert clock.today() == found.day
            travel.shift(1)
            assert clock.today() > found.day
            assert clock.whole_today().begins == found.ends
