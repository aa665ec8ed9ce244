"""What somebody may have meant whose address leads nowhere: pages of the site, and providers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from directory.config import clock
from directory.kernel.text import clean_line
from directory.listings import queries as listings
from directory.search import services as search
from directory.search.request import SearchRequest
from directory.search.results import Hit
from directory.web.languages import current, of_path
from directory.web.languages import gettext as _
from directory.web.navigation import page_url

LONGEST = 100
PROVIDERS_MOST = 5
# Of 100; two letters of seven may be wrong.
LIKE = 70
WORD_ENDS = re.compile(r"[-_+.%/]+")
NO_WORDS = re.compile(r"[\d\W_]*")


@dataclass(frozen=True)
class Nearest:
    """Labels and addresses of pages, words to search for, slugs and names of providers."""

    pages: list[tuple[str, str]]
    words: str
    providers: list[tuple[str, str]]


def nearest(path: str) -> Nearest:
    """What resembles the last part of `path`; providers only where a listing was asked for."""
    last = path.rstrip("/").rpartition("/")[2]
    words = clean_line(WORD_ENDS.sub(" ", last))[:LONGEST]
    if of_path(path) == last or NO_WORDS.fullmatch(words):
        return Nearest([], "", [])
    listing = path.rstrip("/").rpartition("/")[0] == f"/{of_path(path)}/providers"
    return Nearest(_pages(last), words, _providers(words) if listing else [])


def _pages(last: str) -> list[tuple[str, str]]:
    """The pages whose last part is spelt much like `last`, in either language's words."""
    known = {
        "/providers": (_("All providers"), "anbieter suche search agencies"),
        "/regions": (_("Regions"), "regionen karte map"),
        "/trust": (_("How we rank"), "ranking reihenfolge vertrauen"),
        "/shortlist": (_("Short-list"), "merkliste"),
        "/imprint": (_("Imprint and contact"), "impressum kontakt contact about"),
        "/privacy": (_("Privacy"), "datenschutz datenschutzerklaerung"),
        "/terms": (_("Terms of use"), "agb nutzungsbedingungen"),
        "/accessibility": (_("Accessibility"), "barrierefreiheit"),
        "/faq": (_("Questions and answers"), "fragen hilfe help"),
    }
    return [
        (str(label), page_url(page))
        for page, (label, names) in known.items()
        if page_url(page) and _is_like(last, (page.strip("/"), *names.split()))
    ]


def _is_like(last: str, names: tuple[str, ...]) -> bool:
    return any(fuzz.ratio(last.lower(), name) >= LIKE for name in names)


def _providers(words: str) -> list[tuple[str, str]]:
    """Public listings that have all the words, or all but the last; a typing error is forgiven."""
    today = clock().today()
    for tried in dict.fromkeys((words, words.rpartition(" ")[0])):
        request = SearchRequest(q=tried, text=True)
        ids = [hit.listing_id for hit in _hits(request, today)] if tried else []
        named = listings.visible_names(ids[:PROVIDERS_MOST], today)
        if named:
            return named
    return []


def _hits(request: SearchRequest, today: date) -> tuple[Hit, ...]:
    return search.answer(request, language=current(), today=today).hits
