"""What everybody may see: home, results, listings, completions, and the addresses for machines."""

from __future__ import annotations

from flask import Blueprint

from directory.web.languages import PATH_RULE
from directory.web.public import (
    compare,
    home,
    kept,
    landing,
    listing,
    machines,
    results,
    shortlist,
    suggest,
)

blueprint = Blueprint("public", __name__)
blueprint.add_url_rule("/", "front", home.front)
blueprint.add_url_rule(f"{PATH_RULE}/", "home", home.show)
blueprint.add_url_rule(f"{PATH_RULE}/providers", "results", results.show)
blueprint.add_url_rule(f"{PATH_RULE}/providers/<slug>", "listing", listing.show)
blueprint.add_url_rule(f"{PATH_RULE}/services/<service>", "landing", landing.show)
blueprint.add_url_rule(f"{PATH_RULE}/services/<service>/<country>", "landing", landing.show)
blueprint.add_url_rule(f"{PATH_RULE}/compare", "compare", compare.show)
blueprint.add_url_rule(f"{PATH_RULE}/compare.csv", "compare_file", compare.send)
blueprint.add_url_rule(f"{PATH_RULE}/shortlist", "shortlist", shortlist.show)
blueprint.add_url_rule(f"{PATH_RULE}/shortlist.csv", "shortlist_file", shortlist.send)
blueprint.add_url_rule("/suggest", "suggest", suggest.show)
blueprint.add_url_rule("/sitemap.xml", "sitemap", machines.sitemap)
blueprint.add_url_rule("/robots.txt", "robots", machines.robots)
blueprint.add_app_template_global(kept.kept, "kept")
blueprint.add_app_template_global(kept.kept_url, "kept_url")
