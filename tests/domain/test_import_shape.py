"""A row becomes a typed draft, or every reason why not, each at its field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.accounts.services import Standing
from directory.exchange.certifications import certification_draft
from directory.exchange.fields import Fields
from directory.exchange.listings import ListingDraft, listing_draft
from directory.exchange.rows import Row
from directory.kernel.policy import Package, Tier
from directory.kernel.text import has_controls
from directory.listings.models import ListingState, TagKind
from directory.listings.services import OfficeContent
from tests.importing import certification_row, listing_row

TODAY = date(2026, 11, 23)
LONG = "x" * 20_001


def listing(*, cells: bool = False, **values: Any) -> tuple[ListingDraft | None, dict[str, str]]:
    """The draft of a row with `values`, and its refusals by field."""
    fields = Fields.of(Row(1, listing_row(**values), cells=cells))
    draft = listing_draft(fields, TODAY)
    return draft, {refusal.field: refusal.message for refusal in fields.refusals}


def certification(**values: Any) -> dict[str, str]:
    """The refusals of a certification's row by field."""
    fields = Fields.of(Row(1, certification_row(**values)))
    certification_draft(fields)
    return {refusal.field: refusal.message for refusal in fields.refusals}


def taken(**values: Any) -> ListingDraft:
    """The draft of a row that must be taken."""
    draft, refusals = listing(**values)
    assert draft is not None, refusals
    return draft


def test_a_whole_row_says_all_that_the_format_knows() -> None:
    draft = taken(
        website="https://www.acme.example/de",
        tagline={"de": " Kurz  gesagt ", "en": "In short"},
        description="Two\r\nlines ",
        founded=1999,
        team_size=12,
        industries=["automotive"],
        languages=["de", "en", "de"],
        serves=["AT", "CH-ZH"],
        budget_min={"amount": "5000.00", "currency": "EUR"},
        accepting=False,
        tier="gold",
        credentials=["inbound"],
        owner_email="Owner@ACME.example",
        slug="acme",
        old_urls=["/agencies/acme"],
        state="withdrawn",
        certification={"external_id": "c", "kind": "inbound", "issued": "2026-01-01"},
        logo="logos/acme.png",
    )
    content = draft.content
    assert content.texts == {
        "": ("", "Two\nlines"),
        "de": ("Kurz gesagt", ""),
        "en": ("In short", ""),
    }
    assert content.tags[TagKind.LANGUAGE] == ("de", "en")
    assert content.tags[TagKind.SERVES] == ("AT", "CH-ZH")
    assert (content.budget_min, content.accepting, content.founded) == (5000, False, 1999)
    assert content.offices == (OfficeContent(country="DE", region="DE-BW", city_id=2825297),)
    assert draft.standing == Standing(Package.PARTNER, Tier.GOLD)
    assert draft.owner_email == "Owner@acme.example"
    assert draft.state is ListingState.WITHDRAWN
    assert draft.certification is not None
    assert draft.certification.content.issued == date(2026, 1, 1)
    assert draft.logo == "logos/acme.png"


FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"external_id": None}, "external_id", "is missing"),
    ({"external_id": 7}, "external_id", "must be text, not a number"),
    ({"external_id": "x" * 101}, "external_id", "at most 100"),
    ({"name": None}, "name", "is missing"),
    ({"name": " \u200b\u2060 "}, "name", "is empty"),
    ({"name": "x" * 201}, "name", "has 201 characters, at most 200"),
    ({"name": ["x"]}, "name", "must be text, not a list"),
    ({"name": "a\x00b"}, "name", "control characters"),
    ({"name": "a\x1bb"}, "name", "control characters"),
    ({"name": "a\ud800b"}, "name", "control characters"),
    ({"colour": "red"}, "colour", "unknown field"),
    ({"servces": []}, "servces", "nearest: services"),
    ({"tagline": "x" * 301}, "tagline", "at most 300"),
    ({"tagline": {"de": "x" * 301}}, "tagline.de", "at most 300"),
    ({"tagline": {"deu": "x"}}, "tagline.deu", "ISO 639-1"),
    ({"tagline": 5}, "tagline", "must be text"),
    ({"description": LONG}, "description", "at most 20000"),
    ({"description": {"en": ["x"]}}, "description.en", "must be text, not a list"),
    ({"founded": True}, "founded", "must be a whole number, not true or false"),
    ({"founded": 1999.0}, "founded", "not a decimal number"),
    ({"founded": float("nan")}, "founded", "not a decimal number"),
    ({"founded": "1999"}, "founded", "must be a whole number"),
    ({"founded": 1799}, "founded", "from 1800 to 2026, not 1799"),
    ({"founded": 2027}, "founded", "from 1800 to 2026"),
    ({"team_size": 0}, "team_size", "from 1 to 1000000"),
    ({"team_size": 10**400}, "team_size", "from 1 to 1000000"),
    ({"team_size": float("inf")}, "team_size", "not a decimal number"),
    ({"services": "seo"}, "services", "must be a list"),
    ({"services": ["SEO"]}, "services", "'SEO' is not one of the services"),
    ({"services": ["seo", 3]}, "services", "must hold texts"),
    ({"services": ["seo", None]}, "services", "must hold texts, not null"),
    ({"services": [["seo"]]}, "services", "must hold texts, not a list"),
    ({"services": ["seo"] * 301}, "services", "at most 300 values"),
    ({"industries": ["cheese"]}, "industries", "not one of the industries"),
    ({"languages": ["DE"]}, "languages", "ISO 639-1"),
    ({"languages": ["deu"]}, "languages", "ISO 639-1"),
    ({"credentials": ["king"]}, "credentials", "not one of the credentials"),
    ({"serves": ["Europe"]}, "serves", "codes of countries and regions"),
    ({"serves": ["DE-XX"]}, "serves", "codes of countries and regions"),
    ({"locations": {"country": "DE"}}, "locations", "must be a list of objects"),
    ({"locations": ["DE"]}, "locations.1", "must be an object"),
    ({"locations": [{"city": "Köln"}]}, "locations.1.country", "is missing"),
    ({"locations": [{"country": "de"}]}, "locations.1.country", "ISO 3166-1"),
    ({"locations": [{"country": "Germany"}]}, "locations.1.country", "ISO 3166-1"),
    ({"locations": [{"country": 49}]}, "locations.1.country", "ISO 3166-1"),
    ({"locations": [{"country": "DE", "region": "BW"}]}, "locations.1.region", "ISO 3166-2"),
    (
        {"locations": [{"country": "DE", "region": "AT-9"}]},
        "locations.1.region",
        "does not lie in DE",
    ),
    (
        {"locations": [{"country": "DE", "city": 1}]},
        "locations.1.city",
        "no city with the GeoNames",
    ),
    ({"locations": [{"country": "DE", "city": True}]}, "locations.1.city", "GeoNames id or a name"),
    ({"locations": [{"country": "DE", "city": 1.5}]}, "locations.1.city", "GeoNames id or a name"),
    ({"locations": [{"country": "AT", "city": 2825297}]}, "locations.1.city", "not lie in AT"),
    (
        {"locations": [{"country": "DE", "region": "DE-NW", "city": 2825297}]},
        "locations.1.city",
        "does not lie in DE-NW",
    ),
    ({"locations": [{"country": "DE", "zip": "1"}]}, "locations.1.zip", "unknown field"),
    ({"locations": [{"country": "DE", "street": "x" * 201}]}, "locations.1.street", "at most 200"),
    (
        {"locations": [{"country": "DE"}, {"country": "DE", "postal_code": 1}]},
        "locations.2.postal_code",
        "must be text, not a number",
    ),
    ({"budget_min": -1}, "budget_min", "from 0 to"),
    ({"budget_min": 0.5}, "budget_min", "whole number"),
    ({"budget_min": {"amount": "1", "currency": "USD"}}, "budget_min.currency", "(EUR)"),
    ({"budget_min": {"amount": 5, "currency": "EUR"}}, "budget_min.amount", "must be text"),
    ({"budget_min": {"amount": "5.5", "currency": "EUR"}}, "budget_min.amount", "whole number"),
    ({"budget_min": {"amount": "1e5", "currency": "EUR"}}, "budget_min.amount", "decimal number"),
    ({"budget_min": {"amount": "٥", "currency": "EUR"}}, "budget_min.amount", "decimal number"),
    ({"budget_min": {"currency": "EUR"}}, "budget_min.amount", "is missing"),
    ({"budget_min": {"amount": "5", "currency": "EUR", "x": 1}}, "budget_min.x", "unknown field"),
    ({"accepting": "yes"}, "accepting", "must be true or false"),
    ({"accepting": 1}, "accepting", "must be true or false"),
    ({"package": "none"}, "package", "(partner, provider)"),
    ({"tier": "silver"}, "tier", "(diamond, elite, gold, platinum)"),
    ({"package": "provider", "tier": "gold"}, "tier", "only the package partner has a tier"),
    ({"website": "acme.example"}, "website", "must begin with http"),
    ({"website": "ftp://acme.example"}, "website", "must begin with http"),
    ({"website": "javascript:alert(1)"}, "website", "must begin with http"),
    ({"website": "https://good@evil.example"}, "website", "user name"),
    ({"website": "https://localhost/"}, "website", "public host"),
    ({"website": "https://127.0.0.1/"}, "website", "public host"),
    ({"website": "https://[::1]/"}, "website", "public host"),
    ({"website": "https://a_b..example/"}, "website", "public host"),
    ({"website": "https://a.example:99999/"}, "website", "not an address"),
    ({"website": "https://a.example/ b"}, "website", "characters that no address has"),
    ({"website": "https://a.example\\@evil.example"}, "website", "user name"),
    ({"website": "https://" + "a" * 500}, "website", "at most 498"),
    ({"owner_email": "nobody"}, "owner_email", "not an e-mail address"),
    ({"owner_email": "a@b"}, "owner_email", "not an e-mail address"),
    ({"owner_email": "a@b@c.example"}, "owner_email", "not an e-mail address"),
    ({"slug": "Acme"}, "slug", "lower-case"),
    ({"slug": "a--b"}, "slug", "lower-case"),
    ({"slug": "x" * 81}, "slug", "at most 80"),
    ({"old_urls": ["acme"]}, "old_urls", "must begin with one slash"),
    ({"old_urls": ["//evil.example/"]}, "old_urls", "must begin with one slash"),
    ({"old_urls": ["/de/providers/x"]}, "old_urls", "an address of this site"),
    ({"old_urls": ["/"]}, "old_urls", "an address of this site"),
    ({"old_urls": ["/a|b"]}, "old_urls", "characters that no path has"),
    ({"old_urls": ["/a?b=1"]}, "old_urls", "without ? or #"),
    ({"old_urls": ["/" + "x" * 500]}, "old_urls", "longer than 500"),
    ({"state": "public"}, "state", "(draft, published, withdrawn)"),
    ({"logo": "/etc/passwd"}, "logo", "beside the file"),
    ({"logo": "a/../../b.png"}, "logo", "beside the file"),
    ({"logo": "..\\b.png"}, "logo", "beside the file"),
    ({"logo": "https://a.example/b.png"}, "logo", "beside the file"),
    ({"pictures": "a.png"}, "pictures", "must be a list of objects"),
    ({"pictures": [{}] * 7}, "pictures", "must hold at most 6 entries"),
    ({"pictures": [{"caption": "A"}]}, "pictures.1.file", "is missing"),
    ({"pictures": [{"file": "a.png"}, {"file": "../b.png"}]}, "pictures.2.file", "beside the file"),
    ({"pictures": [{"file": "a", "caption": "x" * 201}]}, "pictures.1.caption", "at most 200"),
    ({"pictures": [{"file": "a", "alt": "x"}]}, "pictures.1.alt", "unknown field"),
    ({"certification": "inbound"}, "certification", "must be an object"),
    ({"certification": {"kind": "inbound"}}, "certification.issued", "is missing"),
    ({"certification": {"issued": "2026-01-01"}}, "certification.kind", "is missing"),
    (
        {"certification": {"kind": "inbound", "issued": "2026-01-01", "listing": "x"}},
        "certification.listing",
        "unknown field",
    ),
]


