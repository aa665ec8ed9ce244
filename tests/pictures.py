"""The screenshots of README and docs, made from the sample data: `make pictures`."""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from directory import create_app, serving
from directory.config import read_settings

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SHOTS = (
    ("home-en", "/en/", 1280, "light"),
    ("results-en", "/en/providers?service=crm&near=Stuttgart&radius=100", 1280, "light"),
    ("results-de-phone", "/de/providers?service=crm&near=Stuttgart&radius=100", 360, "dark"),
    ("listing-de", "", 1280, "light"),
)


def main() -> None:
    """Take every picture anew."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, path, width, theme in SHOTS:
            _take(browser, address, name=name, path=path, width=width, theme=theme)
        browser.close()


def _take(browser: Browser, address: str, *, name: str, path: str, width: int, theme: str) -> None:
    height = 1000 if width > 600 else 780
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.goto(address + (path or "/de/providers?service=crm&near=Stuttgart&radius=100"))
    if not path:
        page.click(".entry-name a")
    page.screenshot(path=FOLDER / f"{name}.png")
    page.close()


@contextmanager
def _served() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        environ = {
            "DIRECTORY_VAR_DIR": f"{folder}/var",
            "DIRECTORY_INDEX_DIR": f"{folder}/index",
        }
        app = create_app(read_settings(environ))
        with app.app_context():
            list(serving.prepare(samples=True))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


if __name__ == "__main__":
    main()
