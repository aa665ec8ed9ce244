"""What everybody may see: home, results, listings, completions, and the addresses for machines."""

from __future__ import annotations

from flask import Blueprint

from directory.legal.pages import LegalPage
from directory.web.languages import PATH_RULE
from directory.web.public import (
    card,
    compare,
    components,
    credential,
    home,
    kept,
    landing,
    legal,
    listing,
    machines,
    pieces,
    regions,
    results,
    shortlist,
    suggest,
    theme,
    trust,
)
from directory.web.public.presenters.card import general

blueprint = Blueprint("public", __name__)
# Pages without a picture of their own show the site's.
blueprint.add_app_template_global(general, "site_picture")
blueprint.add_app_template_filter(pieces.facet_rows)
blueprint.add_app_template_global(pieces.icon)
blueprint.add_app_template_global(pieces.tier_chip)
blueprint.add_app_template_global(kept.kept, "kept")
blueprint.add_app_template_global(kept.kept_url, "kept_url")
blueprint.add_app_template_global(kept.with_kept, "with_kept")
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
for page in LegalPage:
    blueprint.add_url_rule(
        f"{PATH_RULE}/{page}", f"legal_{page}", legal.show, defaults={"page": page}
    )
blueprint.add_url_rule(f"{PATH_RULE}/theme", "theme", theme.choose, methods=["POST"])
blueprint.add_url_rule(f"{PATH_RULE}/_components", "components", components.show)
blueprint.add_url_rule(f"{PATH_RULE}/credentials/<slug>", "credential", credential.show)
blueprint.add_url_rule(f"{PATH_RULE}/regions", "regions", regions.show)
blueprint.add_url_rule(f"{PATH_RULE}/regions/<code>", "country_regions", regions.show_country)
blueprint.add_url_rule(f"{PATH_RULE}/trust", "trust", trust.show)
blueprint.add_url_rule(f"{PATH_RULE}/card.png", "site_card", card.of_site)
blueprint.add_url_rule(f"{PATH_RULE}/providers/<slug>/card.png", "listing_card", card.of_listing)
blueprint.add_url_rule("/suggest", "suggest", suggest.show)
blueprint.add_url_rule("/sitemap.xml", "sitemap", machines.sitemap)
blueprint.add_url_rule("/sitemaps/pages.xml", "sitemap_pages", machines.sitemap_pages)
blueprint.add_url_rule(
    "/sitemaps/services-<area>.xml", "sitemap_services", machines.sitemap_services
)
blueprint.add_url_rule(
    "/sitemaps/listings-<int(min=1):span>.xml", "sitemap_listings", machines.sitemap_listings
)
blueprint.add_url_rule("/llms.txt", "llms", machines.llms)
blueprint.add_url_rule("/robots.txt", "robots", machines.robots)
