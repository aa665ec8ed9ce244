"""The part of schema.org's vocabulary that pages use.

Source: the vocabulary at https://schema.org/docs/full.html, compared with the types that the npm
package schema-dts 2.1.0 makes of it. A type has the properties of those above it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PARENTS = {
    "Action": ("Thing",),
    "AdministrativeArea": ("Place",),
    "BreadcrumbList": ("ItemList",),
    "Country": ("AdministrativeArea",),
    "CreativeWork": ("Thing",),
    "Credential": ("CreativeWork",),
    "EducationalOccupationalCredential": ("Credential",),
    "EntryPoint": ("Thing",),
    "ItemList": ("Thing",),
    "ListItem": ("Thing",),
    "LocalBusiness": ("Organization", "Place"),
    "Offer": ("Thing",),
    "Organization": ("Thing",),
    "Place": ("Thing",),
    "PostalAddress": ("Thing",),
    "QuantitativeValue": ("Thing",),
    "SearchAction": ("Action",),
    "Service": ("Thing",),
    "Thing": (),
    "WebSite": ("CreativeWork",),
}
PROPERTIES = {
    # `query-input` is no property of the vocabulary but of its actions' notation for inputs:
    # https://schema.org/docs/actions.html
    "Action": {"query-input", "target"},
    "CreativeWork": {"expires", "inLanguage", "publisher"},
    "Credential": {"credentialCategory"},
    "EntryPoint": {"urlTemplate"},
    "ItemList": {"itemListElement", "numberOfItems"},
    "ListItem": {"item", "position"},
    "Offer": {"itemOffered"},
    "Organization": {
        *("address", "areaServed", "foundingDate", "hasCredential", "knowsLanguage", "logo"),
        *("makesOffer", "numberOfEmployees", "parentOrganization"),
    },
    "PostalAddress": {
        *("addressCountry", "addressLocality", "addressRegion", "postalCode", "streetAddress"),
    },
    "QuantitativeValue": {"value"},
    "Thing": {"description", "image", "name", "potentialAction", "sameAs", "url"},
}


def problems(node: Any, where: str = "") -> Iterator[str]:
    """What of a node, and of those in it, the vocabulary does not know."""
    if isinstance(node, list):
        for at, one in enumerate(node):
            yield from problems(one, f"{where}[{at}]")
    if not isinstance(node, dict) or set(node) == {"@id"}:
        return
    kind = node.get("@type", "")
    if kind not in PARENTS:
        yield f"{where}: no type {kind!r}"
        return
    known = set(_properties(kind))
    for name, value in node.items():
        if not name.startswith("@") and name not in known:
            yield f"{where}: {kind} has no {name}"
        yield from problems(value, f"{where}.{name}")


def _properties(kind: str) -> Iterator[str]:
    yield from PROPERTIES.get(kind, ())
    for parent in PARENTS[kind]:
        yield from _properties(parent)
