"""A search over real rows: what is understood, what may be seen, what stands in for the index."""

from __future__ import annotations

import shutil
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete
from werkzeug.datastructures import MultiDict

from directory import create_app
from directory.certification.models import Certification
from directory.config import Settings, read_settings
from directory.database import db, writing
from directory.kernel.policy import Package, Tier
from directory.listings.models import Listing, ListingState
from directory.reactions import settle
from directory.search import services as search
from directory.search.analysis import wanted
from directory.search.corrections import _near, _table
from directory.search.engines import Found, Query
from directory.search.interpretation import interpret
from directory.search.phrases import _plainly
from directory.search.request import SearchRequest, Sort
from directory.search.results import SearchPage
from directory.search.understanding import _read
from directory.search.upkeep import engine
from tests.factories import COLOGNE, LISBON, STUTTGART, Make
from tests.public import visible_ids

DAY = date(2026, 11, 23)
A_DAY = timedelta(days=1)


def answer(q: str = "", *, said: str = "en", day: date = DAY, **asked: object) -> SearchPage:
    request = SearchRequest(q=q, **asked)  # type: ignore[arg-type]
    return search.answer(request, language=said, today=day)


def names(page: SearchPage) -> list[str]:
    listings = {hit.listing_id: db.session.get(Listing, hit.listing_id) for hit in page.hits}
    return [listing.name for listing in listings.values() if listing]


@pytest.fixture
def town(make: Make) -> Make:
    """A handful of agencies in an index that is up to date."""
    make.listing("Rheinweb", services=["website-development"], offices=[COLOGNE], tier=Tier.GOLD)
    make.listing("Domcode", services=["website-development"], offices=[COLOGNE])
    make.listing("Köln Digital", services=["seo"], offices=[STUTTGART])
    make.listing("Waterdog", services=["mobile-apps"], offices=[LISBON], languages=["pt", "en"])
    make.listing("Wolke Sieben", services=["cloud-hosting"], serves=["DE"], offices=[LISBON])
    make.listing("Sky Host", services=["cloud-hosting"], offices=[STUTTGART])
    make.listing("Entwurf", state=ListingState.DRAFT, offices=[COLOGNE])
    search.apply_changes()
    return make


@pytest.mark.rule("DIR-4")
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("Webentwicklung Köln", ["Rheinweb", "Domcode"]),
        ("website development in Cologne", ["Rheinweb", "Domcode"]),
        ("cloud hosting in Germany", ["Sky Host", "Wolke Sieben"]),
        ("Waterdog Lisbon", ["Waterdog"]),
        ("Waterdog Lissabon", ["Waterdog"]),
        ("Köln Digital", ["Köln Digital"]),
        ("digital köln", ["Köln Digital"]),
        ("koeln digit", ["Köln Digital"]),
        ("waterd", ["Waterdog"]),
        ("Webdesign Köln", ["Rheinweb", "Domcode"]),
    ],
)
def test_a_query_finds_the_same_in_both_languages(
    town: Make, q: str, expected: list[str], language: str
) -> None:
    page = answer(q, said=language)
    assert names(page) == expected
    assert page.paging.total == len(expected)


def test_the_words_that_were_understood_are_chips_that_can_be_removed(town: Make) -> None:
    page = answer("Webentwicklung Köln", said="de")
    assert page.sentence == "Anbieter für Webentwicklung in Köln"
    assert [(chip.facet, chip.label, chip.words) for chip in page.chips] == [
        ("service", "Webentwicklung", "Webentwicklung"),
        ("city", "Köln", "Köln"),
    ]
    service, city = page.chips
    assert names(search.answer(city.without, language="de", today=DAY)) == ["Rheinweb", "Domcode"]
    assert service.without.params() == [("q", "Köln")]


@pytest.mark.parametrize(
    ("q", "said"),
    [
        ("wir suchen jetzt dringend eine nette kleine Agentur für Webentwicklung in Köln", "de"),
        (
            "we are urgently trying to find some nice agency for website development in Cologne",
            "en",
        ),
    ],
)
def test_all_words_are_understood_however_many_stand_before(town: Make, q: str, said: str) -> None:
    asked, _ = SearchRequest.from_args(MultiDict({"q": q}))
    page = search.answer(asked, language=said, today=DAY)
    assert page.request.q == q
    assert {(one.facet, one.value) for one in page.understood} == {
        ("service", "website-development"),
        ("city", str(COLOGNE.city_id)),
    }
    assert names(page) == ["Rheinweb", "Domcode"]


