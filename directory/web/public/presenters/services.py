"""Services in the form of filters: areas first, then what lies in them."""

from __future__ import annotations

from dataclasses import replace

from directory.search.facets import VALUES_MOST
from directory.search.results import SearchPage
from directory.taxonomy import queries as taxonomy
from directory.web.languages import gettext as _
from directory.web.public.presenters.links import search_url
from directory.web.public.presenters.values import Row, Section, cut, rows


def sections(found: SearchPage, language: str) -> list[Section]:
    """One section: what is chosen, what narrows a chosen area, then areas, then other services."""
    asked = found.effective
    listed = [_named(row) for row in rows(found, "service", language, VALUES_MOST)]
    narrowing, others = [], []
    for row in listed:
        area = _area(row.value)
        if area in asked.service and not row.selected:
            inner = asked.without("service", area).with_added("service", row.value)
            narrowing.append(row._replace(url=search_url(inner)))
        elif not row.selected:
            others.append(row)
    chosen = [row for row in listed if row.selected]
    others.sort(key=lambda row: row.value not in taxonomy.areas())
    every = [*chosen, *narrowing, *others]
    if not every:
        return []
    section = cut("service", _("Service"), every, most=VALUES_MOST)
    groups = _by_area(section.more, language)
    return [replace(section, title_hidden=True, more=[], groups=groups)]


def _by_area(listed: list[Row], language: str) -> list[tuple[str, list[Row]]]:
    """The rows under the names of their areas, in the taxonomy's order."""
    found: dict[str, list[Row]] = {area: [] for area in taxonomy.areas()}
    for row in listed:
        found[_area(row.value) or row.value].append(row)
    return [
        (term.name(language), found[slug]) for slug, term in taxonomy.areas().items() if found[slug]
    ]


def _named(row: Row) -> Row:
    """An area says that it means the whole of it, since a service may have the same name."""
    if row.value not in taxonomy.areas():
        return row
    return row._replace(label=_("%(area)s, whole area", area=row.label))


def _area(value: str) -> str:
    term = taxonomy.services().get(value)
    return term.area if term else ""
