"""A visitor who checks every page, and three listings to look at."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from directory.kernel.policy import Tier
from directory.listings.services import OfficeContent
from directory.search import services as search
from tests.factories import COLOGNE, LISBON, Make
from tests.pages.contract import Visitor

MUNICH = OfficeContent(country="DE", region="DE-BY", city_id=2867714)


@pytest.fixture
def visitor(client: FlaskClient) -> Visitor:
    """Somebody without script; `visitor.open(path)` gives a page and checks it."""
    return Visitor(client)


@pytest.fixture
def three(make: Make) -> None:
    """Three listings in two countries, indexed."""
    make.listing("Alpha", slug="alpha", services=["seo", "crm-implementation"], languages=["de"])
    make.listing(
        "Beta",
        slug="beta",
        services=["crm-implementation"],
        offices=[COLOGNE, MUNICH],
        languages=["de", "en"],
        tier=Tier.GOLD,
        budget_min=5000,
        texts={"de": ("Führt CRM ein.", ""), "en": ("Introduces CRM.", "")},
    )
    make.listing("Gamma", slug="gamma", offices=[LISBON], serves=["DE-BW"], languages=["pt"])
    search.apply_changes()
