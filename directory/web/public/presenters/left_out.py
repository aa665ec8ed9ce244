"""Tells which words of a search narrow nothing: those nobody has, `near` without a place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from directory.search.results import SearchPage
from directory.search.understanding import without_words
from directory.web.languages import gettext as _
from directory.web.public.presenters.links import Link, search_url


@dataclass(frozen=True)
class LeftOut:
    """One sentence; without: the search without the word, None if there is nothing to remove."""

    text: str
    without: Link | None = None


def present(found: SearchPage) -> list[LeftOut]:
    """A sentence for each word left out, and one if a place is needed."""
    told = [_unmatched(found, word) for word in found.unmatched]
    if found.needs_place:
        told.append(LeftOut(_("To search nearby, please say near which place.")))
    return told


def _unmatched(found: SearchPage, word: str) -> LeftOut:
    asked = found.request
    without = replace(asked, q=without_words(asked.q, word), page=1)
    text = _("None of these providers mentions “%(word)s”, so it was left out.", word=word)
    return LeftOut(text, Link(_("Remove “%(filter)s”", filter=word), search_url(without)))
