"""Listings as rows of a file, in the order and under the names of the import format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from directory.exchange.listings import CURRENCY
from directory.files.services import path_of
from directory.listings import queries
from directory.listings.models import Listing
from directory.listings.services import old_urls_of

NAMES = (
    "external_id",
    "name",
    "website",
    "tagline",
    "description",
    "founded",
    "team_size",
    "services",
    "industries",
    "languages",
    "locations",
    "serves",
    "budget_min",
    "accepting",
    "package",
    "tier",
    "credentials",
    "logo",
    "pictures",
    "owner_email",
    "slug",
    "old_urls",
    "state",
)
LOGOS = "logos"
PICTURES = "pictures"


def listing_rows() -> Iterator[dict[str, object]]:
    """Every listing, the oldest first; what it does not say is left out.

    Certifications are a file of their own, so that a listing may have several.
    """
    for batch in queries.in_batches(queries.all_ids(), loaded=queries.WHOLE):
        for listing in batch:
            row = _row(listing)
            yield {name: row[name] for name in NAMES if row[name] not in (None, "", [], {})}


def listing_files(row: dict[str, object]) -> dict[str, Path]:
    """The stored files that a row names, by their path beside the exported file."""
    pictures: list[dict[str, object]] = row.get(PICTURES, [])  # type: ignore[assignment]
    named = [str(one["file"]) for one in pictures] + ([str(row["logo"])] if "logo" in row else [])
    found = {name: path_of(PurePosixPath(name).name) for name in named}
    return {name: stored for name, stored in found.items() if stored}


def _row(listing: Listing) -> dict[str, object]:
    organisation = listing.organisation
    money = {"amount": str(listing.budget_min), "currency": CURRENCY}
    return {
        "external_id": organisation.key,
        "name": listing.name,
        "website": listing.website,
        "tagline": _by_language({text.language: text.tagline for text in listing.texts}),
        "description": _by_language({text.language: text.description for text in listing.texts}),
        "founded": listing.founded,
        "team_size": listing.team_size,
        "services": listing.services,
        "industries": listing.industries,
        "languages": listing.languages,
        "locations": _locations(listing),
        "serves": listing.serves,
        "budget_min": None if listing.budget_min is None else money,
        "accepting": listing.accepting,
        "package": organisation.package and organisation.package.value,
        "tier": organisation.tier and organisation.tier.value,
        "credentials": listing.credentials,
        "logo": f"{LOGOS}/{listing.logo}" if listing.logo and path_of(listing.logo) else None,
        PICTURES: _pictures(listing),
        "owner_email": organisation.owner_email,
        "slug": listing.slug,
        "old_urls": list(old_urls_of(listing)),
        "state": listing.state.value,
    }


def _by_language(texts: dict[str, str]) -> str | dict[str, str]:
    """A plain text where the language was not said, else texts by language."""
    said = {language: text for language, text in texts.items() if text}
    return said[""] if set(said) == {""} else said


def _pictures(listing: Listing) -> list[dict[str, object]]:
    return [
        {"file": f"{PICTURES}/{one.file}"}
        | ({"caption": _by_language(one.captions)} if one.captions else {})
        for one in listing.pictures
        if path_of(one.file)
    ]


def _locations(listing: Listing) -> list[dict[str, object]]:
    offices = (
        {
            "country": office.country,
            "region": office.region,
            "city": office.city_id or office.city_name,
            "postal_code": office.postal_code,
            "street": office.street,
        }
        for office in listing.offices
    )
    return [{name: value for name, value in office.items() if value} for office in offices]
