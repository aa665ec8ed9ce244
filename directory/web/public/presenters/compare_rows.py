"""The rows of a comparison: what is known of each provider, in the same words for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from directory.certification.models import Certification
from directory.kernel.policy import POLICY, Package, Tier
from directory.listings.models import Listing
from directory.search.labels import label
from directory.search.request import Near
from directory.taxonomy import queries as taxonomy
from directory.web.filters import day, euros, kilometres, number
from directory.web.languages import gettext as _
from directory.web.languages import ngettext
from directory.web.public.presenters import credentials
from directory.web.public.presenters.entry import country_name, nearest_office, office_name


@dataclass(frozen=True)
class Cell:
    """What one provider has; kind: `text`, `tier`, `yes`, `no` or `unknown`."""

    kind: str
    text: str = ""
    tier: Tier | None = None


@dataclass(frozen=True)
class Row:
    """One fact of all providers."""

    label: str
    cells: list[Cell]

    @property
    def differs(self) -> bool:
        """Whether not all have the same."""
        return any(cell != self.cells[0] for cell in self.cells)


@dataclass(frozen=True)
class Group:
    """Rows under a title."""

    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Compared:
    """A public listing with the certifications of its organisation."""

    listing: Listing
    held: Sequence[Certification]


UNKNOWN = Cell("unknown")
Fact = Callable[[Listing, str], str | None]


def groups(
    compared: Sequence[Compared], language: str, today: date, near: Near | None
) -> list[Group]:
    """What is known at a glance, the services of all of them, their credentials.

    near: the place that was searched around.
    """
    listings = [one.listing for one in compared]
    glance = [
        _tiers(listings),
        *([_distances(listings, near, language)] if near else []),
        *(Row(title, [_said(fact(one, language)) for one in listings]) for title, fact in _facts()),
    ]
    made = [
        Group(_("At a glance"), glance),
        Group(_("Services"), _services(listings, language)),
        Group(_("Credentials"), _credentials(compared, language, today)),
    ]
    return [Group(one.title, [row for row in one.rows if _is_said(row)]) for one in made]


def places(listing: Listing, language: str) -> list[str]:
    """The offices as `Stuttgart, Germany`, in the provider's order."""
    named = []
    for office in listing.offices:
        name, country = office_name(office, language), country_name(office.country, language)
        named.append(name if name == country else f"{name}, {country}")
    return list(dict.fromkeys(named))


def labels(facet: str, values: Iterable[str], language: str) -> str:
    """The names of values of a facet in their alphabetical order, so that none depends on it."""
    return ", ".join(sorted((label(facet, one, language) for one in values), key=str.casefold))


def package_name(package: Package | None) -> str | None:
    """What an organisation has booked."""
    names = {Package.PARTNER: _("Solutions Partner"), Package.PROVIDER: _("Solutions Provider")}
    return names[package] if package else None


def _facts() -> list[tuple[str, Fact]]:
    return [
        (_("Program"), lambda one, _l: package_name(one.organisation.package)),
        (_("Smallest budget"), lambda one, _l: None if one.budget_min is None
         else euros(one.budget_min)),
        (_("Places"), lambda one, language: "; ".join(places(one, language))),
        (_("Also serves"), lambda one, language: served(one, language)),
        (_("Languages"), lambda one, language: labels("language", one.languages, language)),
        (_("Team"), lambda one, _l: _people(one.team_size)),
        (_("Founded"), lambda one, _l: None if one.founded is None else str(one.founded)),
        (_("New clients"), lambda one, _l: accepting(one)),
        (_("Industries"), lambda one, language: labels("industry", one.industries, language)),
    ]  # fmt: skip


def served(listing: Listing, language: str) -> str:
    """Countries and regions served without an office there."""
    regions = [one for one in listing.serves if "-" in one]
    countries = [one for one in listing.serves if "-" not in one]
    named = (labels("country", countries, language), labels("region", regions, language))
    return ", ".join(filter(None, named))


def accepting(listing: Listing) -> str | None:
    """Whether it takes new clients, None if it does not say."""
    if listing.accepting is None:
        return None
    return str(_("yes") if listing.accepting else _("not at the moment"))


def _people(count: int | None) -> str | None:
    if count is None:
        return None
    said = ngettext("%(count)s person", "%(count)s people", count, count=number(count))
    return str(said)


def _said(text: str | None) -> Cell:
    return Cell("text", text) if text else UNKNOWN


def _is_said(row: Row) -> bool:
    return any(cell != UNKNOWN for cell in row.cells)


def _tiers(listings: Sequence[Listing]) -> Row:
    """Tiers; who has none says so, unless nobody has one."""
    tiers = [one.organisation.tier for one in listings]
    if not any(tiers):
        return Row(_("Tier"), [UNKNOWN for _tier in tiers])
    none = Cell("text", str(_("no tier")))
    return Row(_("Tier"), [Cell("tier", one.label, one) if one else none for one in tiers])


def _distances(listings: Sequence[Listing], near: Near, language: str) -> Row:
    found = [nearest_office(one, near) for one in listings]
    label = _("Distance to %(city)s", city=near.name(language))
    return Row(label, [_said(kilometres(one[0]) if one else None) for one in found])


def _services(listings: Sequence[Listing], language: str) -> list[Row]:
    """A row for each service that one of them offers, in the taxonomy's order."""
    offered = {slug for one in listings for slug in one.services}
    return [
        Row(term.name(language), [_yes_or_unknown(slug in one.services) for one in listings])
        for slug, term in taxonomy.services().items()
        if slug in offered
    ]


def _credentials(compared: Sequence[Compared], language: str, today: date) -> list[Row]:
    """A row for each kind that somebody holds, the gating one first, then what is only said."""
    proved = [{row.label: _until(row) for row in _proved(one, language, today)} for one in compared]
    kinds = list(dict.fromkeys(kind for one in proved for kind in one))
    gate = taxonomy.credentials().get(POLICY.gate_kind)
    kinds.sort(key=lambda kind: gate is None or kind != gate.name(language))
    rows = [Row(kind, [one.get(kind, Cell("no")) for one in proved]) for kind in kinds]
    claims = [credentials.claimed(one.listing, one.held, language) for one in compared]
    said = Row(
        _("According to the provider"),
        [_said(", ".join(sorted(link.label for link in one))) for one in claims],
    )
    return [*rows, said]


def _proved(one: Compared, language: str, today: date) -> list[credentials.Credential]:
    return credentials.grouped(credentials.in_force(one.held, today), language, today)


def _until(credential: credentials.Credential) -> Cell:
    if credential.expires is None:
        return Cell("text", str(_("no end date")))
    return Cell("text", str(_("until %(date)s", date=day(credential.expires))))


def _yes_or_unknown(said: bool) -> Cell:
    """What a provider says of itself: not to say it is not to say no."""
    return Cell("yes") if said else UNKNOWN
