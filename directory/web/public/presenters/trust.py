"""The rule of the order in plain sentences, made from the table that orders (DIR-3, A16)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from directory.kernel.policy import POLICY, Tier
from directory.search.ranking import BAND, ORDERS, STEPS, VERSION, Counts
from directory.search.request import SearchRequest, Sort
from directory.web.filters import number
from directory.web.languages import gettext as _
from directory.web.public.presenters.links import Link, home_link, search_url

THOUSAND = 1000


@dataclass(frozen=True)
class StepSaid:
    """One step: its name, what it compares, and when it tells listings apart at all."""

    name: str
    compares: str
    counts: str


@dataclass(frozen=True)
class OrderSaid:
    """An order of the results and the names of its steps, the first one first."""

    name: str
    steps: list[str]
    by_tier: bool


@dataclass(frozen=True)
class TrustPage:
    """All that the page shows; steps: of the usual order; orders: all that there are."""

    version: str
    steps: list[StepSaid]
    orders: list[OrderSaid]
    untiered_url: str
    crumbs: list[Link]


def present() -> TrustPage:
    """The rule as it is in force."""
    best = SearchRequest()
    return TrustPage(
        version=VERSION,
        steps=[_step(part) for part in ORDERS[Sort.BEST]],
        orders=[_order(sort) for sort in ORDERS],
        untiered_url=search_url(best.with_sort(Sort.NAME)),
        crumbs=[home_link()],
    )


def _step(part: str) -> StepSaid:
    name, compares = STEP_SAYS[part]()
    return StepSaid(name, compares, COUNTS_SAY[STEPS[part].counts]())


def _order(sort: Sort) -> OrderSaid:
    parts = ORDERS[sort]
    return OrderSaid(ORDER_NAMES[sort](), [STEP_SAYS[part]()[0] for part in parts], "tier" in parts)


def _text() -> tuple[str, str]:
    return _("text match"), _(
        "Where your words are: all in the name; or some in the services or the tagline; or some "
        "only in the description; or some only as a beginning or with one letter corrected."
    )


def _distance() -> tuple[str, str]:
    bands = [number(km) for km in POLICY.distance_bands_km]
    return _("distance band"), _(
        "How far the nearest office is, in bands: up to %(bands)s km, and further away. "
        "Within a band the exact distance does not matter.",
        bands=_listed(bands),
    )


def _km() -> tuple[str, str]:
    return _("distance"), _("How many kilometres away the nearest office is.")


def _via() -> tuple[str, str]:
    return _("office or service"), _(
        "An office at the place comes before a provider that serves it without an office there."
    )


def _rating() -> tuple[str, str]:
    return _("rating band"), _(
        "What the rating is at least, in bands of %(band)s stars. With fewer than three reviews a "
        "provider is in the middle band, neither rewarded nor punished.",
        band=number(BAND / THOUSAND),
    )


def _tier() -> tuple[str, str]:
    tiers = [tier.label for tier in reversed(Tier)]
    return _("tier"), _(
        "%(tiers)s, then those without a tier. It decides only where all steps above are equal.",
        tiers=_listed(tiers),
    )


def _bound() -> tuple[str, str]:
    return _("rating"), _(
        "What the rating is at least: fewer reviews make it less certain and so lower."
    )


def _reviews() -> tuple[str, str]:
    return _("number of reviews"), _("More reviews come first.")


def _relevance() -> tuple[str, str]:
    return _("occurrence"), _(
        "How often and where your words occur; rare words count more than common ones."
    )


def _newest() -> tuple[str, str]:
    return _("newest"), _("The day on which the listing was public for the first time.")


def _name() -> tuple[str, str]:
    return _("name"), _("The alphabet, so that the order is the same every time.")


def _listed(words: list[str]) -> str:
    return ", ".join(words)


STEP_SAYS: dict[str, Callable[[], tuple[str, str]]] = {
    "text": _text,
    "distance": _distance,
    "km": _km,
    "via": _via,
    "rating": _rating,
    "tier": _tier,
    "bound": _bound,
    "reviews": _reviews,
    "relevance": _relevance,
    "newest": _newest,
    "name": _name,
}
COUNTS_SAY: dict[Counts, Callable[[], str]] = {
    Counts.EVER: lambda: _("always"),
    Counts.WITH_WORDS: lambda: _("if you search for words"),
    Counts.WITH_PLACE: lambda: _("if you name a place"),
    Counts.NEAR: lambda: _("if you search around a place"),
    Counts.WITH_REVIEWS: lambda: _("once there are reviews"),
}
ORDER_NAMES: dict[Sort, Callable[[], str]] = {
    Sort.BEST: lambda: _("best match"),
    Sort.DISTANCE: lambda: _("distance"),
    Sort.RATING: lambda: _("rating"),
    Sort.REVIEWS: lambda: _("number of reviews"),
    Sort.NEWEST: lambda: _("newest"),
    Sort.NAME: lambda: _("name"),
}
