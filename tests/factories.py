"""Factories that make the smallest valid thing; a test states only what matters."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from directory.accounts.models import Organisation
from directory.accounts.services import Standing, create_organisation, set_standing
from directory.certification.models import Certification
from directory.certification.services import CertificationContent, record_certification
from directory.config import clock
from directory.database import writing
from directory.kernel.policy import Package, Tier
from directory.listings.models import Listing, ListingState, TagKind
from directory.listings.services import ListingContent, OfficeContent, create_listing
from directory.reactions import settle

STUTTGART = OfficeContent(country="DE", region="DE-BW", city_id=2825297)
COLOGNE = OfficeContent(country="DE", region="DE-NW", city_id=2886242)
LISBON = OfficeContent(country="PT", region="PT-11", city_id=2267057)


class Make:
    """Makes things in transactions of their own, with the consequences that they have."""

    def __init__(self, prefix: str = "test") -> None:
        self._prefix = prefix
        self._numbers = itertools.count(1)

    def listing(
        self,
        name: str = "",
        *,
        services: Sequence[str] = ("website-design",),
        offices: Sequence[OfficeContent] = (STUTTGART,),
        languages: Sequence[str] = ("de",),
        industries: Sequence[str] = (),
        serves: Sequence[str] = (),
        credentials: Sequence[str] = (),
        texts: Mapping[str, tuple[str, str]] | None = None,
        state: ListingState = ListingState.PUBLISHED,
        package: Package | None = None,
        tier: Tier | None = None,
        certified_until: date | str | None = "long",
        slug: str | None = None,
        **facts: object,
    ) -> Listing:
        """A listing; `certified_until` None leaves it without a certification."""
        number = next(self._numbers)
        name = name or f"Agency {number}"
        with writing():
            organisation = create_organisation(
                name=name, external_id=f"org-{self._prefix}-{number}", at=clock().now()
            )
            if tier is not None:
                package = Package.PARTNER
            set_standing(organisation, Standing(package, tier), on=clock().today())
            tags = {
                TagKind.SERVICE: services,
                TagKind.INDUSTRY: industries,
                TagKind.LANGUAGE: languages,
                TagKind.SERVES: serves,
                TagKind.CREDENTIAL: credentials,
            }
            content = ListingContent(
                name=name,
                state=state,
                texts=texts or {},
                tags={kind: tuple(values) for kind, values in tags.items() if values},
                offices=tuple(offices),
                **facts,  # type: ignore[arg-type]
            )
            listing = create_listing(organisation, content, slug=slug, at=clock().now())
            if certified_until is not None:
                until = certified_until if isinstance(certified_until, date) else _in_a_year()
                self._certify(organisation, until)
            settle()
        return listing

    def certification(
        self, listing: Listing, *, expires: date | None, kind: str = "inbound"
    ) -> Certification:
        """A certification of the listing's organisation, issued long ago."""
        with writing():
            made = self._certify(listing.organisation, expires, kind)
            settle()
        return made

    def _certify(
        self, organisation: Organisation, expires: date | None, kind: str = "inbound"
    ) -> Certification:
        content = CertificationContent(
            kind=kind, issued=date(2020, 1, 1), expires=expires, holder="Alex Beispiel"
        )
        number = next(self._numbers)
        return record_certification(
            organisation, content, external_id=f"cert-{self._prefix}-{number}"
        )


def _in_a_year() -> date:
    return clock().today() + timedelta(days=365)
