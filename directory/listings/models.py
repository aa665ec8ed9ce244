"""Listings with their texts, tags and offices."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.accounts.models import NAME_LENGTH, Organisation
from directory.columns import UtcDateTime, choice
from directory.database import Base
from directory.kernel.slugs import LONGEST as SLUG_LENGTH

WEBSITE_LENGTH = 500
TAGLINE_LENGTH = 300
DESCRIPTION_LENGTH = 20_000
PLACE_LENGTH = 120
STREET_LENGTH = 200
POSTAL_CODE_LENGTH = 20
TAG_LENGTH = 60
PATH_LENGTH = 500
FILE_LENGTH = 80
CAPTION_LENGTH = 200
PICTURES_MOST = 6
BUDGET_MOST = 100_000_000
TEAM_MOST = 1_000_000


class ListingState(StrEnum):
    """What its organisation wants: only a published listing can be public (DIR-2)."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class TagKind(StrEnum):
    """What a tag says of a listing."""

    SERVICE = "service"
    INDUSTRY = "industry"
    LANGUAGE = "language"
    SERVES = "serves"
    CREDENTIAL = "credential"


class Listing(Base):
    """What the public sees of an organisation.

    budget_min: the smallest budget it works for, whole EUR; team_size: people;
    first_public: the first day on which the public saw it (its page then answers 410, not 404,
    while it is hidden); logo: its stored picture; changed_at: when its content last changed.
    """

    __tablename__ = "listings"
    __table_args__ = (
        CheckConstraint(f"budget_min BETWEEN 0 AND {BUDGET_MOST}", name="budget_in_range"),
        CheckConstraint(f"team_size BETWEEN 1 AND {TEAM_MOST}", name="team_in_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), unique=True
    )
    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    website: Mapped[str | None] = mapped_column(String(WEBSITE_LENGTH))
    founded: Mapped[int | None]
    team_size: Mapped[int | None]
    budget_min: Mapped[int | None]
    accepting: Mapped[bool | None]
    state: Mapped[ListingState] = mapped_column(choice(ListingState), index=True)
    first_public: Mapped[date | None]
    logo: Mapped[str | None] = mapped_column(String(FILE_LENGTH))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime())
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime())

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    texts: Mapped[list[ListingText]] = relationship(
        cascade="all, delete-orphan", order_by="ListingText.language"
    )
    tags: Mapped[list[ListingTag]] = relationship(
        cascade="all, delete-orphan", order_by="ListingTag.kind, ListingTag.position"
    )
    offices: Mapped[list[Office]] = relationship(
        cascade="all, delete-orphan", order_by="Office.position"
    )
    pictures: Mapped[list[ListingPicture]] = relationship(
        cascade="all, delete-orphan", order_by="ListingPicture.position"
    )

    def tagged(self, kind: TagKind) -> list[str]:
        """The values of one kind, in their order."""
        return [tag.value for tag in self.tags if tag.kind is kind]

    @property
    def services(self) -> list[str]:
        return self.tagged(TagKind.SERVICE)

    @property
    def industries(self) -> list[str]:
        return self.tagged(TagKind.INDUSTRY)

    @property
    def languages(self) -> list[str]:
        return self.tagged(TagKind.LANGUAGE)

    @property
    def serves(self) -> list[str]:
        """Countries and regions served beyond the offices."""
        return self.tagged(TagKind.SERVES)

    @property
    def credentials(self) -> list[str]:
        return self.tagged(TagKind.CREDENTIAL)


class ListingText(Base):
    """Tagline and description in one language; `language` is empty when it was not said."""

    __tablename__ = "listing_texts"

    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listings.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    tagline: Mapped[str] = mapped_column(String(TAGLINE_LENGTH), default="")
    description: Mapped[str] = mapped_column(String(DESCRIPTION_LENGTH), default="")


class ListingTag(Base):
    """One service, industry, language, credential or served place of a listing."""

    __tablename__ = "listing_tags"
    __table_args__ = (Index("ix_listing_tags_kind_value", "kind", "value", "listing_id"),)

    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listings.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[TagKind] = mapped_column(choice(TagKind), primary_key=True)
    value: Mapped[str] = mapped_column(String(TAG_LENGTH), primary_key=True)
    position: Mapped[int]


class Office(Base):
    """A place where an organisation works; the first one is its head office.

    city_id: GeoNames id; city_name: the city as written, where the gazetteer does not know it.
    """

    __tablename__ = "offices"
    __table_args__ = (Index("ix_offices_place", "country", "region", "city_id"),)

    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listings.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(String(2))
    region: Mapped[str | None] = mapped_column(String(6))
    city_id: Mapped[int | None]
    city_name: Mapped[str | None] = mapped_column(String(PLACE_LENGTH))
    postal_code: Mapped[str] = mapped_column(String(POSTAL_CODE_LENGTH), default="")
    street: Mapped[str] = mapped_column(String(STREET_LENGTH), default="")


class ListingPicture(Base):
    """A picture of an organisation's work, in its order.

    file: the stored picture; width, height: of its largest size, in pixels; captions: by language,
    the empty key where the language was not said.
    """

    __tablename__ = "listing_pictures"

    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listings.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    file: Mapped[str] = mapped_column(String(FILE_LENGTH), index=True)
    width: Mapped[int]
    height: Mapped[int]
    captions: Mapped[dict[str, str]] = mapped_column(JSON)


class FormerSlug(Base):
    """A slug that a listing once had; it redirects for ever and is not given to another one."""

    __tablename__ = "former_slugs"

    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH), primary_key=True)
    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listings.id", ondelete="CASCADE"), index=True
    )


class OldUrl(Base):
    """A path under which another directory showed the listing; it redirects."""

    __tablename__ = "old_urls"

    path: Mapped[str] = mapped_column(String(PATH_LENGTH), primary_key=True)
    listing_id: Mapped[int] = mapped_column(
        ForeignKey("listings.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
