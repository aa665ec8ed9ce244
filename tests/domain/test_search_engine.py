"""The engine answers what looking at every document would answer: sets, order, counts, pages."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st
from whoosh.index import open_dir

from directory.geography.rules import distance_km
from directory.search.documents import Document, Spot
from directory.search.engines import Engine, EngineAway, Query
from directory.search.engines.compiling import COLUMNS_FILE, POSTINGS_FILE, Compiler
from directory.search.engines.map import Map
from directory.search.engines.merging import FACTOR
from directory.search.engines.plane import Part, Plane
from directory.search.engines.segment import Segment
from directory.search.engines.whoosh_codec import BLOCK
from directory.search.engines.whoosh_index import WhooshEngine
from directory.search.request import Near, SearchRequest, Sort
from tests.domain.search_reference import Reference, document, spot

DAY = date(2026, 11, 23)
STUTTGART, COLOGNE, BONN, LISBON, ZURICH = 2825297, 2886242, 2946447, 2267057, 2657896
CITIES = (STUTTGART, COLOGNE, BONN, LISBON, ZURICH)
NEAR_BONN = Near("2946447", "Bonn", "Bonn", 50.73438, 7.09549)
WORDS = ("seo", "Suchmaschinenoptimierung", "hosting", "CRM", "web agentur")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
SERVICES = ("seo", "crm-migration", "website-design", "ux-design")
AROUND_BONN = st.builds(
    Spot,
    country=st.just("DE"),
    lat=st.floats(50.2, 51.3),
    lon=st.floats(6.3, 7.9),
)
SPOTS = st.sampled_from([*map(spot, CITIES), Spot("FR"), Spot("DE", ("DE-BY",))]) | AROUND_BONN
FIRST_DAYS = st.sampled_from([date(2026, 11, day).toordinal() for day in (1, 1, 1, 23, 24)])
LAST_DAYS = st.sampled_from([date(2026, 11, day).toordinal() for day in (30, 30, 23, 22)])
PLACES = ("DE", "DE-NW", "DE-BW", "CH", "PT", "FR")


def some(values: tuple[str, ...], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


DOCUMENTS = st.lists(
    st.builds(
        document,
        number=st.integers(1, 40),
        name=TEXTS,
        tagline=TEXTS,
        description=TEXTS,
        service=some(SERVICES, 3),
        industry=some(("education", "energy")),
        language=some(("de", "en", "fr")),
        serves=some(PLACES),
        tier=st.sampled_from(["", "gold", "elite"]),
        package=st.sampled_from(["", "partner", "provider"]),
        accepting=st.booleans(),
        budget=st.none() | st.sampled_from([1000, 5000, 5001]),
        bound=st.sampled_from([3499, 3499, 4100]),
        first_public=st.integers(739000, 739005),
        offices=st.lists(SPOTS, max_size=3).map(tuple),
        periods=st.lists(st.tuples(FIRST_DAYS, LAST_DAYS), min_size=1, max_size=2).map(tuple),
    ),
    min_size=6,
    max_size=14,
    unique_by=lambda one: one.facts.id,
)
FACETS: dict[str, st.SearchStrategy[object]] = {
    "service": some((*SERVICES, "crm", "web-design")),
    "country": some(("DE", "PT", "FR")),
    "region": some(("DE-NW", "DE-BW", "DE-BY")),
    "city": some(tuple(map(str, CITIES))),
    "near": st.just(NEAR_BONN),
    "tier": some(("gold", "elite", "none")),
    "industry": some(("education", "energy")),
    "language": some(("de", "fr")),
    "package": some(("partner", "none")),
    "accepting": st.just(True),
    "budget": st.just(5000),
    "rating": st.sampled_from([3.0, 4.0]),
}


QUERIES = (
    *("", "", "seo", "CRM", "hosting", "seo crm", "Optimierung", "Web-Agentur", "hosts seo"),
    *("host", "hostin", "Suchm", "crm optim", "nothing", "hostnig", "seo hosing", "crm seo webb"),
)


@st.composite
def requests(draw: st.DrawFn) -> SearchRequest:
    """A search of a few facets, so that it often finds something."""
    names = draw(st.lists(st.sampled_from(sorted(FACETS)), max_size=2, unique=True))
    asked = {name: draw(FACETS[name]) for name in names}
    return SearchRequest(
        q=draw(st.sampled_from(QUERIES)),
        radius=draw(st.sampled_from([10, 50, 500])),
        sort=draw(st.sampled_from([Sort.BEST, *Sort, Sort.BEST, Sort.BEST])),
        **asked,  # type: ignore[arg-type]
    )


REQUESTS = requests()


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory() as root:
        yield WhooshEngine(Path(root))


@pytest.mark.rule("DIR-2")
@pytest.mark.rule("DIR-3")
@pytest.mark.rule("DIR-4")
@given(documents=DOCUMENTS, asked=st.lists(REQUESTS, min_size=1, max_size=8), data=st.data())
@budget(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_right_in_set_order_counts_and_pages(
    engine: Engine, documents: list[Document], asked: list[SearchRequest], data: st.DataObject
) -> None:
    engine.replace(documents)
    reference = Reference(documents)
    for request in asked:
        hidden = data.draw(st.frozensets(st.integers(1, 40), max_size=3))
        ids, counts = reference.find(Query(request, DAY, hidden))
        size = data.draw(st.integers(1, 6))
        found: list[int] = []
        for page in range(1, len(ids) // size + 3):
            answer = engine.find(Query(request.with_page(page), DAY, hidden, size))
            assert answer.total == len(ids)
            assert answer.counts == counts
            found += [one.standing.id for one in answer.listings]
        assert found == ids


@given(before=DOCUMENTS, after=DOCUMENTS, removed=st.sets(st.integers(1, 40)), request=REQUESTS)
@budget(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_changed_index_answers_like_one_that_was_made_so(
    engine: Engine,
    before: list[Document],
    after: list[Document],
    removed: set[int],
    request: SearchRequest,
) -> None:
    engine.replace(before)
    engine.put(after, remove=removed - {one.facts.id for one in after})
    held = {one.facts.id: one for one in before if one.facts.id not in removed}
    held |= {one.facts.id: one for one in after}
    ids, counts = Reference(held.values()).find(Query(request, DAY))
    answer = engine.find(Query(request, DAY, size=100))
    assert [one.standing.id for one in answer.listings] == ids
    assert answer.counts == counts
    assert engine.checksums() == {listing_id: one.checksum() for listing_id, one in held.items()}


def compiled(documents: list[Document]) -> Segment:
    """A segment of documents, without Whoosh's part."""
    compiler = Compiler()
    for one in documents:
        compiler.add(one)
    files = compiler.files()
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / POSTINGS_FILE).write_bytes(files[POSTINGS_FILE])
        return Segment("segment", files[COLUMNS_FILE], Path(folder))


