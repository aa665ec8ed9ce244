"""A served directory with listings of every kind, and a real browser."""

from __future__ import annotations

import io
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from directory import create_app, migrations
from directory.config import read_settings
from directory.database import db, writing
from directory.files import services as files
from directory.kernel.policy import Package, Tier
from directory.listings.services import OfficeContent
from directory.reactions import settle
from directory.search import services as search
from tests.factories import COLOGNE, LISBON, STUTTGART, Make
from tests.lacking import lack

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VIENNA = OfficeContent("AT", "AT-9", 2761369, postal_code="1010", street="Kärntner Ring 5")
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 780}
TEXTS = {
    "de": (
        "Führt Vertriebsteams von gewachsenen Tabellen in ein CRM, das auch später gepflegt wird.",
        "Vor dem ersten Klick steht eine Woche im **Betrieb**.\n\n- Aufnahme vor Ort\n- Probelauf",
    ),
    "en": ("Moves sales teams from spreadsheets into a CRM.", "A week on site comes *first*."),
}


BUILDER = {
    "de": ("Plant und baut Websites, die schnell sind und die jeder im Haus pflegen kann.", "Web."),
    "en": ("Plans and builds websites that are fast and that everyone in the house can edit.", "."),
}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a served directory with 27 listings of every kind."""
    folder = tmp_path_factory.mktemp("site")
    environ = {
        "DIRECTORY_VAR_DIR": str(folder / "var"),
        "DIRECTORY_INDEX_DIR": str(folder / "index"),
        "DIRECTORY_TODAY": "2026-11-23",
        "DIRECTORY_OPERATOR": "Musterbetreiber eG",
    }
    app = create_app(read_settings(environ))
    with app.app_context():
        migrations.upgrade()
        _fill(Make())
        search.apply_changes()
        db.session.remove()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys."""
    path = shutil.which("chromium") or CHROMIUM
    if not Path(path).exists():
        lack("Chromium for the journeys; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def desk(chromium: Browser) -> Iterator[Page]:
    """A page on a wide screen; errors in its console fail the test."""
    with chromium.new_context(viewport=DESK) as context:
        page = context.new_page()
        problems: list[str] = []
        page.on(
            "console", lambda said: problems.append(said.text) if said.type == "error" else None
        )
        page.on("pageerror", lambda error: problems.append(str(error)))
        yield page
        assert not problems


@pytest.fixture
def scriptless(chromium: Browser) -> Iterator[Page]:
    """A page of a browser that runs no script, as narrow as a phone."""
    with chromium.new_context(viewport=PHONE, java_script_enabled=False) as context:
        yield context.new_page()


def _logo(number: int) -> str:
    """A stored logo unlike the others."""
    out = io.BytesIO()
    Image.new("RGB", (112, 112), (8 * number, 60, 120)).save(out, "PNG")
    return files.store(out.getvalue())


def _fill(make: Make) -> None:
    make.listing(
        "Hohenfelder Gesellschaft für Kundenbeziehungsmanagement und Vertriebsautomatisierung mbH",
        slug="hohenfelder",
        services=["crm-implementation", "seo", "email-marketing", "website-development"],
        offices=[STUTTGART, VIENNA, COLOGNE],
        languages=["de", "en", "fr"],
        industries=[
            "automotive",
            "construction",
            "consulting",
            "education",
            "energy",
            "government",
            "healthcare",
            "hospitality",
            "insurance",
            "agriculture",
        ],
        serves=["DE-BY", "CH"],
        credentials=["marketing-software"],
        texts=TEXTS,
        tier=Tier.ELITE,
        website="https://www.hohenfelder-kundenbeziehungsmanagement.example/",
        founded=1998,
        team_size=120,
        budget_min=8000,
        accepting=True,
        certified_until=date(2026, 12, 20),
    )
    for number, tier in enumerate((Tier.DIAMOND, Tier.PLATINUM, Tier.GOLD, None)):
        make.listing(
            f"Quellgrund {number}", services=["crm-implementation"], tier=tier, texts=TEXTS
        )
    make.listing("Solo", slug="solo", package=Package.PROVIDER, texts={"en": ("Just me.", "Me.")})
    make.listing("אבג Digital", offices=[LISBON], serves=["DE-BW"], languages=["pt"])
    for number in range(20):
        make.listing(
            f"Webwerk {number:02}",
            services=["website-development"],
            offices=[COLOGNE],
            logo=_logo(number),
            texts=BUILDER,
            budget_min=3000,
        )
    gone = make.listing("Gone", slug="gone")
    with writing():
        gone.first_public = date(2025, 1, 1)
        gone.state = type(gone.state)("withdrawn")
        settle()
