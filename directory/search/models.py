"""Changes that the search index has not seen yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from directory.columns import UtcDateTime
from directory.database import Base


class SearchChange(Base):
    """A listing that changed or vanished since the index was written; the worker drains it.

    listing_id: no foreign key, since a listing that was deleted must leave the index too.
    """

    __tablename__ = "search_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
