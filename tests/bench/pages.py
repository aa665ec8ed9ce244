"""Processor time of the pages beside a constant one, in one run: `python -m tests.bench pages`.

Beside them stands a small Django program over the same listings (`django_app/`).
`BENCH_LISTINGS` sets how many listings are generated (default 10,000). `BENCH_AT` names a folder
whose `var` and `index` are measured as they are, and made where they are missing; without it
everything is made and removed again. Nothing is kept before Flask, and searches differ from round
to round, so that each is answered and rendered.
"""

from __future__ import annotations

import logging
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import structlog
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import Client

from directory import create_app, migrations
from directory.config import clock, read_settings
from directory.database import db
from directory.geography import queries as geography
from directory.listings import queries as listings
from directory.listings.models import Listing
from directory.listings.queries import visible_addresses
from directory.samples import loader
from directory.search import services as search
from directory.search import upkeep
from directory.search.engines import Query
from directory.search.request import SearchRequest
from directory.taxonomy import queries as taxonomy
from directory.web.guards import allow
from tests.bench.django_app import program
from tests.bench.figures import keep, mark
from tests.counting import questions_to

ROUNDS = 9
IN_ROUND = 20
LISTINGS = int(os.environ.get("BENCH_LISTINGS", "10000"))
KEPT_AT = os.environ.get("BENCH_AT", "")
CONSTANT = "/bench/constant"
DJANGO = "Django"
PAGE = "<!doctype html><title>constant</title><p>" + "x" * 26_000
COUNTRIES = ("US", "DE", "GB", "FR", "AT", "CH", "NL", "ES", "IT", "CA", "AU", "SE", "PL")
WORDS = (
    *("marketing", "automation", "strategie", "team", "wachstum", "growth", "industrie", "daten"),
    *("beratung", "digital", "content", "web", "sales", "studio", "media", "search", "learning"),
)
SEED = 1
# Milliseconds of processor time, and queries: engine, rows and rendering of twenty results.
MOST_MS, MOST_QUERIES = 6.0, 4
MOST_OPENING_S, MOST_MB = 1.5, 150
TARGETS = {
    "results, 2 filters": MOST_MS,
    "results, words": MOST_MS,
    "results, all": MOST_MS,
    "results, page 3": MOST_MS,
}


