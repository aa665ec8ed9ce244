"""What pages say of themselves to search engines: schema.org's words as data (JSON-LD)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from flask import url_for

from directory.config import settings
from directory.geography import queries as geography
from directory.geography.queries import Country
from directory.kernel.paging import Paging
from directory.listings.models import Listing, Office
from directory.taxonomy import queries as taxonomy
from directory.web.public.kept import without_kept
from directory.web.public.presenters.entry import Entry, logo_url, office_name
from directory.web.public.presenters.links import Link

if TYPE_CHECKING:
    from directory.web.public.presenters.credentials import Credential

Node = dict[str, Any]


def home(language: str) -> Node:
    """The site with its search, and who runs it if that is set."""
    site = settings()
    address = absolute(url_for("public.home"))
    search = absolute(url_for("public.results"))
    target = {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"}
    node: Node = {
        "@type": "WebSite",
        "@id": f"{address}#site",
        "name": site.site_name,
        "url": address,
        "inLanguage": language,
        "potentialAction": {
            "@type": "SearchAction",
            "target": target,
            "query-input": "required name=search_term_string",
        },
    }
    if site.operator:
        node["publisher"] = {"@type": "Organization", "name": site.operator}
    return _graph([node])


def results(sentence: str, entries: Sequence[Entry], paging: Paging) -> Node:
    """A page of results as a part of a list; positions go on from page to page."""
    return _graph([_list(sentence, entries, paging)])


def landing(
    heading: str, entries: Sequence[Entry], paging: Paging, crumbs: Sequence[Link], path: str
) -> Node:
    """The way to a landing page, its own step last among the crumbs, and its first results."""
    *way, here = crumbs
    return _graph([trail(way, here.label, absolute(path)), _list(heading, entries, paging)])


def listing(
    listing: Listing,
    summary: str,
    credentials: Iterable[Credential],
    crumbs: Sequence[Link],
    language: str,
) -> Node:
    """The organisation, each of its offices as a business of its own (B04), and the way there.

    Without any rating: there are no reviews yet. Offices have an address and no coordinates, since
    only their city's are known.
    """
    address = absolute(url_for("public.listing", slug=listing.slug))
    whole = f"{address}#organisation"
    return _graph(
        [
            _organisation(listing, whole, address, summary, credentials, language),
            *(_office(listing, office, whole, address, language) for office in listing.offices),
            trail(crumbs, listing.name, address),
        ]
    )


def page(crumbs: Sequence[Link], here: str, path: str) -> Node:
    """The way to a page that is no listing."""
    return _graph([trail(crumbs, here, absolute(path))])


def trail(crumbs: Sequence[Link], here: str, address: str) -> Node:
    """The trail that the page shows, its own step last (J06)."""
    steps = [(step.label, absolute(without_kept(step.url))) for step in crumbs]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": label, "item": url}
            for position, (label, url) in enumerate([*steps, (here, address)], 1)
        ],
    }


def absolute(path: str) -> str:
    """A path of this site as a whole address."""
    return settings().base_url + path


def _list(name: str, entries: Sequence[Entry], paging: Paging) -> Node:
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": entry.name,
            "url": absolute(without_kept(entry.url)),
        }
        for position, entry in enumerate(entries, paging.first)
    ]
    return {
        "@type": "ItemList",
        "name": name,
        "numberOfItems": paging.total,
        "itemListElement": items,
    }


def _graph(nodes: Sequence[Node]) -> Node:
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def _organisation(
    listing: Listing,
    whole: str,
    address: str,
    summary: str,
    credentials: Iterable[Credential],
    language: str,
) -> Node:
    team = listing.team_size
    facts: Node = {
        "description": summary,
        "sameAs": listing.website,
        "logo": _logo(listing),
        "image": [_file(one.file) for one in listing.pictures],
        "foundingDate": str(listing.founded) if listing.founded else None,
        "numberOfEmployees": {"@type": "QuantitativeValue", "value": team} if team else None,
        "knowsLanguage": listing.languages,
        "areaServed": _served(listing, language),
        "hasCredential": [_credential(one) for one in credentials],
        "makesOffer": _offers(listing, language),
    }
    node: Node = {"@type": "Organization", "@id": whole, "name": listing.name, "url": address}
    return node | {name: fact for name, fact in facts.items() if fact}


def _office(listing: Listing, office: Office, whole: str, address: str, language: str) -> Node:
    """An office: `LocalBusiness`, since schema.org has given up `ProfessionalService`."""
    region = geography.region(office.region) if office.region else None
    parts = {
        "streetAddress": office.street,
        "postalCode": office.postal_code,
        "addressLocality": office_name(office, language) if _has_city(office) else None,
        "addressRegion": region.name(language) if region else None,
        "addressCountry": office.country,
    }
    node: Node = {
        "@type": "LocalBusiness",
        "@id": f"{address}#office-{office.position + 1}",
        "name": listing.name,
        "url": address,
        "parentOrganization": {"@id": whole},
        "address": {"@type": "PostalAddress"}
        | {name: part for name, part in parts.items() if part},
    }
    logo = _logo(listing)
    return node | ({"image": logo} if logo else {})


def _has_city(office: Office) -> bool:
    return bool(office.city_id or office.city_name)


def _file(name: str) -> str:
    return absolute(url_for("files.send", name=name))


def _logo(listing: Listing) -> str | None:
    path = logo_url(listing, large=True)
    return absolute(path) if path else None


def _served(listing: Listing, language: str) -> list[Node]:
    places = [place for code in listing.serves if (place := geography.place(code))]
    return [
        {
            "@type": "Country" if isinstance(place, Country) else "AdministrativeArea",
            "name": place.name(language),
        }
        for place in places
    ]


def _credential(credential: Credential) -> Node:
    node: Node = {
        "@type": "EducationalOccupationalCredential",
        "name": credential.label,
        "credentialCategory": "certification",
    }
    return node | ({"expires": credential.expires.isoformat()} if credential.expires else {})


def _offers(listing: Listing, language: str) -> list[Node]:
    terms = [term for slug in listing.services if (term := taxonomy.services().get(slug))]
    return [
        {"@type": "Offer", "itemOffered": {"@type": "Service", "name": term.name(language)}}
        for term in terms
    ]
