"""What a result shows of a listing, read as plain rows: a page has twenty, each in many parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    String,
    and_,
    bindparam,
    literal,
    select,
    type_coerce,
)

from directory.accounts.models import Organisation
from directory.database import db
from directory.kernel.policy import Package, Tier
from directory.listings.models import Listing, ListingTag, ListingText, Office, TagKind
from directory.listings.queries import PUBLIC


class CardText(NamedTuple):
    """Texts in one language; `language` is empty when it was not said."""

    language: str
    tagline: str
    description: str


class CardOffice(NamedTuple):
    """An office as a place; see `models.Office`."""

    position: int
    country: str
    region: str | None
    city_id: int | None
    city_name: str | None


class CardOrganisation(NamedTuple):
    """Whose listing it is; see `models.Organisation`."""

    id: int
    external_id: str | None
    created_at: datetime
    tier: Tier | None
    package: Package | None

    @property
    def key(self) -> str:
        """Its id for others."""
        return Organisation.key_of(self.id, self.external_id, self.created_at)


@dataclass(frozen=True)
class Card:
    """A public listing as results show it; names and units as in `models.Listing`."""

    id: int
    slug: str
    name: str
    logo: str | None
    budget_min: int | None
    accepting: bool | None
    first_public: date | None
    organisation: CardOrganisation
    texts: Sequence[CardText]
    offices: Sequence[CardOffice]
    services: Sequence[str]
    industries: Sequence[str]
    languages: Sequence[str]
    serves: Sequence[str]
    credentials: Sequence[str]


@dataclass(frozen=True)
class Brief:
    """What a line shows of a listing; office: the head office, if there is one."""

    slug: str
    name: str
    logo: str | None
    tier: Tier | None
    office: CardOffice | None


AnyListing = Listing | Card
AnyText = ListingText | CardText
AnyOffice = Office | CardOffice

LISTED = (
    Listing.id.label("listing_id"),
    *(Listing.slug, Listing.name, Listing.logo, Listing.budget_min, Listing.accepting),
    Listing.first_public,
    *(Organisation.id, Organisation.external_id, Organisation.created_at),
    *(Organisation.tier, Organisation.package),
)
TEXTS = (ListingText.language, ListingText.tagline)
OFFICES = (Office.position, Office.country, Office.region, Office.city_id, Office.city_name)
# Written once, since writing a query takes longer than answering it.
IDS: BindParameter[int] = bindparam("ids", expanding=True)


def _listing_query(description: ColumnElement[str]) -> Select[*tuple[Any, ...]]:
    return (
        select(*LISTED, *TEXTS, description)
        .join(Organisation, Organisation.id == Listing.organisation_id)
        .outerjoin(ListingText, ListingText.listing_id == Listing.id)
        .where(Listing.id.in_(IDS), PUBLIC)
        .order_by(Listing.id, ListingText.language)
    )


BRIEF = _listing_query(literal("").label("description"))
DESCRIBED = _listing_query(ListingText.description.label("description"))
TAGGED = (
    select(ListingTag.listing_id, type_coerce(ListingTag.kind, String), ListingTag.value)
    .where(ListingTag.listing_id.in_(IDS))
    .order_by(ListingTag.position)
)
PLACED = (
    select(Office.listing_id, *OFFICES).where(Office.listing_id.in_(IDS)).order_by(Office.position)
)
BRIEFLY = (
    select(Listing.id, Listing.slug, Listing.name, Listing.logo, Organisation.tier, *OFFICES)
    .join(Organisation, Organisation.id == Listing.organisation_id)
    .outerjoin(Office, and_(Office.listing_id == Listing.id, Office.position == 0))
    .where(Listing.id.in_(IDS), PUBLIC)
)


def visible_briefly(ids: Collection[int], today: date) -> dict[int, Brief]:
    """What a line shows of public listings, by id, in one query; others are left out."""
    found = {}
    for row in _asked(BRIEFLY, ids, today=today):
        office = None if row.position is None else CardOffice._make(row[-len(OFFICES) :])
        found[row.id] = Brief(row.slug, row.name, row.logo, row.tier, office)
    return found


def visible_cards(ids: Collection[int], today: date, *, described: bool = False) -> dict[int, Card]:
    """Public listings by id with all that a result shows, in three queries; others are left out.

    described: with descriptions, which are long; they are empty otherwise.
    """
    rows = _listed(ids, today, described=described)
    known = list(rows)
    tags, offices = _tags(known), _offices(known)
    return {one: _card(rows[one], tags[one], offices[one]) for one in known}


def _listed(ids: Collection[int], today: date, *, described: bool) -> dict[int, list[Row[Any]]]:
    """For each public listing a row for each of its languages, at least one."""
    found: defaultdict[int, list[Row[Any]]] = defaultdict(list)
    for row in _asked(DESCRIBED if described else BRIEF, ids, today=today):
        found[row.listing_id].append(row)
    return found


def _tags(ids: Collection[int]) -> defaultdict[int, dict[str, list[str]]]:
    found: defaultdict[int, dict[str, list[str]]] = defaultdict(dict)
    for listing_id, kind, value in map(tuple, _asked(TAGGED, ids)):
        found[listing_id].setdefault(kind, []).append(value)
    return found


def _offices(ids: Collection[int]) -> defaultdict[int, list[CardOffice]]:
    found: defaultdict[int, list[CardOffice]] = defaultdict(list)
    for row in _asked(PLACED, ids):
        found[row[0]].append(CardOffice._make(row[1:]))
    return found


def _asked(
    query: Select[*tuple[Any, ...]], ids: Collection[int], **values: date
) -> Sequence[Row[Any]]:
    """The rows of a query that was written once, without a detour over objects."""
    return db.session.connection().execute(query, {"ids": list(ids), **values}).all()


def _card(
    rows: Sequence[Row[Any]], tags: dict[str, list[str]], offices: Sequence[CardOffice]
) -> Card:
    first = rows[0]
    return Card(
        id=first.listing_id,
        slug=first.slug,
        name=first.name,
        logo=first.logo,
        budget_min=first.budget_min,
        accepting=first.accepting,
        first_public=first.first_public,
        organisation=CardOrganisation(
            first.id, first.external_id, first.created_at, first.tier, first.package
        ),
        texts=[
            CardText(row.language, row.tagline, row.description)
            for row in rows
            if row.language is not None
        ],
        offices=offices,
        services=tags.get(TagKind.SERVICE, ()),
        industries=tags.get(TagKind.INDUSTRY, ()),
        languages=tags.get(TagKind.LANGUAGE, ()),
        serves=tags.get(TagKind.SERVES, ()),
        credentials=tags.get(TagKind.CREDENTIAL, ()),
    )
