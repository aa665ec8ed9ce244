"""Documents of generated listings, made from their rows without a database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from directory.certification.rules import Period
from directory.kernel.policy import Package, Tier
from directory.listings.models import Listing
from directory.samples.generated import rows
from directory.search.documents import Document, document_of


def documents(count: int, today: date) -> Iterator[Document]:
    """The documents of `count` generated listings."""
    for number, row in enumerate(rows(count, today), 1):
        proof = row["certification"]
        period = Period(date.fromisoformat(proof["issued"]), date.fromisoformat(proof["expires"]))
        yield document_of(_listing(number, row), [period])


def _listing(number: int, row: dict[str, Any]) -> Listing:
    """What a document is made of, as a listing has it."""
    tier, package = row.get("tier"), row.get("package")
    standing = SimpleNamespace(
        tier=Tier(tier) if tier else None, package=Package(package) if package else None
    )
    facts = {
        "id": number,
        "name": row["name"],
        "organisation": standing,
        "accepting": row.get("accepting"),
        "budget_min": row.get("budget_min"),
        "first_public": None,
        "texts": [
            SimpleNamespace(language=one, tagline=tagline, description=row["description"][one])
            for one, tagline in row["tagline"].items()
        ],
        "offices": [
            SimpleNamespace(
                country=one["country"], region=one.get("region"), city_id=one["city"], city_name=""
            )
            for one in row["locations"]
        ],
    }
    lists = ("services", "industries", "languages", "credentials", "serves")
    return cast("Listing", SimpleNamespace(**facts, **{name: row.get(name, []) for name in lists}))
