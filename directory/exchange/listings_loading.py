"""What a listing's row does to the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from directory.accounts.models import Organisation
from directory.accounts.services import (
    create_organisation,
    rename_organisation,
    set_owner_email,
    set_standing,
)
from directory.config import clock
from directory.exchange import lookups
from directory.exchange.certifications_loading import check_owner, load_certification
from directory.exchange.fields import Fields
from directory.exchange.listing_pictures import ReadPicture, read_logo, read_pictures
from directory.exchange.listings import ListingDraft, listing_draft
from directory.exchange.loading import Outcome, Source
from directory.files import services as files
from directory.kernel.errors import Refusal, Refused
from directory.listings.models import Listing, ListingState
from directory.listings.services import (
    ListingContent,
    content_of,
    create_listing,
    revise_listing,
)


@dataclass(frozen=True)
class PicturedDraft:
    """A listing's draft with its logo and its pictures made ready; see `ListingDraft`."""

    row: ListingDraft
    logo: files.Prepared | None
    pictures: tuple[ReadPicture, ...] | None

    def keep(self) -> None:
        """Write the files of all of them."""
        ready = [one.prepared for one in self.pictures or ()]
        for prepared in [*ready, *([self.logo] if self.logo else [])]:
            files.keep(prepared)


class ListingKind:
    """Listings in files."""

    def draft(self, fields: Fields, source: Source) -> PicturedDraft | None:
        row = listing_draft(fields, source.today)
        if row is None:
            return None
        logo = read_logo(row.logo, fields, source)
        pictures = read_pictures(row.pictures, fields, source)
        return None if fields.refusals else PicturedDraft(row, logo, pictures)

    def claims(self, draft: PicturedDraft) -> Iterable[tuple[str, str]]:
        row = draft.row
        yield "external_id", row.external_id
        if row.slug:
            yield "slug", row.slug
        for path in row.content.old_urls:
            yield "old_urls", path
        if row.certification:
            yield "certification.external_id", row.certification.external_id

    def batch(self, drafts: Sequence[PicturedDraft], source: Source) -> ListingBatch:
        return ListingBatch([draft.row for draft in drafts], source, at=clock().now())


class ListingBatch:
    """Listings with the organisations they belong to."""

    def __init__(self, rows: Sequence[ListingDraft], source: Source, *, at: datetime) -> None:
        self._source = source
        self._at = at
        self._organisations = lookups.organisations({row.external_id for row in rows})
        found = lookups.listings([one.id for one in self._organisations.values()])
        self._listings = {
            key: found[one.id] for key, one in self._organisations.items() if one.id in found
        }
        self._slugs = lookups.slug_owners({row.slug for row in rows if row.slug})
        self._paths = lookups.path_owners({path for row in rows for path in row.content.old_urls})
        nested = {row.certification.external_id for row in rows if row.certification}
        self._certifications = lookups.certifications(nested)

    def check(self, draft: PicturedDraft) -> None:
        row = draft.row
        listing = self._listings.get(row.external_id)
        own = listing.id if listing else None
        if row.slug and self._slugs.get(row.slug, own) != own:
            raise Refused(Refusal("slug", f"{row.slug} belongs to another listing"))
        for path in row.content.old_urls:
            if self._paths.get(path, own) != own:
                raise Refused(Refusal("old_urls", f"{path} belongs to another listing"))
        if row.certification:
            known = self._certifications.get(row.certification.external_id)
            owner = self._organisations.get(row.external_id)
            check_owner(known, owner, "certification.external_id")

    def load(self, draft: PicturedDraft) -> Outcome:
        row = draft.row
        if self._source.keeps:
            draft.keep()
        organisation, renamed = self._organisation(row)
        changed = [renamed, self._write_standing(organisation, row)]
        listing = self._listings.get(row.external_id)
        content = _wanted(draft, listing)
        if listing is None:
            create_listing(organisation, content, slug=row.slug, at=self._at)
        else:
            changed.append(self._revise(listing, content, row.slug))
        changed.append(self._certify(organisation, row))
        if listing is not None and not any(changed):
            return Outcome.UNCHANGED
        if content.state is ListingState.DRAFT:
            return Outcome.DRAFTS
        return Outcome.LOADED if listing is None else Outcome.UPDATED

    def _organisation(self, row: ListingDraft) -> tuple[Organisation, bool]:
        known = self._organisations.get(row.external_id)
        if known is not None:
            return known, rename_organisation(known, name=row.content.name)
        made = create_organisation(name=row.content.name, external_id=row.external_id, at=self._at)
        return made, True

    def _write_standing(self, organisation: Organisation, row: ListingDraft) -> bool:
        changed = False
        if row.standing is not None:
            changed = set_standing(organisation, row.standing, on=self._source.today)
        if row.owner_email is not None:
            changed |= set_owner_email(organisation, email=row.owner_email)
        return changed

    def _revise(self, listing: Listing, content: ListingContent, slug: str | None) -> bool:
        return revise_listing(listing, content, slug=slug, at=self._at)

    def _certify(self, organisation: Organisation, row: ListingDraft) -> bool:
        if row.certification is None:
            return False
        known = self._certifications.get(row.certification.external_id)
        outcome = load_certification(known, organisation, row.certification)
        return outcome is not Outcome.UNCHANGED


def _wanted(draft: PicturedDraft, listing: Listing | None) -> ListingContent:
    """What the listing should say: the row, and what it says now where the row is silent."""
    row = draft.row
    now = content_of(listing) if listing else None
    kept_logo, kept_pictures = (now.logo, now.pictures) if now else (None, ())
    shown = None if draft.pictures is None else tuple(one.content for one in draft.pictures)
    return replace(
        row.content,
        state=_state(row, now.state if now else None),
        logo=draft.logo.name if draft.logo else kept_logo,
        pictures=kept_pictures if shown is None else shown,
        old_urls=row.content.old_urls or (now.old_urls if now else ()),
    )


def _state(row: ListingDraft, now: ListingState | None) -> ListingState:
    """A withdrawn listing stays so until a row says otherwise; what is incomplete is a draft."""
    state = row.state or (now if now is ListingState.WITHDRAWN else ListingState.PUBLISHED)
    if state is ListingState.PUBLISHED and not row.is_complete:
        return ListingState.DRAFT
    return state
