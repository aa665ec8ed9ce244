"""Tells which words narrow nothing: too many, those nobody has, `near` without a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from directory.kernel.policy import POLICY
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
    """One for words that were too many, for each that nobody has, and if a place is needed."""
    told = [_cut(found.cut)] if found.cut else []
    told += [_unmatched(found, word) for word in found.unmatched]
    if found.needs_place:
        told.append(LeftOut(_("To search nearby, please say near which place.")))
    return told


def _cut(words: Sequence[str]) -> LeftOut:
    text = _("At most %(most)s words are looked for, so “%(words)s” was left out.",
             most=POLICY.query_words_most, words=" ".join(words))  # fmt: skip
    return LeftOut(text)


def _unmatched(found: SearchPage, word: str) -> LeftOut:
    asked = found.request
    without = replace(asked, q=without_words(asked.q, word), page=1)
    text = _("None of these providers mentions “%(word)s”, so it was left out.", word=word)
    return LeftOut(text, Link(_("Remove “%(filter)s”", filter=word), search_url(without)))