@pytest.fixture
def few(engine: Engine) -> Engine:
    """An agency with three offices, one that serves Germany from Zürich, one far away."""
    engine.replace(
        [
            document(1, "Drei Büros", offices=tuple(map(spot, (LISBON, COLOGNE, BONN)))),
            document(2, "Waterdog", offices=(spot(ZURICH),), serves=("DE",), tier="elite"),
            document(3, "Ferne Hunde", offices=(spot(LISBON),)),
        ]
    )
    return engine


@pytest.mark.rule("A03")
@pytest.mark.parametrize(
    ("q", "found"), [("softwrae", [1]), ("goxethe", [2]), ("guoethe", [2]), ("Sóftwrae", [1])]
)
def test_a_typing_error_is_forgiven_where_folding_hides_it(
    engine: Engine, q: str, found: list[int]
) -> None:
    engine.replace([document(1, "Software Haus"), document(2, "Goethe Kontor")])
    answer = engine.find(Query(SearchRequest(q=q), DAY))
    assert [one.standing.id for one in answer.listings] == found


@pytest.mark.rule("DIR-4")
@given(
    lat=st.floats(-89.9, 89.9),
    lon=st.floats(-180, 180),
    spots=st.lists(st.tuples(st.floats(-5, 5), st.floats(-180, 180)), min_size=1, max_size=9),
    radius=st.integers(1, 500),
)
@budget(deadline=None)
def test_a_radius_is_a_circle_everywhere_on_earth(
    lat: float, lon: float, spots: list[tuple[float, float]], radius: int
) -> None:
    near = Near("1", "Here", "Hier", lat, lon)
    places = [Spot("DE", lat=max(-90.0, min(90.0, lat + up)), lon=right) for up, right in spots]
    plane = Plane([Part(compiled([document(n, offices=(p,)) for n, p in enumerate(places)]))])
    around = {plane.standing(number).id for number in Map(plane).around(near, radius)}
    assert around == {
        n
        for n, place in enumerate(places)
        if distance_km(lat, lon, place.lat or 0.0, place.lon or 0.0) <= radius
    }


