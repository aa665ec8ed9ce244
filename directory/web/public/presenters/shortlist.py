"""The short-list: the providers that an address holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request, url_for

from directory.config import settings
from directory.listings.models import Listing
from directory.search.marking import Marks
from directory.search.request import SearchRequest
from directory.search.results import Hit
from directory.web.languages import ngettext
from directory.web.public.kept import MOST, PARAMETER, kept_url
from directory.web.public.presenters import compare, entry, keep
from directory.web.public.presenters.entry import Entry
from directory.web.public.presenters.links import Link
from directory.web.public.presenters.matches import Matches


@dataclass(frozen=True)
class Shortlist:
    """All that the page shows.

    removals: by slug the list without it; reasons: sentences that name who is not shown; share: the
    list's absolute address; compare: the comparison of all, if they are not too many.
    """

    entries: list[Entry]
    removals: dict[str, str]
    reasons: list[str]
    share: str
    compare: str | None
    back: Link | None
    file_url: str


def present(found: Mapping[str, Listing], language: str) -> Shortlist:
    """The list of public listings by the slugs they were asked for with."""
    plain, matches = SearchRequest(), Matches(Marks(""), language)
    listed = keep.once(found)
    current = [one.slug for one, _slugs in listed]
    fits = 1 < len(current) <= compare.MOST
    return Shortlist(
        entries=[
            entry.present(Hit(one.id), one, plain, matches, language) for one, _slugs in listed
        ],
        removals={
            one.slug: kept_url("shortlist", remove=slugs, carried=keep.carried())
            for one, slugs in listed
        },
        reasons=[*_beyond(), *compare.not_public(found)],
        share=settings().base_url + url_for("public.shortlist", p=current),
        compare=url_for("public.compare", p=current) if fits else None,
        back=keep.search_before(language),
        file_url=kept_url("shortlist_file"),
    )


def _beyond() -> list[str]:
    more = len(set(request.args.getlist(PARAMETER))) - MOST
    if more <= 0:
        return []
    return [
        ngettext(
            "A short-list holds at most %(most)s providers; one more was left out.",
            "A short-list holds at most %(most)s providers; %(count)s more were left out.",
            more,
            most=MOST,
            count=more,
        )
    ]
