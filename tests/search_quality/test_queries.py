"""What people type, and which listings must be on the first page: written before any tuning.

Each line of `data/` is a query with the `external_id`s that it has to find: `exact` is all of them
and no other, `has` must be there, `not` must not, `first` must stand first. `SCORE` is what the
search reaches today; it rises with every step towards 0.95 and is never lowered.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from directory import create_app, migrations
from directory.accounts.models import Organisation
from directory.config import clock, read_settings
from directory.database import db
from directory.exchange.importing import import_file
from directory.listings.models import Listing
from directory.search import services as search
from directory.search.request import SearchRequest
from tests.conftest import environ_in

DATA = Path(__file__).parent / "data"
REAL = Path(__file__).parents[3] / "shared" / "data"
SCORE = {"samples_de": 0.95, "samples_en": 0.95, "real_de": 0.95, "real_en": 0.95}
Case = dict[str, object]


@pytest.fixture(scope="module")
def found(
    sampled: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """The queries of each file that were answered wrong."""
    with create_app(read_settings(sampled)).app_context():
        wrong = _wrong("samples")
    if (REAL / "listings.jsonl").is_file():
        folder = tmp_path_factory.mktemp("real")
        with create_app(read_settings(environ_in(folder))).app_context():
            migrations.upgrade()
            for name in ("listings", "certifications"):
                import_file(name, REAL / f"{name}.jsonl", dry_run=False, report=lambda _line: None)
            search.rebuild()
            wrong |= _wrong("real")
    return wrong


@pytest.mark.parametrize("name", SCORE)
def test_the_first_page_is_what_people_mean(name: str, found: dict[str, list[str]]) -> None:
    if name not in found:
        pytest.skip("needs the real listings of ../shared/data, which are no part of the project")
    asked = len(_cases(name))
    score = (asked - len(found[name])) / asked
    assert score >= SCORE[name], f"{score:.3f}; wrong: {found[name]}"


def _wrong(kind: str) -> dict[str, list[str]]:
    names = [f"{kind}_{language}" for language in ("de", "en")]
    wrong = {
        name: [
            str(case["q"])
            for case in _cases(name)
            if not _is_right(case, _first_page(str(case["q"]), name[-2:]))
        ]
        for name in names
    }
    db.session.remove()
    db.engine.dispose()
    return wrong


def _first_page(words: str, language: str) -> list[str]:
    request, _ = SearchRequest.from_args(MultiDict({"q": words}))
    page = search.answer(request, language=language, today=clock().today())
    listings = [db.session.get_one(Listing, hit.listing_id) for hit in page.hits]
    return [db.session.get_one(Organisation, one.organisation_id).key for one in listings]


def _is_right(case: Case, found: list[str]) -> bool:
    exact, has, never = (set(case.get(key, ())) for key in ("exact", "has", "not"))  # type: ignore[call-overload]
    if "exact" in case and not (exact == set(found) or (len(exact) > 20 and set(found) <= exact)):
        return False
    first = list(case.get("first", ()))  # type: ignore[call-overload]
    return has <= set(found) and not never & set(found) and found[: len(first)] == first


def _cases(name: str) -> list[Case]:
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]
