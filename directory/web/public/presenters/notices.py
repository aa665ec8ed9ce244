"""What was left out of an address, in the words of the form, and what may have been meant."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from directory.geography import queries as geography
from directory.geography.queries import City, Place
from directory.geography.rules import short_forms
from directory.kernel.text import fold_name
from directory.search.addresses import Notice, Reason
from directory.search.request import SearchRequest
from directory.web.languages import gettext as _
from directory.web.public.presenters.around import near_of
from directory.web.public.presenters.links import Link, search_url

CANDIDATES = 60
SHORTEST_PREFIX = 2
LONGEST_PREFIX = 8
LONG_NAME = 6
MEANT_MOST = 3


@dataclass(frozen=True)
class NoticeShown:
    """One sentence; meant: places with a name like the one that is not known."""

    text: str
    meant: list[Link]


def present(dropped: tuple[Notice, ...], asked: SearchRequest, language: str) -> list[NoticeShown]:
    """A sentence for each notice."""
    return [_shown(notice, asked, language) for notice in dropped]


def typed(dropped: tuple[Notice, ...], parameter: str) -> str:
    """What stood in a field and was not used, so that it stays there; else nothing."""
    values = (one.value for one in dropped if one.parameter == parameter)
    return next(values, "")


def _shown(notice: Notice, asked: SearchRequest, language: str) -> NoticeShown:
    unknown_place = notice.parameter == "near" and notice.reason is Reason.UNKNOWN
    places = _like(notice.value, language) if unknown_place else []
    return NoticeShown(_said(notice), [_link(place, asked, language) for place in places])


def _said(notice: Notice) -> str:
    value, name = notice.value, _names().get(notice.parameter, notice.parameter)
    if notice.reason is Reason.SHORTENED:
        return str(_("Your words were shortened to “%(value)s”.", value=value))
    if notice.reason is Reason.WITHOUT_PLACE:
        said = _("The radius was left out, since no place is given.")
    elif notice.reason is Reason.TOO_MANY:
        said = _("“%(value)s” for “%(name)s” was left out: there are too many filters.",
                 value=value, name=name)  # fmt: skip
    elif notice.parameter == "near":
        said = _("No place called “%(value)s” is known, so it was left out.", value=value)
    elif notice.parameter == "budget":
        said = _("“%(value)s” is no amount in whole euros and was left out.", value=value)
    else:
        said = _("“%(value)s” is not known for “%(name)s” and was left out.",
                 value=value, name=name)  # fmt: skip
    return str(said)


def _names() -> dict[str, str]:
    """Parameters as the form calls them."""
    return {
        "q": _("Search"),
        "service": _("Service"),
        "country": _("Country"),
        "region": _("Region"),
        "city": _("City"),
        "near": _("Place or region"),
        "radius": _("Radius"),
        "tier": _("Tier"),
        "industry": _("Industry"),
        "language": _("Language"),
        "budget": _("Your budget"),
        "credential": _("Credential"),
        "rating": _("Rating"),
        "package": _("Program"),
        "accepting": _("New clients"),
        "sort": _("Order"),
        "text": _("Take words literally"),
        "explain": _("Reasons"),
    }


def _like(text: str, language: str) -> list[Place]:
    """Places whose name is mistyped in at most one letter, in a long name two; the likest first."""
    folded = fold_name(text)
    most = 1 if len(folded) < LONG_NAME else 2
    found: dict[str, tuple[int, int, Place]] = {}
    for end in range(min(len(folded), LONGEST_PREFIX), SHORTEST_PREFIX - 1, -1):
        places = geography.complete_places(folded[:end], language, limit=CANDIDATES)
        for at, place in enumerate(places):
            mistyped = min(OSA.distance(folded, name) for name in _spellings(place))
            if mistyped <= most:
                # Who is among the likeliest of a shorter prefix is better known.
                found[geography.place_key(place)] = (mistyped, at + end * CANDIDATES, place)
    ranked = sorted(found.values(), key=lambda one: one[:2])
    return [place for _mistyped, _at, place in ranked[:MEANT_MOST]]


def _spellings(place: Place) -> set[str]:
    names = {place.en, place.de}
    return {fold_name(form) for name in names for form in (name, *short_forms(name))}


def _link(place: Place, asked: SearchRequest, language: str) -> Link:
    """The same search with the place."""
    if isinstance(place, City):
        request = replace(asked, near=near_of(place), page=1)
    else:
        request = asked.with_added(type(place).__name__.lower(), place.code)
    return Link(geography.label(place, language), search_url(request))
