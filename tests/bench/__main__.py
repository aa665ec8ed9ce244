"""Processor time of the pages beside a constant one, in one run, then of the search: `make bench`.

Then what the server answers in a second. With the word `search` or `serving` only that.

Prints a table and writes `var/bench.json`. Ratios hold on a noisy machine, milliseconds are given
for feeling. `BENCH_LISTINGS` sets how many listings are generated (default 10,000).
"""

from __future__ import annotations

import json
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import structlog
from flask import Flask
from sqlalchemy import event

from directory import create_app, migrations
from directory.config import clock, read_settings
from directory.database import db
from directory.listings.queries import visible_addresses
from directory.samples import loader
from directory.search import services as search
from directory.web.guards import allow
from tests.bench import search as bench_search
from tests.bench import serving as bench_serving

ROUNDS = 7
REQUESTS = 20
LISTINGS = int(os.environ.get("BENCH_LISTINGS", "10000"))
CONSTANT = "/bench/constant"
PAGE = "<!doctype html><title>constant</title><p>" + "x" * 26_000


def main() -> None:
    """Measure, print, write."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            read_settings(
                {"DIRECTORY_VAR_DIR": f"{folder}/var", "DIRECTORY_INDEX_DIR": f"{folder}/index"}
            )
        )
        app.add_url_rule(CONSTANT, "constant", allow("anyone")(lambda: PAGE))
        with app.app_context():
            figures = {"load_seconds": _seconds(_load), "index_seconds": _seconds(search.rebuild)}
            slug = visible_addresses(clock().today())[0][0]
        figures |= _pages(app, slug)
    _print(figures)
    out = Path("var/bench.json")
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps({"listings": LISTINGS, **figures}, indent=1), encoding="utf-8")


def _load() -> None:
    migrations.upgrade()
    loader.load(LISTINGS)


def _pages(app: Flask, slug: str) -> dict[str, dict[str, float]]:
    paths = {
        "constant page": CONSTANT,
        "results, 2 filters": "/en/providers?service=crm&country=US",
        "results, words": "/en/providers?q=marketing+automation",
        "results, all": "/en/providers",
        "listing": f"/en/providers/{slug}",
        "home": "/en/",
        "API, 2 filters": "/api/v1/providers?service=crm&country=US",
    }
    times: dict[str, list[float]] = {name: [] for name in paths}
    client = app.test_client()
    for path in paths.values():
        assert client.get(path).status_code == 200, path
    for _ in range(ROUNDS):
        for name, path in paths.items():
            began = time.process_time()
            for _ in range(REQUESTS):
                client.get(path)
            times[name].append((time.process_time() - began) / REQUESTS * 1000)
    floor = statistics.median(times["constant page"])
    return {
        name: {
            "ms": round(statistics.median(taken), 2),
            "ratio": round(statistics.median(taken) / floor, 1),
            "queries": _queries(app, paths[name]),
        }
        for name, taken in times.items()
    }


def _queries(app: Flask, path: str) -> int:
    count: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(*arguments: object) -> None:
        count.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    app.test_client().get(path)
    event.remove(engine, "before_cursor_execute", note)
    return len(count)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return round(time.perf_counter() - began, 1)


def _print(figures: dict[str, object]) -> None:
    print(f"{LISTINGS} listings: loaded in {figures['load_seconds']} s,"
          f" indexed in {figures['index_seconds']} s")  # fmt: skip
    print(f"{'page':<22}{'ms':>8}{'ratio':>8}{'queries':>9}")
    for name, row in figures.items():
        if isinstance(row, dict):
            print(f"{name:<22}{row['ms']:>8}{row['ratio']:>8}{row['queries']:>9}")


if __name__ == "__main__":
    wanted = sys.argv[1:]
    if not wanted:
        main()
    if wanted in ([], ["search"]):
        bench_search.main()
    if wanted in ([], ["serving"]):
        bench_serving.main()
