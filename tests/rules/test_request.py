"""A search made from an untrusted address, and written back as one."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from directory.search.addresses import NOTICES_MOST, BadPage, Notice, Reason
from directory.search.request import DEFAULTS, LIST_FACETS, SearchRequest, Sort

VALUES = {
    "q": ["", "seo", "Köln Digital", "a b c d e f g h i j", "\x00'\"<b>", "x" * 300],
    "service": ["seo", "crm", "web-design", "SEO", "nope"],
    "country": ["DE", "pt", "XX"],
    "region": ["DE-NW", "de-bw", "DE"],
    "city": ["2886242", "2267057", "1", "Köln"],
    "near": ["Köln", "2825297", "Bayern", "Cologne, Germany", "Nowhereville"],
    "radius": ["50", "100", "0", "501", "1e2"],
    "tier": ["gold", "none", "bronze"],
    "industry": ["education", "x"],
    "language": ["de", "EN", "xx"],
    "budget": ["5000", "-1", "٣"],
    "credential": ["inbound", "x"],
    "rating": ["4", "4.5", "6", "nan"],
    "package": ["partner", "none", "x"],
    "accepting": ["1", "0", "yes"],
    "sort": ["best", "name", "NEWEST", "id"],
    "page": ["1", "2", "17"],
    "explain": ["1", "0"],
    "text": ["1", ""],
    "per_page": ["1000000"],
}
ADDRESSES = st.lists(
    st.sampled_from(sorted(VALUES)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(VALUES[name]))
    ),
    max_size=12,
)


def read(*pairs: tuple[str, str]) -> tuple[SearchRequest, tuple[Notice, ...]]:
    return SearchRequest.from_args(MultiDict(pairs))


@given(ADDRESSES)
def test_a_search_writes_the_address_it_is_read_from(pairs: list[tuple[str, str]]) -> None:
    request, _ = read(*pairs)
    again, notices = read(*request.params())
    assert again == request
    assert notices == ()
    assert again.params() == request.params()


@given(ADDRESSES)
def test_a_search_without_its_filters_asks_for_everything(pairs: list[tuple[str, str]]) -> None:
    request, _ = read(*pairs)
    for name, value in request.params():
        if name in (*LIST_FACETS, "near", "budget", "rating", "accepting", "q"):
            request = request.without(name, value)
    assert not request.is_filtered


@pytest.mark.case("C1")
@given(st.dictionaries(st.sampled_from(sorted(set(VALUES) - {"page"})), st.text(max_size=50)))
def test_any_text_in_any_parameter_is_known_or_dropped(address: dict[str, str]) -> None:
    request, _ = read(*address.items())
    assert read(*request.params())[0] == request


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("service", "nope"),
        ("country", "XX"),
        ("region", "DE"),
        ("city", "99999999999999999999"),
        ("near", "Nowhereville"),
        ("tier", "bronze"),
        ("industry", "x"),
        ("language", "deu"),
        ("budget", "5.000"),
        ("credential", "x"),
        ("rating", "5.5"),
        ("package", "gold"),
        ("accepting", "yes"),
        ("sort", "id; drop table"),
    ],
)
@pytest.mark.case("C2")
def test_a_value_outside_the_list_is_dropped_and_noticed(name: str, value: str) -> None:
    request, notices = read((name, value))
    assert request == SearchRequest()
    assert notices == (Notice(name, value),)


def test_a_radius_counts_only_around_a_place() -> None:
    assert read(("radius", "100"))[0].radius == DEFAULTS["radius"]
    assert read(("near", "Köln"), ("radius", "100"))[0].radius == 100
    assert read(("near", "Köln"), ("radius", "501"))[1] == (Notice("radius", "501"),)


@pytest.mark.parametrize("text", ["Köln", "koeln", "KOLN", "Cologne", "2886242", "Köln, Germany"])
@pytest.mark.rule("DIR-4")
def test_near_is_a_city_by_any_of_its_names(text: str) -> None:
    request, _ = read(("near", text))
    assert request.near is not None
    assert request.near.key == "2886242"


@pytest.mark.rule("DIR-4")
def test_near_a_country_or_region_means_in_it() -> None:
    assert read(("near", "Bavaria"))[0].region == ("DE-BY",)
    assert read(("near", "Schweiz"))[0].country == ("CH",)
    assert read(("near", "Sachsen"), ("radius", "50"))[0].region == ("DE-SN",)


@pytest.mark.rule("DIR-4")
def test_with_a_radius_the_city_is_meant_where_a_country_is_called_so_too() -> None:
    assert read(("near", "Luxembourg"))[0].country == ("LU",)
    near = read(("near", "Luxembourg"), ("radius", "20"))[0].near
    assert near is not None
    assert near.name_en == "Luxembourg"


def test_codes_are_read_in_any_case() -> None:
    pairs = [("country", "de"), ("region", "de-nw"), ("service", "SEO"), ("language", "DE")]
    request, notices = read(*pairs)
    assert (request.country, request.region) == (("DE",), ("DE-NW",))
    assert (request.service, request.language, notices) == (("seo",), ("de",), ())


def test_repeated_values_count_once_and_keep_their_order() -> None:
    pairs = [("service", "seo"), ("service", "crm"), ("service", "seo"), ("service", "")]
    assert read(*pairs)[0].service == ("seo", "crm")


@pytest.mark.parametrize("page", ["0", "-1", "", "x", "1.0", "٣", "+1", " 1", "1_0"])
@pytest.mark.case("K9")
def test_a_page_that_is_none_is_refused(page: str) -> None:
    with pytest.raises(BadPage):
        read(("page", page))


@pytest.mark.case("C10")
def test_a_page_of_many_digits_is_a_number() -> None:
    assert read(("page", "9" * 5000))[0].page == 10**9


@pytest.mark.case("C8")
@pytest.mark.parametrize("q", ["x" * 100_000, "a " * 50_000, " ".join(str(n) for n in range(60))])
def test_a_long_query_is_cut_with_a_notice(q: str) -> None:
    request, notices = read(("q", q))
    assert len(request.q) <= 100
    assert [(one.parameter, one.reason) for one in notices] == [("q", Reason.SHORTENED)]


@pytest.mark.case("C8")
def test_control_characters_and_surrogates_leave_the_query() -> None:
    assert read(("q", "se\x00o \ud800 K\u202eöln\n"))[0].q == "seo Köln"


@pytest.mark.case("C9")
def test_at_most_twenty_values_count_however_many_are_given() -> None:
    languages = ["de", "en", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "fi", "nb", "cs"]
    pairs = [("language", one) for one in languages]
    pairs += [("country", one) for one in ("DE", "AT", "CH", "FR", "ES", "IT", "PT", "NL", "PL")]
    request, notices = read(*(pairs * 500))
    assert sum(len(getattr(request, facet)) for facet in LIST_FACETS) == 20
    assert {one.reason for one in notices} == {Reason.TOO_MANY}
    assert len(notices) <= NOTICES_MOST


def test_unknown_parameters_are_ignored() -> None:
    assert read(("per_page", "1000000"), ("Service", "seo")) == (SearchRequest(), ())


def test_changing_a_search_leads_to_its_first_page() -> None:
    request = read(("service", "seo"), ("page", "3"))[0]
    assert request.with_sort(Sort.NAME).page == 1
    assert request.with_added("tier", "gold").page == 1
    assert request.without("service", "seo").page == 1
    assert request.with_page(4).page == 4


def test_an_address_is_canonical() -> None:
    request, _ = read(("sort", "best"), ("page", "1"), ("near", "Cologne"), ("q", " seo "))
    assert urlencode(request.params()) == "q=seo&near=2886242"
