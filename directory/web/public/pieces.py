"""Pieces that stand on many pages, or many times on one: each is rendered but once.

Of a row of a facet only the count (and where a link leads) is its own, and a page has hundreds.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import current_app
from markupsafe import Markup, escape

from directory.web.assets import address
from directory.web.filters import UNGROUPED, number
from directory.web.languages import current
from directory.web.templating import OF

if TYPE_CHECKING:
    from directory.web.public.presenters.values import Row

# Values are known ones of the data: places, services, languages.
KEPT = 65_536
SYMBOLS_KEPT = 256
# Facets whose values have a mark, a file that has another address when it changes.
MARKED = ("tier",)
SPRITE = "icons/sprite.svg"
# Stand in the template's row for its count and its address.
COUNT, URL = "0-count-0", "0-url-0"


def icon(name: str) -> Markup:
    """An icon of the sprite, by the name of its symbol."""
    return _icon(name, address(SPRITE))


def tier_chip(value: str, label: str) -> Markup:
    """A tier, by its value and how it is called."""
    return _tier_chip(value, label, address(SPRITE))


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
    row = _component(language, "facet").facet_row(
        facet, value, label, selected, URL if linked else None, number, COUNT
    )
    before, _count, after = str(row).partition(COUNT)
    return before, after


@lru_cache(maxsize=SYMBOLS_KEPT)
def _icon(name: str, sprite: str) -> Markup:
    return Markup(_component(current(), "icon").icon(name, sprite))  # noqa: S704  (escaped there)


@lru_cache(maxsize=SYMBOLS_KEPT)
def _tier_chip(value: str, label: str, sprite: str) -> Markup:
    chip = _component(current(), "tier").tier_chip(value, label, sprite)
    return Markup(chip)  # noqa: S704  (escaped there)


def _component(language: str, name: str) -> Any:
    """The macros of a component."""
    return current_app.jinja_env.get_template(f"{language}{OF}components/{name}.html").module


_kept_pieces = lru_cache(maxsize=KEPT)(_pieces)
