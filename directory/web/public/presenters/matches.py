"""Where a result has the visitor's words: marked in what is shown, named in one line (A02)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from directory.geography import queries as geography
from directory.listings.cards import AnyListing, AnyText
from directory.search.analysis import BOTH, stemmed_in
from directory.search.marking import Marks
from directory.taxonomy import queries as taxonomy
from directory.taxonomy.queries import Term
from directory.web.filters import breakable, marked
from directory.web.languages import gettext as _

# Characters before and after the first word found in a description.
BEFORE, AFTER = 60, 140
LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
MARKDOWN = re.compile(r"[*_#>`]+|\s+")
NAMED_MOST = 3


@dataclass(frozen=True)
class Snippet:
    """A piece of a description; `language` is its ISO 639-1 code if it is not the page's."""

    text: Markup
    language: str | None


class Matches:
    """Marks the words of one search in its results."""

    def __init__(self, marks: Marks, language: str) -> None:
        self.marks = marks
        self.language = language
        self.terms: dict[str, bool] = {}

    def name(self, card: AnyListing) -> Markup:
        """The listing's name, its words marked, its long ones breakable."""
        spans = self.marks.spans(card.name)
        return marked(card.name, spans) if spans else breakable(card.name)

    def tagline(self, text: str, language: str) -> Markup:
        """A tagline in a language (ISO 639-1)."""
        return marked(text, self.marks.spans(text, stemmed_in(language, text)))

    def has(self, term: Term) -> bool:
        """Whether a term of the taxonomy was found by its name or a synonym."""
        if not self.marks:
            return False
        if term.slug not in self.terms:
            self.terms[term.slug] = self.marks.names(term)
        return self.terms[term.slug]

    def found_in(self, card: AnyListing) -> str:
        """Which parts of the listing have words of the search; empty for a search without."""
        if not self.marks:
            return ""
        parts = [*self._parts(card)]
        return str(_("Found in: %(parts)s", parts="; ".join(parts))) if parts else ""

    def snippet(self, card: AnyListing) -> Snippet | None:
        """The description around the first word found there, the page's language first."""
        every: Sequence[AnyText] = card.texts
        texts = sorted(every, key=lambda text: text.language != self.language)
        for text in texts:
            plain = _plain(text.description)
            spans = self.marks.spans(plain, _languages(text))
            if spans:
                start, end = _window(plain, spans[0])
                inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
                shown = marked(plain[start:end].rstrip(), inside)
                before, after = "… " if start else "", " …" if end < len(plain) else ""
                foreign = text.language if text.language not in ("", self.language) else None
                return Snippet(Markup().join([before, shown, after]), foreign)
        return None

    def _parts(self, card: AnyListing) -> Iterator[str]:
        if self.marks.spans(card.name):
            yield _("name")
        yield from self._named(_("services"), _services(card))
        if any(self.marks.spans(one.tagline, _languages(one)) for one in card.texts):
            yield _("tagline")
        yield from self._named(_("industries"), _known(card.industries, taxonomy.industries()))
        yield from self._named(_("credentials"), _known(card.credentials, taxonomy.credentials()))
        places = [name for name in _places(card, self.language) if self.marks.spans(name)]
        if places:
            yield f"{_('places')} ({', '.join(places[:NAMED_MOST])})"
        if any(self.marks.spans(one.description, _languages(one)) for one in card.texts):
            yield _("description")

    def _named(self, field: str, terms: Iterable[Term]) -> Iterator[str]:
        names = [term.name(self.language) for term in terms if self.has(term)]
        if names:
            yield f"{field} ({', '.join(names[:NAMED_MOST])})"


def _languages(text: AnyText) -> tuple[str, ...]:
    return stemmed_in(text.language, f"{text.tagline} {text.description}")


def _services(card: AnyListing) -> list[Term]:
    """The listing's services, then their areas."""
    services = _known(card.services, taxonomy.services())
    areas = dict.fromkeys(term.area for term in services)
    return services + [taxonomy.areas()[area] for area in areas]


def _known(slugs: Iterable[str], terms: dict[str, Term]) -> list[Term]:
    return [terms[slug] for slug in slugs if slug in terms]


def _places(card: AnyListing, language: str) -> list[str]:
    """The names of the offices' cities, regions and countries that the search looks into."""
    found: list[str] = []
    for office in card.offices:
        city = geography.city(office.city_id) if office.city_id is not None else None
        region = geography.region(office.region) if office.region else None
        places = (city, region, geography.country(office.country))
        found += [place.name(one) for place in places if place for one in (language, *BOTH)]
        found += [office.city_name] if office.city_name else []
    return list(dict.fromkeys(found))


def _plain(description: str) -> str:
    """A description as one line without the signs of Markdown."""
    return MARKDOWN.sub(" ", LINK.sub(r"\1", description)).strip()


def _window(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Start and end of what is shown around a span, cut between words."""
    start = max(0, span[0] - BEFORE)
    if start:
        start = text.find(" ", start, span[0]) + 1 or span[0]
    end = min(len(text), span[1] + AFTER)
    if end < len(text):
        end = max(span[1], text.rfind(" ", span[1], end))
    return start, end