@pytest.mark.rule("DIR-4")
def test_the_nearest_office_is_the_one_that_matched(few: Engine) -> None:
    answer = few.find(Query(SearchRequest(near=NEAR_BONN), DAY))
    first, second = answer.listings
    assert (first.standing.id, first.via, first.office) == (1, "office", 2)
    assert (second.standing.id, second.via, second.office) == (2, "serves", None)
    assert first.standing.km == pytest.approx(0, abs=1)
    assert second.standing.km == pytest.approx(400, abs=30)


@pytest.mark.rule("DIR-4")
@pytest.mark.parametrize(
    ("place", "ids"),
    [
        ({"country": ("DE",)}, [1, 2]),
        ({"region": ("DE-NW",)}, [1, 2]),
        ({"city": (str(COLOGNE),)}, [1, 2]),
        ({"country": ("CH",)}, [2]),
        ({"country": ("CH", "PT")}, [2, 1, 3]),
        ({"city": (str(LISBON),)}, [1, 3]),
        ({"country": ("FR",)}, []),
    ],
)
def test_a_place_is_an_office_there_or_that_it_is_served(
    few: Engine, place: dict[str, tuple[str, ...]], ids: list[int]
) -> None:
    answer = few.find(Query(SearchRequest(**place), DAY))  # type: ignore[arg-type]
    assert [one.standing.id for one in answer.listings] == ids


def test_names_are_completed_from_any_of_their_words(few: Engine) -> None:
    everything = Query(SearchRequest(), DAY)
    assert few.suggest("wat", everything, 8) == [2]
    assert few.suggest("hun", everything, 8) == [3]
    assert few.suggest("ferne hu", everything, 8) == [3]
    assert few.suggest("büro", everything, 8) == [1]
    assert few.suggest("", everything, 8) == []
    assert few.suggest("wat", Query(SearchRequest(), DAY, frozenset({2})), 8) == []
    assert few.suggest("wat", Query(SearchRequest(), date(2027, 1, 1)), 8) == []


def test_a_name_is_known_however_it_is_spelt(few: Engine) -> None:
    everything = Query(SearchRequest(), DAY)
    assert few.is_name("drei bueros", everything)
    assert not few.is_name("drei", everything)
    assert not few.is_name("Waterdog", Query(SearchRequest(), DAY, frozenset({2})))


def test_a_last_word_that_nobody_visible_has_is_a_beginning(few: Engine) -> None:
    few.put([document(4, "Wate")])
    assert few.find(Query(SearchRequest(q="wate"), DAY)).total == 1
    hidden = few.find(Query(SearchRequest(q="wate"), DAY, frozenset({4})))
    assert [(one.standing.id, one.standing.text) for one in hidden.listings] == [(2, 3)]
    assert few.find(Query(SearchRequest(q="wat"), DAY, frozenset({4}))).total == 0


def test_many_threads_get_the_same_answers(engine: Engine) -> None:
    words = [f"word{chr(97 + n)}x" for n in range(24)]
    engine.replace(
        document(n, " ".join(words[n % 24 :]), description=" ".join(words[: n % 7]))
        for n in range(1, 200)
    )
    queries = [Query(SearchRequest(q=word), DAY) for word in words]
    with ThreadPoolExecutor(8) as threads:
        totals = list(threads.map(lambda query: engine.find(query).total, queries))
    having = [[word in words[n % 24 :] + words[: n % 7] for n in range(1, 200)] for word in words]
    assert totals == [sum(listings) for listings in having]


def test_an_empty_index_finds_nothing(engine: Engine) -> None:
    assert engine.replace([]) == 0
    answer = engine.find(Query(SearchRequest(q="seo"), DAY))
    assert (answer.total, list(answer.listings)) == (0, [])


STEPS = st.lists(
    st.tuples(DOCUMENTS, st.sets(st.integers(1, 40), max_size=4)), min_size=1, max_size=4
)


