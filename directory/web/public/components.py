"""Every component in both themes, for those who build pages; not in production."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from flask import abort, current_app, render_template, url_for
from markupsafe import Markup

from directory.certification.queries import held_by_each
from directory.config import Env, clock, settings
from directory.listings import cards, queries
from directory.search import services as search
from directory.search.request import SearchRequest
from directory.web import assets, languages
from directory.web.guards import allow
from directory.web.public.presenters import compare, regions, results
from directory.web.public.presenters.gallery import PictureShown
from directory.web.public.presenters.rating import Reading
from directory.web.public.presenters.texts import Shown

FOLDER = "showcase/"
FOUNDATIONS = ("colour", "type")
NAMED = re.compile(
    r'(?<=\s)(id|for|form|aria-labelledby|aria-describedby|popovertarget)="([\w -]+)"'
)
SYMBOL = re.compile(rb'<symbol id="([\w-]+)" viewBox="0 0 24 24"')
READINGS = (
    Reading(63, 4.8, 4.6, 4.9),
    Reading(17, 4.6, 4.2, 4.8),
    Reading(11, 3.9, 3.3, 4.3),
    Reading(2),
    Reading(0),
)


@dataclass(frozen=True)
class Showcase:
    """One component in all its states, once for each theme."""

    name: str
    light: Markup
    dark: Markup


@allow("anyone")
def show() -> str:
    """All showcases, each in a light and a dark pane."""
    if settings().env is Env.PRODUCTION:
        abort(404)
    samples = _samples()
    return render_template(
        "public/components.html",
        showcases=[_showcase(name, samples) for name in _names()],
        canonical=url_for("public.components"),
        noindex=True,
    )


def _names() -> list[str]:
    known = current_app.jinja_env.list_templates(filter_func=lambda name: name.startswith(FOLDER))
    names = {PurePosixPath(name).stem for name in known}
    return sorted(names, key=lambda name: (name not in FOUNDATIONS, name))


def _showcase(name: str, samples: dict[str, Any]) -> Showcase:
    html = render_template(f"{FOLDER}{name}.html", **samples)
    return Showcase(name, _pane(html, f"{name}-light"), _pane(html, f"{name}-dark"))


def _pane(html: str, suffix: str) -> Markup:
    """The showcase with ids that nothing else on the page has."""

    def renamed(found: re.Match[str]) -> str:
        return f'{found[1]}="{" ".join(f"{one}-{suffix}" for one in found[2].split())}"'

    return Markup(NAMED.sub(renamed, html))  # noqa: S704  (our own templates)


def _samples() -> dict[str, Any]:
    """What the showcases show: results, ratings, a map, names of icons."""
    language, today = languages.current(), clock().today()
    found = search.answer(SearchRequest(explain=True), language=language, today=today)
    shown = cards.visible_cards([hit.listing_id for hit in found.hits], today)
    sprite = assets.shelf().take("icons/sprite.svg").body
    return {
        "results": results.present(found, shown, (), language, today),
        "comparison": _comparison([card.slug for card in shown.values()], language, today),
        "readings": READINGS,
        "pictures": _pictures(),
        "map": regions.of_world(language, today).maps[0],
        "icons": [name.decode() for name in SYMBOL.findall(sprite)],
    }


def _pictures() -> list[PictureShown]:
    """Drawings of ours in place of somebody's work."""
    url = assets.address("icons/sprite.svg")
    said = (Shown("What it shows"), None)
    return [PictureShown(url, url, f"{url} 32w", 32, 32, caption) for caption in said]


def _comparison(slugs: Sequence[str], language: str, today: date) -> compare.Comparison:
    found = queries.visible_by_slugs(slugs[:2], today)
    held = held_by_each([one.organisation_id for one in found.values()])
    return compare.present(found, held, only_different=False, language=language, today=today)
