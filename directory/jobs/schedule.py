"""The whole timetable on one screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from directory.config import clock
from directory.database import record, writing
from directory.listings.events import ListingChanged
from directory.listings.services import note_public
from directory.mail import delivery
from directory.reactions import settle
from directory.search import services as search


class Every(StrEnum):
    """How often a job runs; the value is how its period is written."""

    TAP = ""
    HOUR = "%Y-%m-%dT%H"
    DAY = "%Y-%m-%d"

    def period(self, at: datetime) -> str:
        """The period that the local time `at` lies in."""
        return at.strftime(self.value)


@dataclass(frozen=True)
class Job:
    """A named piece of work; `run` says in one line what it did, nothing if there was nothing.

    apart: whether it waits for others than our own database, so that no other job waits for it.
    """

    name: str
    every: Every
    run: Callable[[], str]
    apart: bool = False


def apply_search_changes() -> str:
    """Bring what changed into the index."""
    applied = search.apply_changes()
    return f"{applied} changes applied" if applied else ""


def check_index() -> str:
    """Compare index and database, and mend what differs."""
    return str(search.check(repair=True))


def note_public_listings() -> str:
    """Note which listings became public because a certification began to count."""
    with writing():
        noted = note_public(clock().today())
        for listing_id in noted:
            record(ListingChanged(listing_id))
        settle()
    return f"{len(noted)} listings public for the first time"


JOBS = {
    job.name: job
    for job in (
        Job("deliver-mail", Every.TAP, delivery.deliver, apart=True),
        Job("apply-search-changes", Every.TAP, apply_search_changes),
        Job("check-index", Every.HOUR, check_index),
        Job("note-public", Every.HOUR, note_public_listings),
    )
}
