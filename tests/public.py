"""What the public may see, asked as the program asks it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from directory.database import db
from directory.listings.models import Listing
from directory.listings.queries import visible


def visible_ids(today: date, among: Collection[int] | None = None) -> set[int]:
    """The ids of public listings, all or those `among` the given ones."""
    query = select(Listing.id).where(visible(today))
    if among is not None:
        query = query.where(Listing.id.in_(among))
    return set(db.session.scalars(query))
