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
from directory.samples import loader
from directory.search import services as search
from directory.search.request import SearchRequest

DATA = Path(__file__).parent / "data"
REAL = Path(__file__).parents[3] / "shared" / "data"
SCORE = {"samples_de": 0.95, "samples_en": 0.95, "real_de": 0.95, "real_en": 0.95}
Case = dict[str, object]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The queries of each file that were answered wrong."""
    return {
        **_wrong_in("samples", tmp_path_factory.mktemp("samples")),
        **_wrong_in("real", tmp_path_factory.mktemp("real")),
    }


@pytest.mark.parametrize("name", SCORE)
def test_the_first_page_is_what_people_mean(name: str, found: dict[str, list[str]]) -> None:
    if name not in found:
        pytest.skip("needs the real listings of ../shared/data, which are no part of the project")
    asked = len(_cases(name))
    score = (asked - len(found[name])) / asked
    assert score >= SCORE[name], f"{score:.3f}; wrong: {found[name]}"


def _wrong_in(kind: str, folder: Path) -> dict[str, list[str]]:
    if kind == "real" and not (REAL / "listings.jsonl").is_file():
        return {}
    here = {
        "DIRECTORY_VAR_DIR": str(folder / "var"),
        "DIRECTORY_INDEX_DIR": str(folder / "index"),
        "DIRECTORY_TODAY": "2026-11-23",
    }
    with create_app(read_settings(here)).app_context():
        migrations.upgrade()
        _load(kind)
        search.rebuild()
        wrong = {
            f"{kind}_{language}": [
                str(case["q"])
                for case in _cases(f"{kind}_{language}")
                if not _is_right(case, _first_page(str(case["q"]), language))
            ]
            for language in ("de", "en")
        }
        db.session.remove()
        db.engine.dispose()
    return wrong


def _load(kind: str) -> None:
    if kind == "samples":
        loader.load()
        return
    for name in ("listings", "certifications"):
        import_file(name, REAL / f"{name}.jsonl", dry_run=False, report=lambda _line: None)


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
