"""What a certification's row does to the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from directory.accounts.models import Organisation
from directory.certification.models import Certification
from directory.certification.services import record_certification, revise_certification
from directory.exchange import lookups
from directory.exchange.certifications import CertificationDraft, certification_draft
from directory.exchange.fields import Fields
from directory.exchange.loading import Outcome, Source
from directory.kernel.errors import Refusal, Refused


class CertificationKind:
    """Certifications in files."""

    def draft(self, fields: Fields, source: Source) -> CertificationDraft | None:  # noqa: ARG002
        return certification_draft(fields)

    def claims(self, draft: CertificationDraft) -> Iterable[tuple[str, str]]:
        yield "external_id", draft.external_id

    def batch(self, drafts: Sequence[CertificationDraft], source: Source) -> CertificationBatch:  # noqa: ARG002
        return CertificationBatch(drafts)


class CertificationBatch:
    """Certifications of organisations that are there."""

    def __init__(self, drafts: Sequence[CertificationDraft]) -> None:
        self._organisations = lookups.organisations({draft.listing for draft in drafts})
        self._known = lookups.certifications({draft.external_id for draft in drafts})

    def check(self, draft: CertificationDraft) -> None:
        organisation = self._organisations.get(draft.listing)
        if organisation is None:
            raise Refused(Refusal("listing", f"there is no listing {draft.listing!r}"))
        check_owner(self._known.get(draft.external_id), organisation, "listing")

    def load(self, draft: CertificationDraft) -> Outcome:
        organisation = self._organisations[draft.listing]
        return load_certification(self._known.get(draft.external_id), organisation, draft)


def check_owner(known: Certification | None, owner: Organisation | None, field: str) -> None:
    """Raise Refused at `field` when the certification belongs to somebody else."""
    if known is not None and (owner is None or known.organisation_id != owner.id):
        raise Refused(Refusal(field, "this certification belongs to another organisation"))


def load_certification(
    known: Certification | None, organisation: Organisation, draft: CertificationDraft
) -> Outcome:
    """Note the certification or bring the known one up to date."""
    if known is None:
        record_certification(organisation, draft.content, external_id=draft.external_id)
        return Outcome.LOADED
    changed = revise_certification(known, organisation, draft.content)
    return Outcome.UPDATED if changed else Outcome.UNCHANGED
