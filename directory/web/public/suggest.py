"""Completions while somebody types, as JSON."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response, jsonify, request

from directory.config import LANGUAGES, clock, settings
from directory.search import services as search
from directory.web.guards import allow
from directory.web.keeping import kept


@allow("anyone")
@kept("q", "lang")
def show() -> Response:
    """At most eight services, places and providers that begin with `q`, named in `lang`."""
    asked = request.args.get("lang", "")
    language = asked if asked in LANGUAGES else settings().default_language
    found = search.suggest(request.args.get("q", ""), language=language, today=clock().today())
    return jsonify(asdict(found))
