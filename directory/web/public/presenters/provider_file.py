"""Providers as a CSV for a spreadsheet: one a line, cells that are never run as formulas (D6)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import StringIO

from flask import url_for

from directory.certification.rules import Period
from directory.config import settings
from directory.kernel.formulas import guarded
from directory.listings.models import Listing
from directory.search.labels import label
from directory.web.languages import gettext as _
from directory.web.public.presenters.compare_rows import (
    accepting,
    labels,
    package_name,
    places,
    served,
)

# Spreadsheets take a file for UTF-8 only if it says so.
SAYS_UTF8 = "\N{ZERO WIDTH NO-BREAK SPACE}"


def written(
    listings: Iterable[Listing],
    gates: Mapping[int, Sequence[Period]],
    language: str,
    today: date,
) -> str:
    """The file's text: a line of names, then a line for each listing.

    gates: by organisation the days on which its listing may be public (DIR-2). Numbers are plain,
    dates ISO 8601, an empty cell is not known.
    """
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(_head())
    for one in listings:
        cells = _line(one, _until(gates[one.organisation_id], today), language)
        lines.writerow([guarded(cell) for cell in cells])
    return SAYS_UTF8 + text.getvalue()


def _head() -> list[str]:
    return [
        _("Name"), _("Page"), _("Website"), _("Tier"), _("Program"), _("Smallest budget (EUR)"),
        _("Places"), _("Also serves"), _("Languages"), _("Team"), _("Founded"), _("New clients"),
        _("Services"), _("Industries"), _("Certified until"),
    ]  # fmt: skip


def _line(one: Listing, until: str, language: str) -> list[str]:
    tier = one.organisation.tier
    services = [label("service", slug, language) for slug in one.services]
    page = settings().base_url + url_for("public.listing", slug=one.slug)
    return [
        one.name,
        page,
        one.website or "",
        tier.label if tier else "",
        package_name(one.organisation.package) or "",
        _plain(one.budget_min),
        "; ".join(places(one, language)),
        served(one, language),
        labels("language", one.languages, language),
        _plain(one.team_size),
        _plain(one.founded),
        accepting(one) or "",
        ", ".join(services),
        labels("industry", one.industries, language),
        until,
    ]


def _plain(number: int | None) -> str:
    return "" if number is None else str(number)


def _until(gate: Sequence[Period], today: date) -> str:
    """The last of the days from today on without a gap; empty if there is no end."""
    ends = [period.last for period in gate if today in period]
    last = max(ends, default=date.max)
    return "" if last == date.max else last.isoformat()
