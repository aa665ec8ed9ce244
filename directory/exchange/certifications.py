"""Certifications in files: the shape of a row, what it does, and the row that export writes."""

from __future__ import annotations

from dataclasses import dataclass

from directory.accounts.models import EXTERNAL_ID_LENGTH, NAME_LENGTH
from directory.certification.models import REFERENCE_LENGTH
from directory.certification.services import CertificationContent
from directory.exchange.fields import Fields
from directory.taxonomy import queries as taxonomy


@dataclass(frozen=True)
class CertificationDraft:
    """What a row says of a certification; listing: the organisation's id in files."""

    external_id: str
    listing: str
    content: CertificationContent


def certification_draft(fields: Fields) -> CertificationDraft | None:
    """The certification of a row, or None when something in it is refused."""
    listing = fields.required_line("listing", EXTERNAL_ID_LENGTH)
    return _draft(fields, listing)


def nested_certification(fields: Fields, listing: str) -> CertificationDraft | None:
    """The certification within a listing's row: without `listing`.

    Without an `external_id` it is the listing's one certification of its kind.
    """
    group = fields.group("certification")
    return _draft(group, listing, nested=True) if group else None


def _draft(fields: Fields, listing: str, *, nested: bool = False) -> CertificationDraft | None:
    external_id = (fields.line if nested else fields.required_line)(
        "external_id", EXTERNAL_ID_LENGTH
    )
    fields.require("kind", "issued")
    kind = fields.one_of("kind", taxonomy.credentials(), "kinds of certification")
    issued = fields.day("issued")
    expires = fields.day("expires")
    revoked = fields.day("revoked")
    holder = fields.line("holder", NAME_LENGTH)
    reference = fields.line("reference", REFERENCE_LENGTH)
    fields.finish()
    if issued and expires and expires < issued:
        fields.refuse("expires", "lies before the day of issue")
    if issued and revoked and revoked < issued:
        fields.refuse("revoked", "lies before the day of issue")
    if fields.refusals or issued is None:
        return None
    content = CertificationContent(
        kind=kind,
        issued=issued,
        expires=expires,
        holder=holder,
        reference=reference,
        revoked=revoked,
    )
    return CertificationDraft(external_id or _derived_id(listing, kind), listing, content)


def _derived_id(listing: str, kind: str) -> str:
    return f"{listing[: EXTERNAL_ID_LENGTH - len(kind) - 1]}:{kind}"
