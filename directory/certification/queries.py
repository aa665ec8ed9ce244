"""Questions about certifications."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    SQLColumnExpression,
    and_,
    bindparam,
    exists,
    or_,
    select,
)

from directory.accounts.models import Organisation
from directory.certification.models import Certification
from directory.certification.rules import Period, joined
from directory.database import db
from directory.kernel.policy import POLICY

# A day, or what stands for one in a query that is written once.
Day = date | BindParameter[date]


def in_force(today: Day) -> ColumnElement[bool]:
    """Condition: the certification counts on `today`; says in SQL what `Period` says (DIR-2)."""
    return and_(
        Certification.issued <= today,
        or_(Certification.expires.is_(None), Certification.expires >= today),
        or_(Certification.revoked.is_(None), Certification.revoked > today),
    )


def holds_gate(
    today: Day, organisation_id: SQLColumnExpression[int] = Organisation.id
) -> ColumnElement[bool]:
    """Condition on an organisation: somebody there holds what a listing needs (DIR-2)."""
    held = exists().where(
        Certification.organisation_id == organisation_id,
        Certification.kind == POLICY.gate_kind,
        in_force(today),
    )
    # Whoever asks about certifications as well has another one in mind.
    return held.correlate_except(Certification)


def gate_periods(organisation_ids: Collection[int]) -> dict[int, tuple[Period, ...]]:
    """For each organisation the days on which its listing may be public (DIR-2), joined."""
    rows = db.session.execute(
        select(
            Certification.organisation_id,
            Certification.issued,
            Certification.expires,
            Certification.revoked,
        ).where(
            Certification.organisation_id.in_(organisation_ids),
            Certification.kind == POLICY.gate_kind,
        )
    )
    found: defaultdict[int, list[Period]] = defaultdict(list)
    for organisation_id, issued, expires, revoked in rows:
        found[organisation_id].append(Period.of(issued=issued, expires=expires, revoked=revoked))
    return {organisation_id: joined(found[organisation_id]) for organisation_id in organisation_ids}


def held_by_each(organisation_ids: Collection[int]) -> dict[int, list[Certification]]:
    """Every certification of several organisations by organisation, the newest first."""
    query = select(Certification).where(Certification.organisation_id.in_(organisation_ids))
    found: dict[int, list[Certification]] = {one: [] for one in organisation_ids}
    for one in db.session.scalars(query.order_by(Certification.issued.desc(), Certification.id)):
        found[one.organisation_id].append(one)
    return found


HELD = (
    select(Certification)
    .where(Certification.organisation_id == bindparam("organisation_id"))
    .order_by(Certification.issued.desc(), Certification.id)
)


def held_by(organisation_id: int) -> list[Certification]:
    """Every certification of an organisation, the newest first."""
    return list(db.session.scalars(HELD, {"organisation_id": organisation_id}))
