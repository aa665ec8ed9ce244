"""What follows from what happened: a table of facts and consequences, and the one commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from directory import generation, wake
from directory.accounts.events import StandingChanged
from directory.certification.events import CertificationChanged
from directory.config import clock, settings
from directory.database import Fact, ReadOnlyTransaction, db, facts, in_writing, record
from directory.listings import queries as listings
from directory.listings.events import ListingChanged, ListingRemoved
from directory.listings.services import note_public
from directory.search.services import queue_change


def settle() -> None:
    """Carry out the consequences of all recorded facts, then commit once and wake the worker.

    Whatever was changed, pages that were kept are no longer taken for true. Facts of a kind are
    carried out together. Consequences may record further facts; each distinct fact is carried out
    once. Raises ReadOnlyTransaction outside `writing()`.
    """
    if not in_writing():
        raise ReadOnlyTransaction("settle() outside writing()")
    handled: set[Fact] = set()
    while waiting := [fact for fact in dict.fromkeys(facts()) if fact not in handled]:
        handled.update(waiting)
        for kind in dict.fromkeys(map(type, waiting)):
            same = [fact for fact in waiting if type(fact) is kind]
            for consequence in CONSEQUENCES.get(kind, ()):
                consequence(same)
    generation.advance()
    db.session.commit()
    if handled:
        wake.tap(settings().var_dir)


def settle_unseen() -> None:
    """Commit what no page shows, so that pages that are kept stay so; for rows without facts.

    Raises ReadOnlyTransaction outside `writing()`.
    """
    if not in_writing() or facts():
        raise ReadOnlyTransaction("settle_unseen() outside writing(), or with facts")
    db.session.commit()


def _bring_listings_up_to_date(changed: Sequence[ListingChanged]) -> None:
    note_public(clock().today(), listing_ids=[fact.listing_id for fact in changed])
    for fact in changed:
        queue_change(fact.listing_id)


def _drop_from_search(removed: Sequence[ListingRemoved]) -> None:
    for fact in removed:
        queue_change(fact.listing_id)


def _look_at_listings_again(changed: Sequence[StandingChanged | CertificationChanged]) -> None:
    for listing_id in listings.ids_of_organisations([fact.organisation_id for fact in changed]):
        record(ListingChanged(listing_id))


CONSEQUENCES: Mapping[type[Fact], tuple[Callable[[Any], None], ...]] = {
    ListingChanged: (_bring_listings_up_to_date,),
    ListingRemoved: (_drop_from_search,),
    StandingChanged: (_look_at_listings_again,),
    CertificationChanged: (_look_at_listings_again,),
}