def test_of_many_words_that_stay_text_eight_are_looked_for_and_the_others_told(town: Make) -> None:
    page = answer("one two three four five six seven eight nine ten Webentwicklung Köln")
    assert [one.facet for one in page.understood] == ["service", "city"]
    assert page.cut == ("nine", "ten")
    literally = answer("one two three four five six seven eight nine ten", text=True)
    assert (literally.effective.q, literally.cut) == (
        "one two three four five six seven eight",
        ("nine", "ten"),
    )


def test_chips_name_every_filter_and_leave_it_out(town: Make) -> None:
    page = answer("waterdog", budget=5000, rating=4.0, accepting=True, tier=("gold", "none"))
    assert [chip.label for chip in page.chips] == [
        "Gold",
        "No tier",
        "Budget of €5,000",
        "Rated 4 or higher",
        "Accepting new clients",
    ]
    assert page.chips[0].without.tier == ("none",)
    assert page.chips[2].without.budget is None


def test_words_taken_literally_are_not_understood(town: Make) -> None:
    page = answer("Köln", text=True)
    assert page.understood == ()
    assert "Köln Digital" in names(page)


def test_the_facets_are_counted_without_themselves(town: Make) -> None:
    page = answer(service=("seo",), country=("DE",))
    services = {one.value: (one.count, one.selected) for one in page.facets["service"].values}
    assert services["seo"] == (1, True)
    assert services["website-development"] == (2, False)
    assert services["web-design"] == (2, False)
    assert {one.value: one.count for one in page.facets["country"].values} == {"DE": 1}
    tiers = [(one.value, one.label) for one in answer().facets["tier"].values]
    assert tiers == [("gold", "Gold"), ("none", "No tier")]


@pytest.mark.rule("OPR-2")
def test_results_can_be_ordered_without_the_tier(town: Make) -> None:
    both = answer("Webentwicklung Köln")
    assert names(both) == ["Rheinweb", "Domcode"]
    assert names(answer("Webentwicklung Köln", sort=Sort.NAME)) == ["Domcode", "Rheinweb"]


@pytest.mark.rule("DIR-2")
def test_a_lapse_hides_a_listing_at_midnight_without_a_change_of_the_index(make: Make) -> None:
    listing = make.listing("Kurz", certified_until=DAY)
    search.apply_changes()
    assert answer().paging.total == 1
    assert search.suggest("kurz", language="de", today=DAY).providers[0].slug == listing.slug
    assert answer(day=DAY + A_DAY).paging.total == 0
    assert answer(day=DAY + A_DAY).facets["service"].values == ()
    assert search.suggest("kurz", language="de", today=DAY + A_DAY).providers == ()


@pytest.mark.rule("DIR-2")
@pytest.mark.case("B12")
def test_what_is_withdrawn_is_gone_before_the_index_knows(make: Make) -> None:
    make.listing("Bleibt", services=["seo"])
    listing = make.listing("Geht", services=["seo"])
    search.apply_changes()
    with writing():
        gone = db.session.get_one(Listing, listing.id)
        gone.state = ListingState.WITHDRAWN
        search.queue_change(gone.id)
        settle()
    page = answer()
    assert names(page) == ["Bleibt"]
    assert page.paging.total == 1
    assert {one.value: one.count for one in page.facets["service"].values}["seo"] == 1
    assert search.suggest("geht", language="de", today=DAY).providers == ()


@pytest.mark.rule("DIR-2")
@pytest.mark.case("B12")
def test_a_revocation_hides_at_once(make: Make) -> None:
    listing = make.listing("Widerrufen")
    search.apply_changes()
    with writing():
        db.session.execute(delete(Certification))
        search.queue_change(listing.id)
        settle()
    assert answer().paging.total == 0


@pytest.mark.rule("DIR-2")
@pytest.mark.both_databases
def test_counts_agree_with_what_may_be_seen_on_every_day(make: Make) -> None:
    for days in range(-2, 4):
        make.listing(certified_until=DAY + days * A_DAY)
    make.listing(state=ListingState.WITHDRAWN)
    search.apply_changes()
    for days in range(-4, 6):
        day = DAY + days * A_DAY
        page = answer(day=day)
        assert page.paging.total == len(visible_ids(day))
        assert {hit.listing_id for hit in page.hits} == visible_ids(day)


