"""The programming interface, version 1: searching, one listing, the taxonomy; JSON, no cookies."""

from __future__ import annotations

from flask import Blueprint

from directory.web.api import openness, providers, reference, taxonomy

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
blueprint.add_url_rule("/providers", "providers", providers.results)
blueprint.add_url_rule("/providers/<slug>", "provider", providers.show)
blueprint.add_url_rule("/taxonomy", "taxonomy", taxonomy.show)
blueprint.add_url_rule("/openapi.json", "openapi", reference.describe)
blueprint.before_request(openness.check_accept)
blueprint.after_app_request(openness.open_up)
