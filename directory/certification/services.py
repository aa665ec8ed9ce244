"""What can be done with certifications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from directory.accounts.models import Organisation
from directory.accounts.services import member_called
from directory.certification.events import CertificationChanged
from directory.certification.models import Certification
from directory.database import db, record
from directory.kernel.errors import Refusal, Refused


@dataclass(frozen=True)
class CertificationContent:
    """All that a certification should say; see `Certification`. holder: a name, may be empty."""

    kind: str
    issued: date
    expires: date | None = None
    holder: str = ""
    reference: str = ""
    revoked: date | None = None


def record_certification(
    organisation: Organisation, content: CertificationContent, *, external_id: str | None
) -> Certification:
    """Note a certification of a member of the organisation (CRT-1)."""
    certification = Certification(external_id=external_id, organisation=organisation)
    _write(certification, content)
    db.session.add(certification)
    record(CertificationChanged(organisation.id))
    return certification


def revise_certification(
    certification: Certification, organisation: Organisation, content: CertificationContent
) -> bool:
    """Make the certification say `content`; True if anything changed.

    Raises Refused if it belongs to another organisation: a certification does not move.
    """
    if certification.organisation_id != organisation.id:
        raise Refused(Refusal("listing", "this certification belongs to another organisation"))
    if content == content_of(certification):
        return False
    _write(certification, content)
    db.session.flush()
    record(CertificationChanged(organisation.id))
    return True


def content_of(certification: Certification) -> CertificationContent:
    """What the certification says now."""
    return CertificationContent(
        kind=certification.kind,
        issued=certification.issued,
        expires=certification.expires,
        holder=certification.holder.name if certification.holder else "",
        reference=certification.reference,
        revoked=certification.revoked,
    )


def _write(certification: Certification, content: CertificationContent) -> None:
    certification.kind = content.kind
    certification.issued = content.issued
    certification.expires = content.expires
    certification.reference = content.reference
    certification.revoked = content.revoked
    holder = member_called(certification.organisation, content.holder) if content.holder else None
    certification.holder = holder
