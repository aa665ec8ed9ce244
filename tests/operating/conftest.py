"""A directory with something of everything, to be backed up and brought back."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from directory import create_app
from directory.config import Settings, read_settings
from directory.database import db
from directory.files.services import store
from directory.kernel.policy import Tier
from directory.search import services as search
from tests.factories import COLOGNE, STUTTGART, Make


def picture(colour: str) -> bytes:
    """A small PNG."""
    out = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def filled(make: Make, app: Flask) -> Flask:
    """Three listings, one with a logo, one with everything."""
    make.listing("Rheinweb", slug="rheinweb", logo=store(picture("red")), offices=[COLOGNE])
    make.listing(
        "Ölmühle “42”",
        services=["seo", "crm-implementation"],
        offices=[STUTTGART, COLOGNE],
        serves=["AT"],
        texts={"de": ("Größe zählt", "Zeile\nzwei"), "en": ("Size counts", "\U0001f600")},
        tier=Tier.GOLD,
        accepting=True,
        budget_min=5000,
    )
    make.listing("Former", certified_until=None)
    search.apply_changes()
    return app


@pytest.fixture
def elsewhere(tmp_path: Path) -> Callable[..., object]:
    """Another installation, empty, in a folder of its own."""

    @contextmanager
    def opened(name: str = "other", **environ: str) -> Iterator[Flask]:
        here = {
            "DIRECTORY_VAR_DIR": str(tmp_path / name / "var"),
            "DIRECTORY_INDEX_DIR": str(tmp_path / name / "index"),
            "DIRECTORY_TODAY": "2026-11-23",
        }
        settings: Settings = read_settings(here | environ)
        other = create_app(settings)
        with other.app_context():
            yield other
            db.session.remove()
            db.engine.dispose()

    return opened
