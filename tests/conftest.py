"""An application on a database of its own for every test, and factories."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as budget
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from directory import create_app, migrations
from directory.config import Settings, read_settings
from directory.database import db
from directory.samples import loader
from directory.search import services as search
from directory.web import templating
from tests.factories import Make
from tests.postgres import migrated_database

DAY = "2026-11-23"
# How long something may take is a test of its own, in processor time: on a machine that has other
# work no example would keep a limit by the clock.
budget.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
budget.load_profile("any machine")


class Compiled(BytecodeCache):
    """Templates that were compiled before, for every application of this process."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._known.get(bucket.key, (None, None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = (bucket.checksum, bucket.code)


class Compiling(templating.Environment):
    """An environment of templates that compiles none twice, which would take half of all tests."""

    compiled = Compiled()

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options, bytecode_cache=self.compiled)


templating.Environment = Compiling  # type: ignore[misc]  # what every application takes


def environ_in(folder: Path) -> dict[str, str]:
    """The environment of an installation in `folder`."""
    return {
        "DIRECTORY_VAR_DIR": str(folder / "var"),
        "DIRECTORY_INDEX_DIR": str(folder / "index"),
        "DIRECTORY_TODAY": DAY,
    }


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """What the application's environment holds; a test may change it before it asks for `app`."""
    return environ_in(tmp_path)


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


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an installation with the samples, indexed, that tests only read.

    Made once for all processes of a run, by the first that needs it.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sampled"
    folder.mkdir(exist_ok=True)
    environ = environ_in(folder)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            with create_app(read_settings(environ)).app_context():
                migrations.upgrade()
                loader.load()
                search.rebuild()
                db.session.remove()
                db.engine.dispose()
            (folder / "made").touch()
    return environ


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
    with migrated_database() as url:
        yield read_settings(environ | {"DIRECTORY_DATABASE_URL": url})


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