@given(first=DOCUMENTS, steps=STEPS, asked=st.lists(REQUESTS, min_size=1, max_size=4))
@budget(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_many_changes_and_merges_leave_what_was_put_last(
    engine: Engine,
    first: list[Document],
    steps: list[tuple[list[Document], set[int]]],
    asked: list[SearchRequest],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # So few segments of a size that nearly every change merges some.
        patch.setattr("directory.search.engines.merging.FACTOR", 2)
        engine.replace(first)
        held = {one.facts.id: one for one in first}
        for put, removed in steps:
            engine.put(put, remove=removed - {one.facts.id for one in put})
            held = {n: one for n, one in held.items() if n not in removed}
            held |= {one.facts.id: one for one in put}
            engine.generation  # noqa: B018 - opens it, so that later ones are opened beside it
    assert engine.checksums() == {n: one.checksum() for n, one in held.items()}
    for request in asked:
        ids, counts = Reference(held.values()).find(Query(request, DAY))
        pages = [
            engine.find(Query(request.with_page(n), DAY, size=3))
            for n in range(1, len(ids) // 3 + 2)
        ]
        assert [one.standing.id for page in pages for one in page.listings] == ids
        assert pages[0].counts == counts


def test_changes_are_segments_of_their_own_until_many_of_a_size_become_one(
    tmp_path: Path,
) -> None:
    engine = WhooshEngine(tmp_path)
    engine.replace([document(n) for n in range(1, 4)])
    base = set(tmp_path.glob("segment-*"))
    for n in range(10, 10 + FACTOR - 1):
        engine.put([document(n)])
    assert len(list(tmp_path.glob("segment-*"))) == FACTOR
    engine.put([document(10 + FACTOR)])
    assert len(list(tmp_path.glob("segment-*"))) == 2
    assert base < set(tmp_path.glob("segment-*"))
    assert len(engine.checksums()) == 3 + FACTOR
    assert not engine.is_crowded()


@pytest.mark.parametrize("block", [1, 2, BLOCK])
def test_whoosh_and_the_plane_have_every_term_in_the_same_listings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr("directory.search.engines.whoosh_codec.BLOCK", block)
    engine = WhooshEngine(tmp_path)
    engine.replace(
        [
            document(3, "Köln Digital", tagline="SEO"),
            *(document(n, "Rheinweb", description="Seo") for n in (2, 7, 5)),
            document(1, "Kölner Netz"),
        ]
    )
    folder = next(tmp_path.glob("segment-*"))
    reader = open_dir(str(folder)).reader()
    ids = {n: int(reader.stored_fields(n)["id"]) for n in reader.all_doc_ids()}
    in_whoosh = {
        term.decode(): {ids[n] for n in reader.postings("terms", term).all_ids()}
        for term in reader.lexicon("terms")
    }
    reader.close()
    segment = Segment("segment", (folder / COLUMNS_FILE).read_bytes(), folder)
    held = segment.arrays["id"]
    in_plane = {
        term: {int(held[n]) for n in posting.numbers}
        for term in segment.terms.terms.all()
        if (posting := segment.terms.posting(term))
    }
    assert in_plane == in_whoosh
    assert in_plane["seo"] == {2, 3, 5, 7}


def test_a_posting_that_is_damaged_while_the_index_is_open_is_noticed(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.replace([document(1, "Rheinweb")])
    assert engine.find(Query(SearchRequest(), DAY)).total == 1
    path = next(tmp_path.rglob(POSTINGS_FILE))
    path.write_bytes(bytes(len(path.read_bytes())))
    with pytest.raises(EngineAway):
        engine.find(Query(SearchRequest(q="rheinweb"), DAY))


@pytest.mark.case("J10")
@pytest.mark.parametrize("seed", range(120))
def test_every_damaged_byte_is_noticed(tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    engine = WhooshEngine(tmp_path)
    engine.replace([document(n, "Rheinweb", tagline="SEO Hosting") for n in range(1, 4)])
    engine.put([document(4, "Köln Digital")])
    files = sorted(one for one in tmp_path.rglob("*") if one.is_file() and one.name != "lock")
    path = chance.choice(files)
    content = bytearray(path.read_bytes())
    if seed % 3:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    else:
        del content[chance.randrange(len(content)) :]
    path.write_bytes(content)
    for look in (lambda: WhooshEngine(tmp_path).generation, engine.checksums):
        with pytest.raises(EngineAway):
            look()


@pytest.mark.rule("DIR-3")
@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("watredog", [2]),
        ("waterdgo", [2]),
        ("waterdg", [2]),
        ("waterrdog", [2]),
        ("wxtexdog", []),
        ("ferne hunfe", [3]),
        ("bros", []),
    ],
)
def test_one_typing_error_is_forgiven_from_five_letters_on(
    few: Engine, q: str, found: list[int]
) -> None:
    answer = few.find(Query(SearchRequest(q=q), DAY))
    assert [one.standing.id for one in answer.listings] == found
    assert {one.standing.text for one in answer.listings} <= {3}
