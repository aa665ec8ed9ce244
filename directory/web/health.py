"""For machines that watch: is the process alive, can it serve."""

from __future__ import annotations

from flask import Blueprint

from directory import database
from directory.migrations import is_current
from directory.web.guards import allow

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@allow("anyone")
def alive() -> tuple[dict[str, str], int, dict[str, str]]:
    """200 as long as the process answers at all."""
    return {"status": "ok"}, 200, {"Cache-Control": "no-store"}


@blueprint.get("/readyz")
@allow("anyone")
def ready() -> tuple[dict[str, str], int, dict[str, str]]:
    """200 when the database answers and has this program's tables, else 503 with what is wrong."""
    if not database.is_answering():
        problem = "the database does not answer"
    elif not is_current():
        problem = "the database needs 'directory db upgrade'"
    else:
        return {"status": "ok"}, 200, {"Cache-Control": "no-store"}
    return {"status": problem}, 503, {"Cache-Control": "no-store"}
