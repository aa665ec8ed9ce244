"""Figures for a monitor, over all processes: what was answered and asked, how things stand.

Nothing of them is about a person. They answer only to the address or the token that is set, and
never to a forwarded request.
"""

from __future__ import annotations

import hmac
import os

from flask import Blueprint, Flask, Response, abort, current_app, request
from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector
from sqlalchemy import event

from directory.config import settings
from directory.database import db
from directory.web.guards import allow
from directory.web.visitors import address_of, is_forwarded, is_in

EXTENSION = "directory_standing"
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
TYPE = "text/plain; version=0.0.4; charset=utf-8"

answers = Counter("directory_answers", "Answers by where they came from.", ["source"])
KEPT, MADE = answers.labels("kept"), answers.labels("made")
statuses = Counter("directory_made_statuses", "Answers that Flask made, by status.", ["status"])
queries = Counter("directory_queries", "Questions to the database.")

FOLDER = "PROMETHEUS_MULTIPROC_DIR"

blueprint = Blueprint("metrics", __name__)


def init_app(app: Flask, standing: Collector) -> None:
    """Count what Flask answers and what it asks of the database; `standing` looks up the rest."""
    app.extensions[EXTENSION] = standing
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *_: queries.inc())

    @app.after_request
    def count(response: Response) -> Response:
        MADE.inc()
        statuses.labels(str(response.status_code)).inc()
        return response


@blueprint.get("/metrics")
@allow("anyone")
def show() -> Response:
    """All figures as Prometheus reads them; 404 for everybody who is not set for it."""
    if not _is_meant():
        abort(404)
    registry = CollectorRegistry()
    registry.register(current_app.extensions[EXTENSION])
    counted = REGISTRY
    if os.environ.get(FOLDER):
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    body = generate_latest(counted) + generate_latest(registry)
    return Response(body, content_type=TYPE, headers={"Cache-Control": "no-store"})


def _is_meant() -> bool:
    if is_forwarded(request.environ):
        return False
    known, token = settings(), ""
    if request.authorization and request.authorization.type == "bearer":
        token = request.authorization.token or ""
    if known.metrics_token and hmac.compare_digest(token.encode(), known.metrics_token.encode()):
        return True
    address = address_of(request.environ, ())
    return address is not None and is_in(address, known.metrics_from)
