"""The page of one credential: what it says, and counts of those who hold it, never names (B03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import url_for

from directory.kernel.policy import POLICY
from directory.listings import queries as listings
from directory.search import services as search
from directory.search.request import SearchRequest
from directory.taxonomy import queries as taxonomy
from directory.taxonomy.queries import Term
from directory.web.public.kept import with_kept
from directory.web.public.presenters.links import Link, home_link, search_url


@dataclass(frozen=True)
class CredentialPage:
    """All that the page shows.

    personal: held by people, not by an organisation; gate: whether a listing needs it (DIR-2);
    listings, people: with one on file that is valid today; named: listings that say they have it;
    others: what listings name besides, the most frequent first.
    """

    name: str
    about: str
    personal: bool
    gate: bool
    listings: int
    people: int
    named: int
    named_url: str
    others: list[Link]
    crumbs: list[Link]


def present(term: Term, language: str, today: date) -> CredentialPage:
    """The page of a credential of the taxonomy on `today`."""
    proved, people = listings.holders(today).get(term.slug, (0, 0))
    asked = SearchRequest(credential=(term.slug,))
    found = search.answer(asked, language=language, today=today)
    # A facet's own filter is left out of its counts, so the others are counted among all.
    counted = found.facets["credential"].values if "credential" in found.facets else ()
    return CredentialPage(
        name=term.name(language),
        about=term.about[language],
        personal=term.kind == "certification",
        gate=term.slug == POLICY.gate_kind,
        listings=proved,
        people=people,
        named=found.paging.total,
        named_url=search_url(asked),
        others=[
            Link(one.label, address(one.value), one.count)
            for one in sorted(counted, key=lambda one: -one.count)
            if one.value != term.slug and one.count
        ],
        crumbs=[home_link()],
    )


def held(today: date) -> list[str]:
    """The credentials that a public listing has on file, in the taxonomy's order."""
    counted = listings.holders(today)
    return [slug for slug in taxonomy.credentials() if slug in counted]


def address(slug: str) -> str:
    """A link to where a credential is explained."""
    return with_kept(url_for("public.credential", slug=slug))
