"""An empty result: which filter emptied it, and what each step would bring back (A23)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from directory.kernel.policy import POLICY
from directory.search import services as search
from directory.search.request import LIST_FACETS, SearchRequest
from directory.search.results import Chip, SearchPage
from directory.web.languages import gettext as _
from directory.web.public.presenters import around, chips
from directory.web.public.presenters.links import Link, search_url

STEPS_MOST = 6
PAIRS_MOST = 3
FEW = 3


@dataclass(frozen=True)
class Nothing:
    """What to do about it.

    filters: how many are set; culprit: the one whose removal brings most back; useless: the steps
    that alone bring nothing back.
    """

    filters: int
    culprit: str | None
    steps: list[Link]
    useless: list[str]


def present(found: SearchPage, language: str, today: date) -> Nothing:
    """Counts what each removal would give."""
    removals = _removals(found)
    steps = [
        (name, Link(label, search_url(without), _total(without, found, language, today)))
        for name, label, without in removals[:STEPS_MOST]
    ]
    useful = sorted((pair for pair in steps if pair[1].count), key=_fewest_last)
    links = [*_around(found, language, today), *(link for _name, link in useful)]
    links = links or [*_pairs(found, language, today), *_alone(found, language, today)]
    culprit = useful[0][0] if useful else None
    filters = sum(1 for name, _label, _without in removals if name)
    useless = [link.label for _name, link in steps if not link.count]
    return Nothing(filters, culprit or None, links, useless)


def _pairs(found: SearchPage, language: str, today: date) -> list[Link]:
    """The removals of two filters at once that show most, where one alone shows nothing."""
    removable = _removable(found)[:STEPS_MOST]
    # Of three, without two of them one is left, which is offered by itself.
    both = combinations(removable, 2) if len(removable) > FEW else ()
    steps = []
    for (one, first), (other, second) in both:
        without = second(first(found.effective))
        label = _("Remove “%(one)s” and “%(other)s”", one=one, other=other)
        steps.append(Link(label, search_url(without), _total(without, found, language, today)))
    useful = [step for step in steps if step.count]
    return sorted(useful, key=lambda step: -(step.count or 0))[:PAIRS_MOST]


def _removable(found: SearchPage) -> list[tuple[str, Callable[[SearchRequest], SearchRequest]]]:
    """Everything that narrows the search by its name, and what a search is without it."""

    def remover(chip: Chip) -> Callable[[SearchRequest], SearchRequest]:
        return lambda asked: asked.without(chip.facet, chip.value)

    every = [(chips.label(chip), remover(chip)) for chip in found.chips]
    if found.effective.q:
        every.append((found.effective.q, lambda asked: replace(asked, q="", page=1)))
    return every


def _around(found: SearchPage, language: str, today: date) -> list[Link]:
    """The smallest circle around the place of the search that is not empty."""
    circle = around.wider(found, language, today)
    if circle is None:
        return []
    label = _("Within %(km)s km of %(city)s", km=circle.radius, city=circle.city)
    return [Link(label, circle.url, circle.count)]


def _alone(found: SearchPage, language: str, today: date) -> list[Link]:
    """Each filter by itself, for a search that no single removal helps."""
    every = SearchRequest()
    asked = found.effective
    alone = [
        (_("Only “%(filter)s”", filter=chips.label(chip)), _only(asked, chip))
        for chip in found.chips
    ]
    alone.append((_("All providers"), every))
    steps = [
        Link(label, search_url(request), _total(request, found, language, today))
        for label, request in alone[-STEPS_MOST:]
    ]
    return [step for step in steps if step.count]


def _only(asked: SearchRequest, chip: Chip) -> SearchRequest:
    if chip.facet in LIST_FACETS:
        return SearchRequest().with_added(chip.facet, chip.value)
    radius = asked.radius if chip.facet == "near" else POLICY.radius_default_km
    return replace(SearchRequest(), **{chip.facet: getattr(asked, chip.facet), "radius": radius})


def _removals(found: SearchPage) -> list[tuple[str, str, SearchRequest]]:
    """Name of what is removed, what the step says, and the search after it."""
    asked = found.effective
    named = [(chips.label(chip), chip.without) for chip in found.chips]
    steps = [(name, _("Remove “%(filter)s”", filter=name), without) for name, without in named]
    if asked.q:
        words = _("“%(words)s”", words=asked.q)
        without = replace(asked, q="", page=1)
        steps.append((words, _("Search without %(words)s", words=words), without))
    if asked.text and asked.q:
        understood = replace(asked, text=False, page=1)
        steps.append(("", _("Understand the words as filters again"), understood))
    return steps


def _fewest_last(step: tuple[str, Link]) -> int:
    return -(step[1].count or 0)


def _total(request: SearchRequest, beside: SearchPage, language: str, today: date) -> int:
    plain = replace(request, explain=False)
    found = search.answer(plain, language=language, today=today, facets=(), hidden=beside.hidden)
    return found.paging.total
