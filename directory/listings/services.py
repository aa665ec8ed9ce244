"""What can be done with a listing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from sqlalchemy import delete, select, update

from directory.accounts.models import Organisation
from directory.database import db, record
from directory.kernel.errors import Refusal, Refused
from directory.kernel.slugs import LONGEST, slugify
from directory.listings import queries
from directory.listings.events import ListingChanged, ListingRemoved
from directory.listings.models import (
    FormerSlug,
    Listing,
    ListingPicture,
    ListingState,
    ListingTag,
    ListingText,
    Office,
    OldUrl,
    TagKind,
)

IDS_AT_ONCE = 500
# What a listing and its content have under the same names.
PLAIN = ("name", "state", "website", "founded", "team_size", "budget_min", "accepting", "logo")


@dataclass(frozen=True)
class OfficeContent:
    """One office as it should be; see `Office`."""

    country: str
    region: str | None = None
    city_id: int | None = None
    city_name: str | None = None
    postal_code: str = ""
    street: str = ""


@dataclass(frozen=True)
class PictureContent:
    """One picture as it should be; see `ListingPicture`."""

    file: str
    width: int
    height: int
    captions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ListingContent:
    """All that a listing should say; see `Listing` for units.

    texts: (tagline, description) by language, the empty key where the language was not said;
    tags: values by kind, in order.
    """

    name: str
    state: ListingState
    website: str | None = None
    founded: int | None = None
    team_size: int | None = None
    budget_min: int | None = None
    accepting: bool | None = None
    logo: str | None = None
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    tags: Mapping[TagKind, Sequence[str]] = field(default_factory=dict)
    offices: Sequence[OfficeContent] = ()
    pictures: Sequence[PictureContent] = ()
    old_urls: Sequence[str] = ()


def create_listing(
    organisation: Organisation, content: ListingContent, *, slug: str | None, at: datetime
) -> Listing:
    """Make the organisation's listing; without a `slug` one is made from the name.

    Raises Refused when the slug or an old address belongs to another listing.
    """
    listing = Listing(
        organisation=organisation, slug=_free_slug(slug, content.name), created_at=at, changed_at=at
    )
    db.session.add(listing)
    _write(listing, content)
    db.session.flush()
    if content.old_urls:
        _write_old_urls(listing, content.old_urls)
    record(ListingChanged(listing.id))
    return listing


def revise_listing(
    listing: Listing, content: ListingContent, *, slug: str | None, at: datetime
) -> bool:
    """Make the listing say `content`; True if anything changed, and only then a fact is recorded.

    A new `slug` keeps the former one as a redirect. Raises Refused when the slug or an old address
    belongs to another listing.
    """
    moved = slug is not None and slug != listing.slug
    if moved:
        _move(listing, slug or "")
    changed = content != content_of(listing)
    if changed:
        _write(listing, content)
        db.session.flush()
        _write_old_urls(listing, content.old_urls)
    if moved or changed:
        listing.changed_at = at
        record(ListingChanged(listing.id))
    return moved or changed


def content_of(listing: Listing) -> ListingContent:
    """What the listing says now, comparable with what it should say."""
    return ListingContent(
        **{name: getattr(listing, name) for name in PLAIN},
        texts={text.language: (text.tagline, text.description) for text in listing.texts},
        tags={kind: values for kind in TagKind if (values := tuple(listing.tagged(kind)))},
        offices=tuple(
            OfficeContent(**{one.name: getattr(office, one.name) for one in fields(OfficeContent)})
            for office in listing.offices
        ),
        pictures=tuple(
            PictureContent(one.file, one.width, one.height, one.captions)
            for one in listing.pictures
        ),
        old_urls=old_urls_of(listing),
    )


def old_urls_of(listing: Listing) -> tuple[str, ...]:
    """The paths that redirect to the listing, in their order."""
    return tuple(
        db.session.scalars(
            select(OldUrl.path).where(OldUrl.listing_id == listing.id).order_by(OldUrl.position)
        )
    )


def remove_listing(listing: Listing) -> None:
    """Remove it for good, with its redirects."""
    record(ListingRemoved(listing.id))
    db.session.delete(listing)
    db.session.flush()


def note_public(today: date, *, listing_ids: Sequence[int] | None = None) -> list[int]:
    """Note of each listing that is public for the first time that it is; their ids.

    Once noted, its page answers 410 instead of 404 while it is hidden (DIR-2).
    """
    unnoted = select(Listing.id).where(Listing.first_public.is_(None), queries.visible(today))
    if listing_ids is not None:
        unnoted = unnoted.where(Listing.id.in_(listing_ids))
    noted = list(db.session.scalars(unnoted.order_by(Listing.id)))
    for start in range(0, len(noted), IDS_AT_ONCE):
        some = noted[start : start + IDS_AT_ONCE]
        db.session.execute(
            update(Listing)
            .where(Listing.id.in_(some))
            .values(first_public=today)
            .execution_options(synchronize_session=False)
        )
    return noted


def _write(listing: Listing, content: ListingContent) -> None:
    for name in PLAIN:
        setattr(listing, name, getattr(content, name))
    _write_texts(listing, content)
    _write_tags(listing, content)
    _write_offices(listing, content)
    _write_pictures(listing, content)


def _write_texts(listing: Listing, content: ListingContent) -> None:
    kept = {text.language: text for text in listing.texts}
    listing.texts = [
        kept.get(language) or ListingText(language=language) for language in content.texts
    ]
    for text in listing.texts:
        text.tagline, text.description = content.texts[text.language]


def _write_tags(listing: Listing, content: ListingContent) -> None:
    kept = {(tag.kind, tag.value): tag for tag in listing.tags}
    wanted = []
    for kind, values in content.tags.items():
        for position, value in enumerate(values):
            tag = kept.get((kind, value)) or ListingTag(kind=kind, value=value)
            tag.position = position
            wanted.append(tag)
    listing.tags = wanted


def _write_offices(listing: Listing, content: ListingContent) -> None:
    kept = {office.position: office for office in listing.offices}
    wanted = []
    for position, office_content in enumerate(content.offices):
        office = kept.get(position) or Office(position=position)
        for name, value in vars(office_content).items():
            setattr(office, name, value)
        wanted.append(office)
    listing.offices = wanted


def _write_pictures(listing: Listing, content: ListingContent) -> None:
    kept = {picture.position: picture for picture in listing.pictures}
    wanted = []
    for position, picture_content in enumerate(content.pictures):
        picture = kept.get(position) or ListingPicture(position=position)
        for name, value in vars(picture_content).items():
            setattr(picture, name, value)
        wanted.append(picture)
    listing.pictures = wanted


def _write_old_urls(listing: Listing, paths: Sequence[str]) -> None:
    taken = db.session.scalars(
        select(OldUrl.path).where(OldUrl.path.in_(paths), OldUrl.listing_id != listing.id)
    ).all()
    if taken:
        raise Refused(Refusal("old_urls", f"{taken[0]} belongs to another listing"))
    db.session.execute(delete(OldUrl).where(OldUrl.listing_id == listing.id))
    for position, path in enumerate(paths):
        db.session.execute(
            OldUrl.__table__.insert().values(path=path, listing_id=listing.id, position=position)  # type: ignore[attr-defined]
        )


def _move(listing: Listing, slug: str) -> None:
    former = listing.slug
    db.session.execute(
        delete(FormerSlug).where(FormerSlug.slug == slug, FormerSlug.listing_id == listing.id)
    )
    listing.slug = _free_slug(slug, listing.name)
    db.session.flush()
    db.session.add(FormerSlug(slug=former, listing_id=listing.id))
    db.session.flush()


def _free_slug(slug: str | None, name: str) -> str:
    if slug is not None:
        if _is_taken(slug):
            raise Refused(Refusal("slug", f"{slug} belongs to another listing"))
        return slug
    base = slugify(name)
    if not _is_taken(base):
        return base
    number = 2
    while _is_taken(numbered := f"{base[: LONGEST - 6]}-{number}"):
        number += 1
    return numbered


def _is_taken(slug: str) -> bool:
    former = select(FormerSlug.slug).where(FormerSlug.slug == slug)
    return queries.by_slug(slug) is not None or db.session.scalar(former) is not None
