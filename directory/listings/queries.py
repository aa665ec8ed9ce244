"""Questions about listings; `visible()` is the one place that says what the public may see."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from sqlalchemy import BindParameter, ColumnElement, Date, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from directory.certification.models import Certification
from directory.certification.queries import Day, holds_gate, in_force
from directory.database import db
from directory.listings.models import FormerSlug, Listing, ListingState, OldUrl

CARD = (
    selectinload(Listing.texts),
    selectinload(Listing.tags),
    selectinload(Listing.offices),
)
WHOLE = (*CARD, selectinload(Listing.pictures))
# A page of results saves a query by joining the texts, of which there are two at most as a rule;
# one listing's page saves others by joining its offices and pictures.
FEW = (joinedload(Listing.texts), *CARD[1:])
ONE = (
    *(joinedload(Listing.texts), joinedload(Listing.offices), joinedload(Listing.pictures)),
    selectinload(Listing.tags),
)


def visible(today: Day) -> ColumnElement[bool]:
    """Condition on Listing: the public may see it on `today` (DIR-2)."""
    return and_(
        Listing.state == ListingState.PUBLISHED,
        holds_gate(today, Listing.organisation_id),
    )


# The day in queries that are written once, since writing one takes longer than answering it.
TODAY: BindParameter[date] = bindparam("today", type_=Date)
PUBLIC = visible(TODAY)
BY_SLUG = select(Listing).where(Listing.slug == bindparam("slug"), PUBLIC).options(*ONE)


def visible_by_slug(slug: str, today: date) -> Listing | None:
    """The public listing at that address with all that it shows, in two queries."""
    rows = db.session.scalars(BY_SLUG, {"slug": slug, "today": today})
    return rows.unique().one_or_none()


def visible_by_slugs(slugs: Collection[str], today: date) -> dict[str, Listing]:
    """Public listings by those slugs, former ones too, with all that a result shows.

    In the order of the slugs, in three queries; a listing may stand under several of them.
    """
    wanted = and_(FormerSlug.listing_id == Listing.id, FormerSlug.slug.in_(slugs))
    query = select(Listing, FormerSlug.slug).outerjoin(FormerSlug, wanted).options(*FEW)
    asked = or_(Listing.slug.in_(slugs), FormerSlug.slug.is_not(None))
    known: dict[str, Listing] = {}
    for listing, former in db.session.execute(query.where(asked, visible(today))).unique():
        known |= {listing.slug: listing} | ({former: listing} if former else {})
    return {slug: known[slug] for slug in slugs if slug in known}


def visible_addresses(today: date, ids: range | None = None) -> list[tuple[str, date]]:
    """Slug and day of the last change of every public listing, or of those in a span of ids."""
    query = select(Listing.slug, Listing.changed_at).where(visible(today)).order_by(Listing.slug)
    if ids is not None:
        query = query.where(Listing.id.between(ids.start, ids.stop - 1))
    return [(slug, changed.date()) for slug, changed in db.session.execute(query)]


def visible_spans(today: date, size: int) -> list[tuple[int, date]]:
    """The spans of `size` ids with public listings, from 1, and the last change in each."""
    span = (Listing.id - 1) // size
    query = select(span + 1, func.max(Listing.changed_at)).where(visible(today))
    rows = db.session.execute(query.group_by(span).order_by(span))
    return [(number, changed.date()) for number, changed in rows]


def holders(today: date) -> dict[str, tuple[int, int]]:
    """By kind of certification: how many public listings, and people there, hold it (B03)."""
    query = (
        select(
            Certification.kind,
            func.count(Listing.id.distinct()),
            func.count(Certification.member_id.distinct()),
        )
        .join(Listing, Listing.organisation_id == Certification.organisation_id)
        .where(visible(today), in_force(today))
        .group_by(Certification.kind)
    )
    return {kind: (count, people) for kind, count, people in db.session.execute(query)}


def visible_names(ids: Sequence[int], today: date) -> list[tuple[str, str]]:
    """Slug and name of the public ones of those listings, in the order of the ids."""
    query = select(Listing.id, Listing.slug, Listing.name)
    rows = db.session.execute(query.where(Listing.id.in_(ids), visible(today)))
    named = {listing_id: (slug, name) for listing_id, slug, name in rows}
    return [named[one] for one in ids if one in named]


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


def in_batches(
    ids: Collection[int], size: int = 500, *, loaded: Sequence[ORMOption] = CARD
) -> Iterator[list[Listing]]:
    """The listings with those ids in order, with all that a result shows, `size` at a time."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), size):
        chunk = ordered[start : start + size]
        query = select(Listing).where(Listing.id.in_(chunk)).order_by(Listing.id).options(*loaded)
        yield list(db.session.scalars(query))


def all_ids() -> set[int]:
    """The ids of all listings."""
    return set(db.session.scalars(select(Listing.id)))