@pytest.mark.parametrize(("values", "field", "message"), FAULTS)
def test_a_fault_is_refused_at_its_field(values: dict[str, Any], field: str, message: str) -> None:
    draft, refusals = listing(**values) if None not in values.values() else _without(values)
    assert draft is None
    assert set(refusals) == {field}
    assert message in refusals[field]


def _without(values: dict[str, Any]) -> tuple[ListingDraft | None, dict[str, str]]:
    row = {name: value for name, value in listing_row().items() if name not in values}
    fields = Fields.of(Row(1, row))
    draft = listing_draft(fields, TODAY)
    return draft, {refusal.field: refusal.message for refusal in fields.refusals}


def test_all_faults_of_a_row_are_told_at_once() -> None:
    draft, refusals = listing(name=3, founded="x", services=["y"], slug="Z", colour=1)
    assert draft is None
    assert set(refusals) == {"name", "founded", "services", "slug", "colour"}


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"listing": ""}, "listing", "is missing"),
        ({"kind": "cooking"}, "kind", "not one of the kinds"),
        ({"issued": "01.02.2026"}, "issued", "YYYY-MM-DD"),
        ({"issued": "2026-02-30"}, "issued", "2026-02-30 is not a day"),
        ({"issued": "20260201"}, "issued", "YYYY-MM-DD"),
        ({"issued": "٢٠٢٦-٠١-٠١"}, "issued", "YYYY-MM-DD"),
        ({"issued": "1066-10-14"}, "issued", "the years 1990 to 2100"),
        ({"issued": 20260101}, "issued", "YYYY-MM-DD"),
        ({"expires": "2024-12-31"}, "expires", "before the day of issue"),
        ({"revoked": "2024-12-31"}, "revoked", "before the day of issue"),
        ({"holder": "x" * 201}, "holder", "at most 200"),
        ({"reference": "x" * 101}, "reference", "at most 100"),
        ({"member": "x"}, "member", "unknown field"),
    ],
)
def test_a_fault_of_a_certification_is_refused_at_its_field(
    values: dict[str, Any], field: str, message: str
) -> None:
    refusals = certification(**values)
    assert set(refusals) == {field}
    assert message in refusals[field]


