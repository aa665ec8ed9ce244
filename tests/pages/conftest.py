"""A visitor who checks every page, and three listings to look at."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from directory import create_app
from directory.config import Settings, read_settings, settings
from directory.database import db
from directory.kernel.policy import Tier
from directory.listings.services import OfficeContent
from directory.search import services as search
from tests.conftest import environ_in
from tests.factories import COLOGNE, LISBON, Make
from tests.pages.contract import Visitor

MUNICH = OfficeContent(country="DE", region="DE-BY", city_id=2867714)


@pytest.fixture
def visitor(client: FlaskClient) -> Visitor:
    """Somebody without script; `visitor.open(path)` gives a page and checks it."""
    return Visitor(client)


@pytest.fixture(scope="session")
def three_made(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation with the three listings, indexed: making them takes most of a test's time."""
    folder = tmp_path_factory.mktemp("three")
    (folder / "var").mkdir()
    shutil.copyfile(empty_database, folder / "var" / "directory.db")
    made = read_settings(environ_in(folder))
    with create_app(made).app_context():
        _make_three(Make("three"))
        db.session.remove()
        db.engine.dispose()
    return made


@pytest.fixture
def three(make: Make, three_made: Settings) -> None:
    """Three listings in two countries, indexed."""
    now = settings()
    if now.database_url.startswith("sqlite") and now.clock.today() == three_made.clock.today():
        db.session.remove()
        db.engine.dispose()
        shutil.copyfile(three_made.var_dir / "directory.db", now.var_dir / "directory.db")
        shutil.copytree(three_made.index_dir, now.index_dir, dirs_exist_ok=True)
    else:
        _make_three(make)


def _make_three(make: Make) -> None:
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
