"""Stores many generated organisations at once: what an import would store, in few statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select

from directory.accounts.models import Member, Organisation
from directory.certification.models import Certification
from directory.certification.rules import Period
from directory.certification.services import CertificationContent
from directory.config import clock
from directory.database import Base, db, writing
from directory.exchange.fields import Fields
from directory.exchange.listings import ListingDraft, listing_draft
from directory.exchange.rows import Row
from directory.kernel.slugs import LONGEST, slugify
from directory.listings.models import (
    FormerSlug,
    Listing,
    ListingState,
    ListingTag,
    ListingText,
    Office,
)
from directory.listings.services import PLAIN
from directory.reactions import settle
from directory.samples import standing
from directory.search.models import SearchChange

Values = dict[str, Any]


class BadSample(Exception):
    """A sample breaks the import's own rules: a fault of the program."""


class Bulk:
    """One load of organisations that are not there yet, each with a certification (DIR-2)."""

    def __init__(self) -> None:
        self._today, self._now = clock().today(), clock().now()
        self._slugs = {*db.session.scalars(select(Listing.slug))}
        self._slugs |= {*db.session.scalars(select(FormerSlug.slug))}

    def store(self, rows: Sequence[Row]) -> None:
        """Store the rows in one transaction. Raises BadSample for one that would be refused."""
        drafts = [_draft(row, self._today) for row in rows]
        with writing():
            owners = _added(Organisation, [self._organisation(one) for one in drafts])
            made = [_Made(draft, owner) for draft, owner in zip(drafts, owners, strict=True)]
            holders = _added(Member, [one.member for one in made])
            listings = _added(Listing, [self._listing(one) for one in made])
            for one, holder, listing in zip(made, holders, listings, strict=True):
                one.holder, one.listing = holder, listing
            _put(Certification, [one.certification for one in made])
            _put(ListingText, [text for one in made for text in one.texts])
            _put(ListingTag, [tag for one in made for tag in one.tags])
            _put(Office, [office for one in made for office in one.offices])
            _put(SearchChange, [one.change(self._now) for one in made])
            settle()

    def _organisation(self, draft: ListingDraft) -> Values:
        said, key = draft.standing, draft.external_id
        package, tier = (said.package, said.tier) if said else (None, None)
        since = standing.package_since(key, founded=draft.content.founded, today=self._today)
        return {
            "external_id": key,
            "name": draft.content.name,
            "package": package,
            "package_since": since if package else None,
            "tier": tier,
            "tier_since": standing.tier_since(key, package=since, today=self._today)
            if tier
            else None,
            "created_at": self._now,
        }

    def _listing(self, made: _Made) -> Values:
        content = made.draft.content
        state = ListingState.PUBLISHED if made.draft.is_complete else ListingState.DRAFT
        values = {name: getattr(content, name) for name in PLAIN}
        return values | {
            "state": state,
            "organisation_id": made.owner,
            "slug": self._free_slug(content.name),
            "first_public": made.first_public(self._today) if state == "published" else None,
            "created_at": self._now,
            "changed_at": self._now,
        }

    def _free_slug(self, name: str) -> str:
        """As `listings.services` numbers them."""
        slug = base = slugify(name)
        number = 2
        while slug in self._slugs:
            slug = f"{base[: LONGEST - 6]}-{number}"
            number += 1
        self._slugs.add(slug)
        return slug


@dataclass
class _Made:
    """An organisation that was stored, and the rows that follow from its draft."""

    draft: ListingDraft
    owner: int
    holder: int = 0
    listing: int = 0

    @property
    def proof(self) -> CertificationContent:
        if self.draft.certification is None or not self.draft.certification.content.holder:
            raise BadSample(f"{self.draft.external_id} has no certification")
        return self.draft.certification.content

    @property
    def member(self) -> Values:
        return {"organisation_id": self.owner, "name": self.proof.holder}

    @property
    def certification(self) -> Values:
        proof = {name: value for name, value in vars(self.proof).items() if name != "holder"}
        key = self.draft.certification.external_id if self.draft.certification else None
        owned = {"organisation_id": self.owner, "member_id": self.holder, "external_id": key}
        return proof | owned

    @property
    def texts(self) -> Iterator[Values]:
        for language, (tagline, description) in self.draft.content.texts.items():
            yield self._of_listing(language=language, tagline=tagline, description=description)

    @property
    def tags(self) -> Iterator[Values]:
        for kind, values in self.draft.content.tags.items():
            for position, value in enumerate(values):
                yield self._of_listing(kind=kind, value=value, position=position)

    @property
    def offices(self) -> Iterator[Values]:
        for position, office in enumerate(self.draft.content.offices):
            yield self._of_listing(position=position, **vars(office))

    def change(self, now: datetime) -> Values:
        return self._of_listing(created_at=now)

    def first_public(self, today: date) -> date | None:
        """A day since the certification was issued; the very first if it ended meanwhile (DIR-2).

        The same one for the same day, so that the newest are not all of one day.
        """
        period = Period.of(
            issued=self.proof.issued, expires=self.proof.expires, revoked=self.proof.revoked
        )
        if not period or period.first > today:
            return None
        if today not in period:
            return period.first
        span = (today - period.first).days
        chance = Random(f"{self.draft.external_id} public")
        return period.first + timedelta(days=chance.randint(0, span))

    def _of_listing(self, **values: object) -> Values:
        return {"listing_id": self.listing, **values}


def _draft(row: Row, today: date) -> ListingDraft:
    fields = Fields.of(row)
    draft = listing_draft(fields, today)
    if draft is None:
        raise BadSample(f"{row.values.get('external_id')}: {fields.refusals}")
    return draft


def _added(model: type[Base], rows: Sequence[Values]) -> list[int]:
    """Insert the rows; their ids, in order."""
    key = model.__table__.c["id"]
    adding = insert(model.__table__).returning(key, sort_by_parameter_order=True)  # type: ignore[arg-type]
    return list(db.session.scalars(adding, rows))


def _put(model: type[Base], rows: Sequence[Values]) -> None:
    if rows:
        db.session.execute(insert(model.__table__), rows)  # type: ignore[arg-type]
