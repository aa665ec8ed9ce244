"""The values that facets may have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from directory.kernel.policy import Tier
from directory.taxonomy import queries as taxonomy
from directory.taxonomy.queries import Term
from directory.web.guards import allow
from directory.web.keeping import kept


@allow("anyone")
@kept()
def show() -> dict[str, Any]:
    """Areas, services, industries, credentials and tiers with their names in both languages."""
    return {
        "areas": _named(taxonomy.areas().values()),
        "services": [_name(term) | {"area": term.area} for term in taxonomy.services().values()],
        "industries": _named(taxonomy.industries().values()),
        "credentials": _named(taxonomy.credentials().values()),
        "tiers": [{"slug": tier, "en": tier.label, "de": tier.label} for tier in Tier],
    }


def _named(terms: Iterable[Term]) -> list[dict[str, str]]:
    return [_name(term) for term in terms]


def _name(term: Term) -> dict[str, str]:
    return {"slug": term.slug, "en": term.en, "de": term.de}
