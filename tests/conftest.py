"""An application on a database of its own for every test, and factories."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as budget

from directory import create_app, migrations
from directory.config import Settings, read_settings
from directory.database import db
from tests.factories import Make
from tests.postgres import postgres_database

DAY = "2026-11-23"
# How long something may take is a test of its own, in processor time: on a machine that has other
# work no example would keep a limit by the clock.
budget.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
budget.load_profile("any machine")


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """What the application's environment holds; a test may change it before it asks for `app`."""
    return {
        "DIRECTORY_VAR_DIR": str(tmp_path / "var"),
        "DIRECTORY_INDEX_DIR": str(tmp_path / "index"),
        "DIRECTORY_TODAY": DAY,
    }


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file at the newest revision, copied for each test."""
    folder = tmp_path_factory.mktemp("empty")
    here = {"DIRECTORY_VAR_DIR": str(folder), "DIRECTORY_INDEX_DIR": str(folder / "index")}
    app = create_app(read_settings(here))
    with app.app_context():
        migrations.upgrade()
        db.session.remove()
        db.engine.dispose()
    return folder / "directory.db"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both_databases") is not None
        kinds = ["sqlite", "postgresql"] if both else ["sqlite"]
        metafunc.parametrize("database_kind", kinds, scope="function")


@pytest.fixture
def settings(
    environ: dict[str, str], database_kind: str, empty_database: Path, tmp_path: Path
) -> Iterator[Settings]:
    """Settings over a fresh database at the newest revision."""
    if database_kind == "sqlite":
        (tmp_path / "var").mkdir(exist_ok=True)
        shutil.copyfile(empty_database, tmp_path / "var" / "directory.db")
        yield read_settings(environ)
        return
    with postgres_database() as url:
        fresh = read_settings(environ | {"DIRECTORY_DATABASE_URL": url})
        with create_app(fresh).app_context():
            migrations.upgrade()
            db.session.remove()
            db.engine.dispose()
        yield fresh


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application, with its context pushed."""
    app = create_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor without script."""
    return app.test_client()


@pytest.fixture
def make(app: Flask) -> Make:
    """Factories: `make.listing(services=["seo"])`."""
    return Make()