@pytest.mark.rule("TIE-1")
def test_a_tier_without_a_package_is_a_partners() -> None:
    assert taken(tier="elite").standing == Standing(Package.PARTNER, Tier.ELITE)
    assert taken(package="provider").standing == Standing(Package.PROVIDER, None)
    assert taken().standing is None


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://müller.example/wir", "https://müller.example/wir"),
        ("https://xn--mller-kva.example", "https://xn--mller-kva.example"),
        ("HTTP://Acme.example", "HTTP://Acme.example"),
        ("https:/acme.example", "https://acme.example"),
        ("https:///acme.example/x", "https://acme.example/x"),
        ("https://acme.example:8443/a?b=c#d", "https://acme.example:8443/a?b=c#d"),
    ],
)
def test_a_website_is_kept_as_written(written: str, kept: str) -> None:
    assert taken(website=written).content.website == kept


@pytest.mark.parametrize(
    ("office", "kept"),
    [
        (
            {"country": "DE", "city": "München"},
            OfficeContent(country="DE", region="DE-BY", city_id=2867714),
        ),
        (
            {"country": "DE", "city": "Kleinkleckersdorf"},
            OfficeContent(country="DE", city_name="Kleinkleckersdorf"),
        ),
        (
            {"country": "DE", "city": "2867714"},
            OfficeContent(country="DE", region="DE-BY", city_id=2867714),
        ),
        ({"country": "DE", "city": None, "street": ""}, OfficeContent(country="DE")),
        ({"country": "GB", "region": "GB-ENG"}, OfficeContent(country="GB", region="GB-ENG")),
    ],
)
def test_a_city_is_known_by_id_or_by_an_unmistakable_name(
    office: dict[str, Any], kept: OfficeContent
) -> None:
    assert taken(locations=[office]).content.offices == (kept,)


