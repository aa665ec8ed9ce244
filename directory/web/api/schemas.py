"""The shapes of the interface's answers, as JSON Schema."""

from __future__ import annotations

from typing import Any

from directory.kernel.policy import Package, Tier
from directory.search.results import Via

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DAY: Schema = {"type": "string", "format": "date"}
ADDRESS: Schema = {"type": "string", "format": "uri"}


def or_null(schema: Schema) -> Schema:
    """That, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def listed(schema: Schema) -> Schema:
    """An array of that."""
    return {"type": "array", "items": schema}


def named(properties: dict[str, Schema], *, optional: tuple[str, ...] = ()) -> Schema:
    """An object that has all of these but the optional ones; a later version may add others."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def ref(name: str) -> Schema:
    """The schema of that name."""
    return {"$ref": f"#/components/schemas/{name}"}


NAMED = {"slug": TEXT, "en": TEXT, "de": TEXT}
PLACE = {
    "country": TEXT,
    "region": or_null(TEXT),
    "city": or_null(WHOLE),
    "city_name": or_null(TEXT),
    "lat": or_null({"type": "number"}),
    "lon": or_null({"type": "number"}),
    "via": {"enum": [via.value for via in Via]},
}
CARD = {
    "slug": TEXT,
    "external_id": TEXT,
    "name": TEXT,
    "tagline": TEXT,
    "url": ADDRESS,
    "tier": or_null({"enum": [tier.value for tier in Tier]}),
    "package": or_null({"enum": [package.value for package in Package]}),
    "rating": ref("Rating"),
    "services": listed(TEXT),
    "industries": listed(TEXT),
    "languages": listed(TEXT),
    "locations": listed(ref("Location")),
    "budget_min": or_null(COUNT),
}
RESULT = CARD | {
    "distance_km": or_null({"type": "number", "minimum": 0}),
    "explain": listed(
        named({"part": TEXT, "value": {"type": ["string", "number", "null"]}, "label": TEXT})
    ),
}
CERTIFICATION = {"kind": TEXT, "issued": DAY, "expires": or_null(DAY)}
PICTURE = {
    "url": ADDRESS,
    "width": WHOLE,
    "height": WHOLE,
    "captions": {"type": "object", "additionalProperties": TEXT},
}
OFFICE = {"postal_code": TEXT, "street": TEXT, "head": {"type": "boolean"}}

SCHEMAS: dict[str, Schema] = {
    "Page": named(
        {
            "total": COUNT,
            "page": {"type": "integer", "minimum": 1},
            "pages": COUNT,
            "sentence": TEXT,
            "understood": listed(
                named({"facet": TEXT, "value": TEXT, "label": TEXT, "words": TEXT})
            ),
            "unmatched": listed(TEXT),
            "cut": listed(TEXT),
            "results": listed(ref("Result")),
            "facets": {
                "type": "object",
                "additionalProperties": listed(
                    named({"value": TEXT, "label": TEXT, "count": COUNT})
                ),
            },
        }
    ),
    "Result": named(RESULT, optional=("explain",)),
    "Listing": named(
        CARD
        | {
            "description": TEXT,
            "texts": {
                "type": "object",
                "additionalProperties": named({"tagline": TEXT, "description": TEXT}),
            },
            "website": or_null(TEXT),
            "founded": or_null(WHOLE),
            "team_size": or_null(WHOLE),
            "accepting": or_null({"type": "boolean"}),
            "credentials": listed(TEXT),
            "logo": or_null(ADDRESS),
            "pictures": listed(named(PICTURE)),
            "tier_since": or_null(DAY),
            "package_since": or_null(DAY),
            "certifications": listed(named(CERTIFICATION)),
            "offices": listed(named(PLACE | OFFICE)),
        }
    ),
    "Rating": named(
        {
            "average": or_null({"type": "number"}),
            "lower": or_null({"type": "number"}),
            "count": COUNT,
        }
    ),
    "Location": named(PLACE),
    "Taxonomy": named(
        {
            "areas": listed(named(NAMED)),
            "services": listed(named(NAMED | {"area": TEXT})),
            "industries": listed(named(NAMED)),
            "credentials": listed(named(NAMED)),
            "tiers": listed(named(NAMED)),
        }
    ),
    "Description": {"type": "object", "required": ["openapi", "paths"]},
    "Problem": named(
        {
            "type": TEXT,
            "title": TEXT,
            "status": WHOLE,
            "detail": TEXT,
            "error": TEXT,
            "parameter": TEXT,
        },
        optional=("parameter",),
    ),
}
