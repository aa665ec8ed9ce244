"""Applied filters as chips, each a link to the search without it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from directory.search.results import Chip, SearchPage
from directory.taxonomy import queries as taxonomy
from directory.web.languages import gettext as _
from directory.web.public.presenters.links import search_url


@dataclass(frozen=True)
class ChipLink:
    """An applied filter; url: the search without it; words: what it was understood from."""

    label: str
    url: str
    words: str


def present(found: SearchPage) -> list[ChipLink]:
    """One chip for each filter, and one for words that are taken literally."""
    made = [ChipLink(label(chip), search_url(chip.without), chip.words) for chip in found.chips]
    asked = found.request
    if asked.text and asked.q:
        made.append(ChipLink(_("literally"), search_url(replace(asked, text=False, page=1)), ""))
    return made


def label(chip: Chip) -> str:
    """What the chip says: by itself `CRM` or `German` would leave open what is meant."""
    if chip.facet == "service" and chip.value in taxonomy.areas():
        return str(_("%(area)s area", area=chip.label))
    if chip.facet == "language":
        return str(_("speaks %(language)s", language=chip.label))
    return chip.label