def test_packages_and_tiers_are_facets(make: Make) -> None:
    make.listing("P", package=Package.PROVIDER)
    make.listing("E", tier=Tier.ELITE)
    make.listing("N")
    search.apply_changes()
    assert names(answer(package=("provider",))) == ["P"]
    assert names(answer(package=("partner",))) == ["E"]
    assert names(answer(package=("none",))) == ["N"]
    assert names(answer(tier=("none",))) == ["N", "P"]
    assert names(answer()) == ["E", "N", "P"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_suggestions_are_eight_at_most_of_all_kinds(town: Make, language: str) -> None:
    found = search.suggest("w", language=language, today=DAY)
    assert len(found.services) + len(found.places) + len(found.providers) == 8
    assert found.services
    assert found.places
    assert [one.name for one in found.providers] == ["Waterdog", "Wolke Sieben"]


@pytest.mark.parametrize("text", ["CRM Agentur", "crm agency", "die beste CRM Agentur"])
def test_words_said_of_everyone_do_not_keep_a_service_from_being_completed(
    town: Make, text: str
) -> None:
    assert search.suggest(text, language="de", today=DAY).services[0].slug == "crm"


def test_suggestions_name_services_and_places_in_either_language(town: Make) -> None:
    found = search.suggest("webentw", language="en", today=DAY)
    assert [(one.slug, one.name) for one in found.services] == [
        ("website-development", "Website development")
    ]
    place = search.suggest("cologn", language="de", today=DAY).places[0]
    assert (place.id, place.name, place.region, place.country) == (
        *("2886242", "Köln"),
        *("DE-NW", "DE"),
    )


@pytest.mark.parametrize("text", ["", " ", "\x00", "%", "*", "'"])
def test_nothing_is_suggested_for_nothing(town: Make, text: str) -> None:
    found = search.suggest(text, language="de", today=DAY)
    assert (found.services, found.places, found.providers) == ((), (), ())


HOSTILE = [
    "*a*" * 33,
    "*",
    "?" * 30,
    "[a TO z]",
    "~9 seo~2",
    "(" * 100,
    "OR " * 33,
    '"unbalanced',
    "id:1",
    "status:draft",
    "' or 1=1--",
    "%_\\%",
    "{{config}} ${7*7} %s",
    "\u202e\u2066seo",
    "a b c d e f g h",
    "مرحبا 你好 привет",
    "qxyzzya qxyzzyb qxyzzyc qxyzzyd qxyzzye qxyzzyf qxyzzyg qxyzzyh",
    "aeoeueae oeaeueoe ueaeoeue aeaeoeoe ueueaeoe aeoeaeue oeoeaeae ueaeueae",
    ("a b c d e f g h i j k l m n o p q r s t u v w x y z " * 2).strip()[:100],
    "muncehn colonge webdesgin marketign berlni hambrug stuttgrat vienan zurihc parsi lodnon",
    "qxyzz qxyza qxyzb qxyzc qxyzd qxyze qxyzf qxyzg qxyzh qxyzi qxyzj qxyzk qxyzl qxyzm qxyzn",
    "in in in in in in in in in in in in in in in in in in in in in in in in in in in in in in in",
]


@pytest.mark.case("C6")
@pytest.mark.case("C7")
@pytest.mark.parametrize("q", HOSTILE)
def test_a_hostile_query_is_words_and_answered_quickly(town: Make, q: str) -> None:
    search.warm_up()
    for kept in (_near, _read, _plainly, wanted):
        kept.cache_clear()
    began = time.process_time()
    page = answer(q)
    assert time.process_time() - began < 0.05
    assert "Entwurf" not in names(page)


class Counting:
    """The engine, counting what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def find(self, query: Query) -> Found:
        self.asked += 1
        return engine().find(query)

    def is_name(self, name: str, query: Query) -> bool:
        self.asked += 1
        return engine().is_name(name, query)

    def has_word(self, word: str, query: Query) -> bool:
        self.asked += 1
        return engine().has_word(word, query)

    def suggest(self, prefix: str, query: Query, limit: int) -> list[int]:
        self.asked += 1
        return engine().suggest(prefix, query, limit)


# As understood, literally, widely; each word alone, and beside those before it.
MOST_ASKED = 40


@pytest.mark.case("C6")
@pytest.mark.parametrize(
    "q", ["qxyzzy", "marketign", "muncehn", "webdesgin colonge marketign muncehn"]
)
def test_a_query_full_of_unknown_words_asks_the_engine_a_bounded_number_of_times(
    town: Make, q: str
) -> None:
    words = " ".join(f"{word}{end}" for end in ("", "a", "b", "c") for word in q.split())
    request, _ = SearchRequest.from_args(MultiDict({"q": f"{words} {q} {words}"}))
    source = Counting()
    query = Query(request, DAY)
    interpret(source, query, language="en", ignored=frozenset())
    assert 1 < source.asked <= MOST_ASKED


def test_nothing_is_loaded_by_a_query_after_the_program_warmed_up(town: Make) -> None:
    _table.cache_clear()
    _near.cache_clear()
    search.warm_up()
    loaded = _table.cache_info().misses
    answer("Muncehn")
    assert loaded == _table.cache_info().misses == 1


def test_warming_up_needs_no_database(tmp_path: Path) -> None:
    here = {"DIRECTORY_VAR_DIR": f"{tmp_path}/var", "DIRECTORY_INDEX_DIR": f"{tmp_path}/index"}
    with create_app(read_settings(here)).app_context():
        search.warm_up()


@pytest.mark.case("C10")
def test_a_page_far_out_costs_no_more(town: Make) -> None:
    began = time.perf_counter()
    page = answer(page=10**9)
    assert time.perf_counter() - began < 0.2
    assert page.paging.beyond
    assert page.hits == ()


def without_index(settings: Settings) -> None:
    """Remove the index under the running program."""
    shutil.rmtree(settings.index_dir)
    Path(settings.index_dir).mkdir()


PLAIN: list[tuple[dict[str, object], list[str]]] = [
    ({}, ["Rheinweb", "Domcode", "Köln Digital", "Sky Host", "Waterdog", "Wolke Sieben"]),
    ({"q": "Webentwicklung Köln"}, ["Rheinweb", "Domcode"]),
    ({"q": "waterdog"}, ["Waterdog"]),
    ({"q": "Köln Digital"}, ["Köln Digital"]),
    ({"service": ("web-design",)}, ["Rheinweb", "Domcode"]),
    ({"country": ("DE",)}, ["Rheinweb", "Domcode", "Köln Digital", "Sky Host", "Wolke Sieben"]),
    ({"region": ("DE-NW",), "service": ("cloud-hosting",)}, ["Wolke Sieben"]),
    ({"tier": ("gold",)}, ["Rheinweb"]),
    ({"tier": ("none",), "language": ("pt",)}, ["Waterdog"]),
    ({"package": ("partner", "none"), "service": ("seo",)}, ["Köln Digital"]),
    ({"sort": Sort.NAME, "service": ("web-design",)}, ["Domcode", "Rheinweb"]),
    ({"budget": 5000}, []),
    ({"accepting": True}, []),
    ({"rating": 4.0}, []),
    ({"q": "%"}, ["Rheinweb", "Domcode", "Köln Digital", "Sky Host", "Waterdog", "Wolke Sieben"]),
]


@pytest.mark.case("J10")
@pytest.mark.parametrize(("asked", "expected"), PLAIN)
def test_the_database_answers_while_there_is_no_index(
    town: Make, settings: Settings, asked: dict[str, object], expected: list[str]
) -> None:
    with_index = answer(**asked)  # type: ignore[arg-type]
    assert sorted(names(with_index)) == sorted(expected)
    assert with_index.counted
    without_index(settings)
    plain = answer(**asked)  # type: ignore[arg-type]
    assert names(plain) == expected
    assert plain.paging.total == len(expected)
    assert not plain.counted
    assert plain.sentence == with_index.sentence


@pytest.mark.case("J10")
@pytest.mark.both_databases
def test_the_database_finds_around_a_place_and_suggests(town: Make, settings: Settings) -> None:
    without_index(settings)
    request, _ = SearchRequest.from_args(Args({"near": ["Bonn"], "tier": ["none"]}))
    page = search.answer(request, language="en", today=DAY)
    assert names(page) == ["Domcode", "Wolke Sieben"]
    found = search.suggest("wolke", language="de", today=DAY)
    assert [one.name for one in found.providers] == ["Wolke Sieben"]
    assert names(answer(sort=Sort.NEWEST))[0] == "Domcode"


@pytest.mark.case("C3")
@pytest.mark.parametrize("text", ["%", "_", "\\", "W%g"])
def test_wildcards_stand_for_themselves_in_the_plain_answer(
    town: Make, settings: Settings, text: str
) -> None:
    without_index(settings)
    assert search.suggest(f"a{text}", language="de", today=DAY).providers == ()


class Args(dict[str, list[str]]):
    """An address's parameters."""

    def getlist(self, key: str, /) -> list[str]:
        return self.get(key, [])