def main() -> None:
    """Measure, print, keep."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(KEPT_AT or scratch)
        app = create_app(
            read_settings(
                {
                    "DIRECTORY_VAR_DIR": f"{folder}/var",
                    "DIRECTORY_INDEX_DIR": f"{folder}/index",
                    "DIRECTORY_CACHE_MB": "0",
                }
            )
        )
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
        app.add_url_rule(CONSTANT, "constant", allow("anyone")(lambda: PAGE))
        with app.app_context():
            made = _made()
            opened = _opened()
            slugs = [slug for slug, *_ in visible_addresses(clock().today())[:20]]
            with tempfile.TemporaryDirectory() as beside:
                django = program.application(Path(beside), _as_plain())
                found = _pages(app, _paths(slugs), Client(django))
    opened["memory_used_mb"] = round(_resident_mb() - opened.pop("before_mb"), 1)
    _print(made, opened, found)
    keep("pages", {**made, **opened, "pages": found})


def _made() -> dict[str, float]:
    """How many listings there are, and what making them took if they were missing."""
    migrations.upgrade()
    made: dict[str, float] = {}
    if not _listings():
        made["load_seconds"] = _seconds(lambda: loader.load(LISTINGS))
    if upkeep.engine().is_missing():
        made["index_seconds"] = _seconds(search.rebuild)
    return {"listings": _listings(), **made}


def _listings() -> int:
    return db.session.scalar(select(func.count()).select_from(Listing)) or 0


def _opened() -> dict[str, float]:
    """What opening the index takes, and the memory before, when the places are there already."""
    geography.complete_places("ber", "en", limit=1)
    before = _resident_mb()
    query = Query(SearchRequest(), clock().today())
    opening = _seconds(lambda: upkeep.engine().generation)
    first = _seconds(lambda: upkeep.engine().find(query))
    return {"opening_seconds": opening, "first_search_seconds": first, "before_mb": before}


def _as_plain() -> Iterator[dict[str, Any]]:
    """All listings as the Django program takes them."""
    for batch in listings.in_batches(listings.all_ids()):
        for one in batch:
            text = one.texts[0] if one.texts else None
            yield {
                "slug": one.slug,
                "name": one.name,
                "tier": str(one.organisation.tier.rank) if one.organisation.tier else "",
                "budget": one.budget_min,
                "tagline": text.tagline if text else "",
                "description": text.description if text else "",
                "services": one.services,
                "countries": [office.country for office in one.offices],
                "languages": one.languages,
            }


def _paths(slugs: list[str]) -> dict[str, list[str]]:
    """By kind of page its addresses; of searches more than are asked for, in no order."""
    services = list(taxonomy.services())
    pairs = [f"service={one}&country={other}" for one in services for other in COUNTRIES]
    words = [f"{one}+{other}" for one in WORDS for other in WORDS if one != other]
    random.Random(SEED).shuffle(pairs)
    random.Random(SEED).shuffle(words)
    return {
        "constant page": [CONSTANT],
        "results, 2 filters": [f"/en/providers?{pair}" for pair in pairs],
        "results, words": [f"/en/providers?q={one}" for one in words],
        "results, all": ["/en/providers", "/de/providers"],
        "results, page 3": [f"/en/providers?service={one}&page=3" for one in services],
        "listing": [f"/en/providers/{slug}" for slug in slugs],
        "home": ["/en/", "/de/"],
        "API, 2 filters": [f"/api/v1/providers?{pair}" for pair in reversed(pairs)],
        f"{DJANGO}, 2 filters": [
            f"/providers?services={one}&countries={other}"
            for one in services
            for other in COUNTRIES
        ],
        f"{DJANGO}, listing": [f"/providers/{slug}" for slug in slugs],
        f"{DJANGO}, home": ["/"],
    }


def _as_django_asks(pair: str) -> str:
    """The same two filters, by the names that the Django program gives them."""
    return "/providers?" + pair.replace("service=", "services=").replace("country=", "countries=")


def _pages(app: Flask, paths: dict[str, list[str]], django: Client) -> dict[str, dict[str, Any]]:
    times: dict[str, list[float]] = {name: [] for name in paths}
    ours = app.test_client()
    endless = {name: cycle(some) for name, some in paths.items()}
    for at in range(-1, ROUNDS):
        for name, some in endless.items():
            client = django if name.startswith(DJANGO) else ours
            asked = list(islice(some, IN_ROUND))
            began = time.process_time()
            statuses = {client.get(path).status_code for path in asked}
            taken = (time.process_time() - began) / IN_ROUND * 1000
            assert statuses == {200}, (name, statuses)
            if at >= 0:
                times[name].append(taken)
    floor = statistics.median(times["constant page"])
    return {
        name: {
            "ms": round(statistics.median(taken), 2),
            "least_ms": round(min(taken), 2),
            "ratio": round(statistics.median(taken) / floor, 1),
            "queries": ""
            if name.startswith(DJANGO)
            else max(_queries(app, path) for path in paths[name][:IN_ROUND]),
        }
        for name, taken in times.items()
    }


def _queries(app: Flask, path: str) -> int:
    with app.app_context():
        engine = db.engine
    with questions_to(engine) as asked:
        app.test_client().get(path)
    return len(asked)


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return round(time.perf_counter() - began, 2)


def _print(
    made: dict[str, float], opened: dict[str, float], found: dict[str, dict[str, Any]]
) -> None:
    print(", ".join(f"{name} {value}" for name, value in made.items()))
    opening, memory = opened["opening_seconds"], opened["memory_used_mb"]
    print(f"index opened in {opening} s  {mark(opening, MOST_OPENING_S)}")
    print(f"first search in {opened['first_search_seconds']} s")
    print(f"memory over the empty program {memory} MB  {mark(memory, MOST_MB)}")
    print(f"{'page':<22}{'ms':>8}{'least':>8}{'ratio':>8}{'queries':>9}  target")
    for name, row in found.items():
        said = ""
        if name in TARGETS:
            said = f"{TARGETS[name]} ms {mark(row['least_ms'], TARGETS[name])}, "
            said += f"{MOST_QUERIES} queries {mark(row['queries'], MOST_QUERIES)}"
        print(f"{name:<22}{row['ms']:>8}{row['least_ms']:>8}{row['ratio']:>8}"
              f"{row['queries']:>9}  {said}")  # fmt: skip
