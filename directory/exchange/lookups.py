"""What a batch of rows needs to know of the database, asked once for all of them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from directory.accounts.models import Organisation
from directory.certification.models import Certification
from directory.database import db
from directory.exchange.keys import (
    OWN_CERTIFICATION,
    OWN_ORGANISATION,
    certification_key,
    own_numbers,
)
from directory.listings.models import FormerSlug, Listing, OldUrl
from directory.listings.queries import WHOLE


def organisations(keys: Collection[str]) -> dict[str, Organisation]:
    """Organisations by their id in files."""
    made_here = and_(
        Organisation.external_id.is_(None),
        Organisation.id.in_(own_numbers(OWN_ORGANISATION, keys)),
    )
    query = select(Organisation).where(or_(Organisation.external_id.in_(keys), made_here))
    found = {one.key: one for one in db.session.scalars(query)}
    return {key: one for key, one in found.items() if key in keys}


def certifications(keys: Collection[str]) -> dict[str, Certification]:
    """Certifications by their id in files, with their holders."""
    made_here = and_(
        Certification.external_id.is_(None),
        Certification.id.in_(own_numbers(OWN_CERTIFICATION, keys)),
    )
    query = (
        select(Certification)
        .where(or_(Certification.external_id.in_(keys), made_here))
        .options(joinedload(Certification.holder), joinedload(Certification.organisation))
    )
    found = {certification_key(one): one for one in db.session.scalars(query)}
    return {key: one for key, one in found.items() if key in keys}


def listings(organisation_ids: Collection[int]) -> dict[int, Listing]:
    """Listings by their organisation, with texts, tags and offices."""
    query = select(Listing).where(Listing.organisation_id.in_(organisation_ids)).options(*WHOLE)
    return {one.organisation_id: one for one in db.session.scalars(query)}


def slug_owners(slugs: Collection[str]) -> dict[str, int]:
    """The listing that has or had each of the slugs."""
    former = select(FormerSlug.slug, FormerSlug.listing_id).where(FormerSlug.slug.in_(slugs))
    now = select(Listing.slug, Listing.id).where(Listing.slug.in_(slugs))
    return {slug: owner for query in (former, now) for slug, owner in db.session.execute(query)}


def path_owners(paths: Collection[str]) -> dict[str, int]:
    """The listing to which each of the old addresses leads."""
    query = select(OldUrl.path, OldUrl.listing_id).where(OldUrl.path.in_(paths))
    return dict(db.session.execute(query).all())
