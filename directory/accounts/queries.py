"""Questions about organisations."""

from __future__ import annotations

from sqlalchemy import select

from directory.accounts.models import Member, Organisation
from directory.database import db


def member_named(organisation: Organisation, name: str) -> Member | None:
    """The member of that name."""
    return db.session.scalar(
        select(Member).where(Member.organisation_id == organisation.id, Member.name == name)
    )
