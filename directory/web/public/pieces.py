"""Rows of facets put together from pieces: what is the same in every search is rendered but once.

A page has hundreds of values, and of each only the count (and where a link leads) is its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import current_app
from markupsafe import Markup, escape

from directory.web.filters import UNGROUPED, number
from directory.web.languages import current
from directory.web.templating import OF

if TYPE_CHECKING:
    from directory.web.public.presenters.values import Row

# Values are known ones of the data: places, services, languages.
KEPT = 65_536
# Facets whose values have a mark, a file that has another address when it changes.
MARKED = ("tier",)
TEMPLATE = "components/facet.html"
# Stand in the template's row for its count and its address.
COUNT, URL = "0-count-0", "0-url-0"


def facet_rows(rows: Iterable[Row], facet: str) -> Markup:
    """The rows as the template's `facet_row` writes them."""
    language = current()
    pieces = _pieces if facet in MARKED else _kept_pieces
    written: list[str] = []
    for value, label, count, selected, url in rows:
        before, after = pieces(language, facet, value, label, selected, bool(url), min(count, 2))
        if url:
            before = before.replace(URL, escape(url))
        written += (before, str(count) if count < UNGROUPED else number(count), after)
    return Markup("".join(written))  # noqa: S704  (escaped by the template)


def _pieces(
    language: str, facet: str, value: str, label: str, selected: bool, linked: bool, number: int
) -> tuple[str, str]:
    """What stands before and after a count that is none, one or several."""
    template = current_app.jinja_env.get_template(f"{language}{OF}{TEMPLATE}")
    row = template.module.facet_row(  # type: ignore[attr-defined]  # a macro
        facet, value, label, selected, URL if linked else None, number, COUNT
    )
    before, _count, after = str(row).partition(COUNT)
    return before, after


_kept_pieces = lru_cache(maxsize=KEPT)(_pieces)
