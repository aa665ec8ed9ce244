"""Questions about listings; `visible()` is the one place that says what the public may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import selectinload

from directory.certification.queries import holds_gate
from directory.database import db
from directory.listings.models import FormerSlug, Listing, ListingState, OldUrl

CARD = (
    selectinload(Listing.texts),
    selectinload(Listing.tags),
    selectinload(Listing.offices),
)


def visible(today: date) -> ColumnElement[bool]:
    """Condition on Listing: the public may see it on `today` (DIR-2)."""
    return and_(
        Listing.state == ListingState.PUBLISHED,
        holds_gate(today, Listing.organisation_id),
    )


def visible_by_slug(slug: str, today: date) -> Listing | None:
    """The public listing at that address."""
    return db.session.scalar(
        select(Listing).where(Listing.slug == slug, visible(today)).options(*CARD)
    )


def visible_addresses(today: date) -> list[tuple[str, date]]:
    """Slug and day of the last change of every public listing, in order of slugs."""
    rows = db.session.execute(
        select(Listing.slug, Listing.changed_at).where(visible(today)).order_by(Listing.slug)
    )
    return [(slug, changed.date()) for slug, changed in rows]


def by_slug(slug: str) -> Listing | None:
    """The listing with that slug, whoever may see it."""
    return db.session.scalar(select(Listing).where(Listing.slug == slug))


def former_slug_owner(slug: str) -> Listing | None:
    """The listing that once had that slug."""
    return db.session.scalar(
        select(Listing)
        .join(FormerSlug, FormerSlug.listing_id == Listing.id)
        .where(FormerSlug.slug == slug)
    )


def old_url_owner(path: str) -> Listing | None:
    """The listing that another directory showed at that path."""
    return db.session.scalar(
        select(Listing).join(OldUrl, OldUrl.listing_id == Listing.id).where(OldUrl.path == path)
    )


def ids_of_organisations(organisation_ids: Collection[int]) -> list[int]:
    """The ids of the listings of those organisations, in order."""
    query = select(Listing.id).where(Listing.organisation_id.in_(organisation_ids))
    return list(db.session.scalars(query.order_by(Listing.id)))


def in_batches(ids: Collection[int], size: int = 500) -> Iterator[list[Listing]]:
    """The listings with those ids in order, with all that a result shows, `size` at a time."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), size):
        chunk = ordered[start : start + size]
        query = select(Listing).where(Listing.id.in_(chunk)).order_by(Listing.id).options(*CARD)
        yield list(db.session.scalars(query))


def all_ids() -> set[int]:
    """The ids of all listings."""
    return set(db.session.scalars(select(Listing.id)))
