"""Questions of the search to the database."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import bindparam, delete, exists, func, select

from directory.certification.queries import gate_periods
from directory.database import db
from directory.listings import queries as listings
from directory.listings.models import Listing, ListingState
from directory.search.documents import Document, document_of
from directory.search.models import SearchChange

AT_ONCE = 500
# Written once, since writing a query takes longer than answering it.
HIDDEN = select(SearchChange.listing_id).where(
    ~exists().where(
        Listing.id == SearchChange.listing_id,
        listings.PUBLIC,
    )
)
NAMED = select(Listing.id, Listing.slug, Listing.name).where(
    Listing.id.in_(bindparam("ids", expanding=True)),
    listings.PUBLIC,
)


def hidden_by_changes(today: date) -> frozenset[int]:
    """Listings that changed, which the index may still show, and that are not public (DIR-2)."""
    return frozenset(db.session.connection().scalars(HIDDEN, {"today": today}))


def waiting_changes(most: int | None = None) -> dict[int, int]:
    """The listings of changes that wait, by the changes' ids, the oldest first."""
    rows = db.session.execute(
        select(SearchChange.id, SearchChange.listing_id).order_by(SearchChange.id).limit(most)
    )
    return {row.id: row.listing_id for row in rows}


def last_change() -> int:
    """The id of the newest change that waits; 0 if none does."""
    return db.session.scalar(select(func.max(SearchChange.id))) or 0


def forget_changes(ids: Collection[int]) -> None:
    """Delete those changes, in a transaction of its own that is no part of anybody's work."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        done = delete(SearchChange).where(SearchChange.id.in_(ordered[start : start + AT_ONCE]))
        with db.engine.execution_options(writing=True).begin() as connection:
            connection.execute(done)


def documents(ids: Collection[int] | None = None) -> Iterator[Document]:
    """What the index should hold: all published listings, or those of the given ones.

    Whether one is public on a day the engine decides by its gate's days (DIR-2).
    """
    for batch in listings.in_batches(listings.all_ids() if ids is None else ids, AT_ONCE):
        published = [one for one in batch if one.state is ListingState.PUBLISHED]
        gates = gate_periods([one.organisation_id for one in published])
        for listing in published:
            yield document_of(listing, gates[listing.organisation_id])


def slugs_and_names(ids: Collection[int], today: date) -> dict[int, tuple[str, str]]:
    """Slug and name of the public ones of those listings, by id."""
    rows = db.session.connection().execute(NAMED, {"ids": list(ids), "today": today})
    return {listing_id: (slug, name) for listing_id, slug, name in rows}
