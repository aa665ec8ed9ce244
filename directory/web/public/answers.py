"""Answers that are no pages."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from directory.certification.queries import gate_periods
from directory.config import clock
from directory.listings.models import Listing
from directory.web import languages
from directory.web.public.presenters import provider_file


def file_of(listings: Sequence[Listing], name: str) -> Response:
    """Public listings as a CSV to be saved under that name; search engines leave it out."""
    gates = gate_periods([one.organisation_id for one in listings])
    text = provider_file.written(listings, gates, languages.current(), clock().today())
    answer = Response(text, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
