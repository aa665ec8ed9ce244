"""All models of the product, so that their tables are known."""

from __future__ import annotations

from directory.accounts.models import Member, Organisation
from directory.certification.models import Certification
from directory.generation import Generation
from directory.jobs.models import JobRun
from directory.listings.models import (
    FormerSlug,
    Listing,
    ListingTag,
    ListingText,
    Office,
    OldUrl,
)
from directory.search.models import SearchChange

__all__ = [
    "Certification",
    "FormerSlug",
    "Generation",
    "JobRun",
    "Listing",
    "ListingTag",
    "ListingText",
    "Member",
    "Office",
    "OldUrl",
    "Organisation",
    "SearchChange",
]
