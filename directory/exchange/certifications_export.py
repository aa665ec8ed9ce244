"""Certifications as rows of a file, in the order and under the names of the import format."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from directory.certification.models import Certification
from directory.database import db
from directory.exchange.keys import certification_key

NAMES = (
    "external_id",
    "listing",
    "kind",
    "holder",
    "issued",
    "expires",
    "reference",
    "revoked",
)
BATCH = 500


def certification_rows() -> Iterator[dict[str, object]]:
    """Every certification, the oldest first; what it does not say is left out."""
    query = select(Certification).options(
        joinedload(Certification.organisation), joinedload(Certification.holder)
    )
    after = 0
    while batch := db.session.scalars(
        query.where(Certification.id > after).order_by(Certification.id).limit(BATCH)
    ).all():
        for certification in batch:
            row = _row(certification)
            yield {name: row[name] for name in NAMES if row[name] not in (None, "")}
        after = batch[-1].id


def _row(certification: Certification) -> dict[str, object]:
    expires, revoked = certification.expires, certification.revoked
    return {
        "external_id": certification_key(certification),
        "listing": certification.organisation.key,
        "kind": certification.kind,
        "holder": certification.holder.name if certification.holder else None,
        "issued": certification.issued.isoformat(),
        "expires": expires and expires.isoformat(),
        "reference": certification.reference,
        "revoked": revoked and revoked.isoformat(),
    }
