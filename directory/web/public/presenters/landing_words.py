"""What a landing page says in sentences; which ones depends on what the figures are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from directory.geography import queries as geography
from directory.search.engines import Budgets, Profile
from directory.search.labels import label, money, number
from directory.search.prepositions import said_in
from directory.search.results import SearchPage
from directory.search.sentence import mid_sentence
from directory.web.languages import gettext as _
from directory.web.languages import ngettext
from directory.web.public.presenters.landing_indexes import values

FEW = 4
NAMED = 3
ENOUGH = 3


@dataclass(frozen=True)
class Figures:
    """What the sentences are made of.

    names: of the first listings; offices: places of one kind with the number of providers that
    have an office there, the most first; home: the country's code, None for the whole world.
    """

    found: SearchPage
    profile: Profile | None
    names: list[str]
    offices: list[tuple[str, int]]
    language: str

    @property
    def total(self) -> int:
        return self.found.paging.total

    @property
    def home(self) -> str | None:
        return next(iter(self.found.request.country), None)

    @property
    def there(self) -> int:
        """How many have an office in the country."""
        offices = self.profile.offices if self.profile else {}
        return offices.get(self.home, 0) if self.home else self.total


def lead(figures: Figures) -> str:
    """How many there are, who serves the place from elsewhere, and where they are."""
    said = [_offer(figures)]
    if figures.profile is not None:
        said += [_from_elsewhere(figures), _where(figures)]
    return " ".join(filter(None, said))


def terms(figures: Figures) -> str:
    """Which languages they speak and what they cost at least."""
    budgets = figures.profile.budgets if figures.profile else None
    said = [_languages(figures), _budgets(budgets, figures.language) if budgets else ""]
    return " ".join(filter(None, said))


def and_listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    if len(names) < 2:
        return "".join(names)
    return str(_("%(first)s and %(last)s", first=", ".join(names[:-1]), last=names[-1]))


def _offer(figures: Figures) -> str:
    place = geography.country(figures.home) if figures.home else None
    where = said_in(place, figures.language) if place else _("in this directory")
    (slug,) = figures.found.request.service
    what = mid_sentence(label("service", slug, figures.language), figures.language)
    if 1 < figures.total <= FEW:
        return str(_("%(count)s certified providers offer %(service)s %(where)s: %(names)s.",
                 count=figures.total, service=what, where=where,
                 names=and_listed(figures.names)))  # fmt: skip
    return str(
        ngettext(
            "%(name)s is the only certified provider of %(service)s %(where)s.",
            "%(count)s certified providers offer %(service)s %(where)s.",
            figures.total,
            count=number(figures.total, figures.language),
            name="".join(figures.names[:1]),
            service=what,
            where=where,
        )
    )


def _from_elsewhere(figures: Figures) -> str:
    away = figures.total - figures.there
    if not away:
        return ""
    if not figures.there:
        return str(ngettext("The office is in another country.", "All their offices are in other "
                        "countries.", figures.total))  # fmt: skip
    return str(
        ngettext(
            "One of them serves it from another country.",
            "%(count)s of them serve it from another country.",
            away,
            count=number(away, figures.language),
        )
    )


def _where(figures: Figures) -> str:
    """Where the offices are: the few places, the one that has most, or the first of many."""
    offices, base = figures.offices, figures.there
    if not offices or figures.total == 1:
        return ""
    most = offices[0][1]
    if len(offices) == 1 and most == base:
        return str(_("All offices are %(where)s.", where=_in(offices[0], figures.language)))
    if base > FEW and 2 * most > base:
        return str(_("More than half of them have an office %(where)s.",
                 where=_in(offices[0], figures.language)))  # fmt: skip
    if len(offices) <= FEW:
        places = and_listed([_in(one, figures.language) for one in offices])
        return str(_("They have offices %(where)s.", where=places))
    if most == 1:
        return _spread(figures)
    places = and_listed([_counted_in(one, figures.language) for one in offices[:NAMED]])
    return str(_("Their offices are most often %(where)s.", where=places))


def _spread(figures: Figures) -> str:
    if figures.home:
        return str(_("Their offices are spread over %(count)s towns.", count=len(figures.offices)))
    return str(_("Their offices are spread over %(count)s countries.", count=len(figures.offices)))


def _in(place: tuple[str, int], language: str) -> str:
    known = geography.place(place[0])
    return said_in(known, language) if known else place[0]


def _counted_in(place: tuple[str, int], language: str) -> str:
    return f"{_in(place, language)} ({number(place[1], language)})"


def _languages(figures: Figures) -> str:
    """Which languages all speak, else which ones most do; nothing of one provider alone."""
    spoken = values(figures.found, "language")[: NAMED + 1]
    if not spoken or figures.total == 1:
        return ""
    first, others = spoken[0], spoken[1 : NAMED + 1]
    counted = [(number(one.count, figures.language), one.label) for one in others]
    if first.count == figures.total:
        said = [_("All of them speak %(language)s", language=first.label)]
        said += [_("%(count)s also %(language)s", count=n, language=name) for n, name in counted]
    else:
        said = [_languages_begin(first.count, first.label, figures.language)]
        said += [_("%(count)s %(language)s", count=n, language=name) for n, name in counted]
    return f"{', '.join(said)}."


def _languages_begin(count: int, name: str, language: str) -> str:
    return str(ngettext("%(count)s speaks %(language)s", "%(count)s speak %(language)s", count,
                    count=number(count, language), language=name))  # fmt: skip


def _budgets(known: Budgets, language: str) -> str:
    lowest, highest = money(known.lowest, language), money(known.highest, language)
    if known.lowest == known.highest:
        return str(ngettext("The smallest budget is %(amount)s.", "Whoever names a smallest budget "
                        "starts at %(amount)s.", known.known, amount=lowest))  # fmt: skip
    if known.known < ENOUGH:
        return str(_("The smallest budgets are %(lowest)s and %(highest)s.",
                 lowest=lowest, highest=highest))  # fmt: skip
    return str(_("The smallest budget is between %(lowest)s and %(highest)s; half of those who "
             "name one start at %(median)s or less.", lowest=lowest, highest=highest,
             median=money(known.median, language)))  # fmt: skip
