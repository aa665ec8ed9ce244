"""Providers side by side: rows of facts, each marked where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from directory.certification.models import Certification
from directory.listings.models import Listing
from directory.web.languages import gettext as _
from directory.web.languages import ngettext
from directory.web.public.kept import kept, kept_url
from directory.web.public.presenters import compare_rows, keep
from directory.web.public.presenters.compare_rows import Compared, Group
from directory.web.public.presenters.entry import logo_url
from directory.web.public.presenters.links import Link

MOST = 4
DIFFERENCES = "differences"


@dataclass(frozen=True)
class Column:
    """One provider at the head of its column; remove: the comparison without it."""

    slug: str
    name: str
    logo: str | None
    remove: str


@dataclass(frozen=True)
class Comparison:
    """All that the page shows.

    left_out: names beyond the fourth; unknown: what was asked for and is not public; groups: only
    rows that differ if `only_different`; same: how many rows do not.
    """

    columns: list[Column]
    groups: list[Group]
    reasons: list[str]
    only_different: bool
    same: int
    tiered: bool
    back: Link | None
    other_url: str
    list_url: str
    file_url: str


def compared(found: Mapping[str, Listing]) -> list[Listing]:
    """The first four that are public."""
    return [one for one, _slugs in keep.once(found)][:MOST]


def present(
    found: Mapping[str, Listing],
    held: Mapping[int, Sequence[Certification]],
    *,
    only_different: bool,
    language: str,
    today: date,
) -> Comparison:
    """The comparison of public listings by the slugs they were asked for with.

    held: certifications by organisation.
    """
    every = keep.once(found)
    shown = every[:MOST]
    listings = [Compared(one, held[one.organisation_id]) for one, _slugs in shown]
    groups = compare_rows.groups(listings, language, today, keep.searched().near)
    rows = [row for group in groups for row in group.rows]
    return Comparison(
        columns=[_column(one, slugs, only_different) for one, slugs in shown],
        groups=[_different(group) for group in groups] if only_different else groups,
        reasons=[*_beyond([one.name for one, _slugs in every[MOST:]]), *not_public(found)],
        only_different=only_different,
        same=sum(not row.differs for row in rows),
        tiered=any(one.listing.organisation.tier for one in listings),
        back=keep.search_before(language),
        other_url=kept_url("compare", carried=keep.carried() | _only(not only_different)),
        list_url=kept_url("shortlist", carried=keep.carried()),
        file_url=kept_url("compare_file"),
    )


def not_public(found: Mapping[str, Listing]) -> list[str]:
    """A sentence that names what was asked for and is of no public listing, if there is any."""
    unknown = [slug for slug in kept() if slug not in found]
    if not unknown:
        return []
    said = ngettext(
        "Left out, since it is not public at the moment: %(names)s",
        "Left out, since they are not public at the moment: %(names)s",
        len(unknown),
        names=", ".join(unknown),
    )
    return [said]


def _beyond(names: list[str]) -> list[str]:
    if not names:
        return []
    return [_("At most four are compared; left out: %(names)s", names=", ".join(names))]


def _column(listing: Listing, slugs: list[str], only_different: bool) -> Column:
    remove = kept_url("compare", remove=slugs, carried=keep.carried() | _only(only_different))
    return Column(listing.slug, listing.name, logo_url(listing, large=False), remove)


def _different(group: Group) -> Group:
    return replace(group, rows=[row for row in group.rows if row.differs])


def _only(different: bool) -> dict[str, list[str]]:
    return {"only": [DIFFERENCES]} if different else {}