def test_at_a_border_of_regions_the_gazetteers_region_counts() -> None:
    (office,) = taken(
        locations=[{"country": "RU", "region": "RU-MOS", "city": 524901}]
    ).content.offices
    assert office.region == "RU-MOW"


@pytest.mark.parametrize("missing", ["services", "locations"])
def test_without_a_service_or_a_place_a_row_is_incomplete(missing: str) -> None:
    assert taken().is_complete
    assert not taken(**{missing: []}).is_complete


def test_a_served_country_is_a_place() -> None:
    assert taken(locations=[], serves=["DE"]).is_complete


def test_cells_are_numbers_lists_and_offices_in_text() -> None:
    draft, refusals = listing(
        cells=True,
        founded="1999",
        accepting="TRUE",
        services="seo|website-design",
        locations={"1": {"country": "DE", "city": "2825297"}, "2": {"country": "AT"}},
        budget_min={"amount": "5000", "currency": "EUR"},
        old_urls="/a|/b",
    )
    assert draft is not None, refusals
    assert draft.content.founded == 1999
    assert draft.content.accepting is True
    assert draft.content.tags[TagKind.SERVICE] == ("seo", "website-design")
    assert [office.country for office in draft.content.offices] == ["DE", "AT"]
    assert draft.content.old_urls == ("/a", "/b")


@pytest.mark.case("K9")
@pytest.mark.parametrize("digits", ["١٩٩٩", "1_999", "1e3", " 1999 ", "+1999", "1999.0", "0x7cf"])
def test_only_ascii_digits_are_a_number(digits: str) -> None:
    _, refusals = listing(cells=True, services="seo", locations={}, founded=digits)
    assert set(refusals) == {"founded"}


@pytest.mark.parametrize("keys", [("2",), ("0",), ("1", "3"), ("1", "x"), ("01",)])
def test_offices_in_cells_are_numbered_from_one_without_a_gap(keys: tuple[str, ...]) -> None:
    locations = {key: {"country": "DE"} for key in keys}
    _, refusals = listing(cells=True, services="seo", locations=locations)
    assert list(refusals) == [f"locations.{keys[-1]}"]
    assert "numbered from 1" in refusals[f"locations.{keys[-1]}"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
NAMES = [*listing_row(), "tagline", "description", "budget_min", "certification", "serves", "state"]


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), JSON), st.booleans())
def test_no_values_crash_the_shape(values: dict[str, Any], cells: bool) -> None:
    fields = Fields.of(Row(1, values, cells=cells))
    draft = listing_draft(fields, TODAY)
    assert (draft is None) == bool(fields.refusals)
    for told in fields.refusals:
        assert not has_controls(told.field + told.message)
        assert "\n" not in told.field + told.message


@pytest.mark.case("K1")
@given(st.text(max_size=40))
@example("e\u200d\u0301")
def test_a_line_once_cleaned_stays_as_it_is(text: str) -> None:
    once, _ = listing(tagline=text)
    if once is None or not once.content.texts:
        return
    tagline = once.content.texts[""][0]
    assert taken(tagline=tagline).content.texts == once.content.texts
