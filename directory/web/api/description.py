"""The one table of what the interface offers; OpenAPI and the reference page come from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from directory.config import LANGUAGES, Settings
from directory.kernel.policy import POLICY, Package, Tier
from directory.search.labels import language_names
from directory.search.request import NONE, Sort
from directory.taxonomy import queries as taxonomy
from directory.web.api.schemas import SCHEMAS, Schema, ref

VERSION = "1"
JSON = "application/json"
PROBLEM = "application/problem+json"


def said(text: str) -> str:
    """Marks an English text as one that the page of reference shows in both languages."""
    return text


@dataclass(frozen=True)
class Parameter:
    """What may stand in an address. many: it may be repeated; inside: it is part of the path."""

    name: str
    text: str
    schema: Schema
    many: bool = False
    inside: bool = False


@dataclass(frozen=True)
class Operation:
    """One address that can be read; refusals: the statuses it may answer instead of 200."""

    path: str
    name: str
    text: str
    answer: str
    example: str
    parameters: tuple[Parameter, ...] = ()
    refusals: tuple[int, ...] = ()


REFUSALS = {
    301: said("The listing has another address now"),
    400: said("A parameter can't be right; parameter names it"),
    404: said("There is no such listing, or no such page"),
    406: said("The request takes no JSON"),
    410: said("The listing was public once and is not now"),
    414: said("The address is too long"),
    429: said("Too many requests; Retry-After says when to come back"),
    431: said("The headers are too large"),
    503: said("Temporarily unavailable; Retry-After says when to come back"),
}
ALWAYS = (406, 414, 429, 431, 503)
TEXT: Schema = {"type": "string"}
SWITCH: Schema = {"type": "string", "enum": ["0", "1"]}


def _number(least: int, most: int) -> Schema:
    return {"type": "integer", "minimum": least, "maximum": most}


def _of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


LANG = Parameter("lang", said("Language of names and sentences"), _of(*LANGUAGES))


def operations() -> tuple[Operation, ...]:
    """All that can be read."""
    slug = Parameter("slug", said("The listing's slug"), TEXT, inside=True)
    return (
        Operation(
            "/providers",
            "search",
            said("Searches public listings: the parameters, counts and order of the page"),
            "Page",
            "/providers?service=seo&country=DE&lang=de",
            (*_search_parameters(), LANG),
            (400, 404),
        ),
        Operation(
            "/providers/{slug}",
            "provider",
            said("One public listing with all that its page shows"),
            "Listing",
            "",
            (slug, LANG),
            (301, 400, 404, 410),
        ),
        Operation(
            "/taxonomy",
            "taxonomy",
            said("Areas, services, industries, credentials and tiers in both languages"),
            "Taxonomy",
            "/taxonomy",
        ),
        Operation(
            "/openapi.json",
            "description",
            said("This description for programs (OpenAPI 3.1)"),
            "Description",
            "/openapi.json",
        ),
    )


def openapi(settings: Settings) -> dict[str, Any]:
    """The description after OpenAPI 3.1, in English."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.site_name,
            "version": VERSION,
            "description": "Public listings, to be read without a key. Unknown parameters are "
            "ignored, and so are empty values; words and values beyond the limits are left out.",
        },
        "servers": [{"url": f"{settings.base_url}/api/v1"}],
        "paths": {one.path: {"get": _operation(one)} for one in operations()},
        "components": {"schemas": SCHEMAS},
    }


def _search_parameters() -> tuple[Parameter, ...]:
    services = (*taxonomy.areas(), *taxonomy.services())
    tiers, packages = (*Tier, NONE), (*Package, NONE)
    return (
        Parameter("q", said("Words; places and services among them become filters"), TEXT),
        Parameter("service", said("Slug of a service or an area"), _of(*services), many=True),
        Parameter("country", said("Country (ISO 3166-1)"), TEXT, many=True),
        Parameter("region", said("Region (ISO 3166-2)"), TEXT, many=True),
        Parameter("city", said("City (GeoNames id)"), TEXT, many=True),
        Parameter("near", said("Name or GeoNames id of the place to search around"), TEXT),
        Parameter(
            "radius", said("Kilometres around that place"), _number(1, POLICY.radius_most_km)
        ),
        Parameter("tier", said("Tier"), _of(*tiers), many=True),
        Parameter("package", said("Package"), _of(*packages), many=True),
        Parameter("industry", said("Industry"), _of(*taxonomy.industries()), many=True),
        Parameter("language", said("Language (ISO 639-1)"), _of(*language_names("en")), many=True),
        Parameter("credential", said("Credential"), _of(*taxonomy.credentials()), many=True),
        Parameter("budget", said("What you have to spend, in EUR"), _number(0, 999_999_999)),
        Parameter(
            "rating", said("Rating of at least"), {"type": "number", "enum": [1, 2, 3, 4, 5]}
        ),
        Parameter("accepting", said("1: takes on new customers"), SWITCH),
        Parameter("sort", said("Order"), _of(*Sort)),
        Parameter("page", said("Page, from 1; 20 results each"), _number(1, 10**9)),
        Parameter("explain", said("1: why each result stands where it stands"), SWITCH),
        Parameter("text", said("1: take the words literally"), SWITCH),
    )


def _operation(one: Operation) -> dict[str, Any]:
    answers = {str(code): _refusal(code) for code in sorted({*one.refusals, *ALWAYS})}
    return {
        "operationId": one.name,
        "summary": one.text,
        "parameters": [_parameter(parameter) for parameter in one.parameters],
        "responses": {
            "200": {"description": "OK", "content": {JSON: {"schema": ref(one.answer)}}},
            "304": {"description": "Not modified since If-None-Match"},
            **answers,
        },
    }


def _refusal(code: int) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": REFUSALS[code]}
    return answer if code == 301 else answer | {"content": {PROBLEM: {"schema": ref("Problem")}}}


def _parameter(one: Parameter) -> dict[str, Any]:
    schema = {"type": "array", "items": one.schema} if one.many else one.schema
    return {
        "name": one.name,
        "in": "path" if one.inside else "query",
        "required": one.inside,
        "description": one.text,
        "schema": schema,
    }
