"""The 300 samples read like real listings, stand in real places and break no rule."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from directory.exchange.fields import Fields
from directory.exchange.listings import listing_draft
from directory.geography import queries as geography
from directory.geography.rules import distance_km
from directory.kernel.policy import Tier
from directory.samples.organisations import rows
from directory.taxonomy import queries as taxonomy

TODAY = date(2026, 11, 23)
DACH = {"DE", "AT", "CH", "LI"}
STUTTGART, LONDON, DUBLIN = 2825297, 2643743, 2964574
AMSTERDAM, LISBON, NEW_YORK, SINGAPORE = 2759794, 2267057, 5128581, 1880252
MUNICH, VIENNA, BERLIN, ZURICH = 2867714, 2761369, 2950159, 2657896
COLOGNE = 2886242
LONG_SENTENCE = 25

Row = dict[str, Any]


@cache
def samples() -> list[Row]:
    return rows(TODAY)


def texts(row: Row) -> list[str]:
    return [*row["tagline"].values(), *row["description"].values()]


def days_left(row: Row) -> int:
    return (date.fromisoformat(row["certification"]["expires"]) - TODAY).days


def is_public(row: Row) -> bool:
    proof = row.get("certification")
    shown = row.get("state", "published") == "published"
    return shown and proof is not None and "revoked" not in proof and days_left(row) >= 0


def in_city(row: Row, city: int) -> bool:
    return any(office["city"] == city for office in row["locations"])


def in_region(row: Row, region: str) -> bool:
    return any(region in geography.lineage(office.get("region", "")) for office in row["locations"])


def test_there_are_three_hundred_with_ids_in_order() -> None:
    assert [row["external_id"] for row in samples()] == [f"sample-{n:03}" for n in range(1, 301)]


def test_every_row_passes_the_import() -> None:
    for row in samples():
        refused: dict[str, Any] = {}
        assert listing_draft(Fields(row, refused), TODAY) is not None, (row["name"], refused)


def test_the_same_day_gives_the_same_rows_and_each_call_its_own() -> None:
    first = rows(TODAY)
    first[0]["name"] = "changed"
    assert json.dumps(rows(TODAY)) == json.dumps(samples())


def test_another_day_moves_the_dates_and_nothing_else() -> None:
    for now, later in zip(samples(), rows(TODAY + timedelta(days=40)), strict=True):
        plain, moved = dict(now), dict(later)
        proof, moved_proof = plain.pop("certification", {}), moved.pop("certification", {})
        assert plain == moved
        if proof:
            gap = date.fromisoformat(moved_proof["expires"]) - date.fromisoformat(proof["expires"])
            assert gap == timedelta(days=40)


@pytest.mark.parametrize("field", ["name", "website", "logo", "owner_email"])
def test_no_two_share(field: str) -> None:
    values = [row[field] for row in samples() if field in row]
    assert len(values) == len(set(values))


def test_every_address_is_one_that_cannot_exist() -> None:
    for row in samples():
        assert re.fullmatch(r"https://[a-z0-9-]{1,63}\.example", row["website"])
        assert row.get("owner_email", "x@y.example").endswith(".example")
        assert not any(re.search(r"https?://|www\.|\.(com|de|org|net)\b", t) for t in texts(row))


@pytest.mark.rule("OPR-1")
def test_no_text_names_a_vendor() -> None:
    assert not any("hubspot" in text.casefold() for row in samples() for text in texts(row))


def test_taglines_are_all_different() -> None:
    taglines = [line for row in samples() for line in row["tagline"].values()]
    assert len(taglines) == len(set(taglines)) == 480


def test_no_full_sentence_serves_two_organisations() -> None:
    users: dict[str, set[str]] = {}
    for row in samples():
        for text in row["description"].values():
            for sentence in re.split(r"(?<=[.!?])\s+", text):
                if len(sentence) >= LONG_SENTENCE:
                    users.setdefault(sentence, set()).add(row["external_id"])
    assert len(users) > 1800
    assert {sentence for sentence, ids in users.items() if len(ids) > 1} == set()


def test_descriptions_open_in_many_ways() -> None:
    openings = Counter(
        " ".join(text.split()[:3]) for row in samples() for text in row["description"].values()
    )
    assert openings.most_common(1)[0][1] <= 2


def test_three_fifths_are_in_both_languages_and_texts_match() -> None:
    languages = Counter(tuple(sorted(row["tagline"])) for row in samples())
    assert languages["de", "en"] == 180
    assert languages["de",] + languages["en",] == 120
    for row in samples():
        assert row["tagline"].keys() == row["description"].keys()
        assert all(80 <= len(text) <= 1500 for text in row["description"].values())
        if "en" not in row["tagline"]:
            assert "de" in row["languages"]


def test_swiss_texts_use_no_sharp_s() -> None:
    swiss = [row for row in samples() if row["locations"][0]["country"] in {"CH", "LI"}]
    assert len(swiss) == 20
    assert not any("ß" in text for row in swiss for text in texts(row))


def test_a_little_over_half_are_in_german_speaking_countries() -> None:
    heads = Counter(row["locations"][0]["country"] for row in samples())
    assert 0.53 <= sum(heads[code] for code in DACH) / 300 <= 0.6
    assert len(heads) >= 30
    offices = Counter(len(row["locations"]) for row in samples())
    assert set(offices) == {1, 2, 3}
    assert offices[2] + offices[3] >= 60


def test_names_test_the_page() -> None:
    names = [row["name"] for row in samples()]
    assert max(len(name) for name in names) >= 75
    assert any("ł" in name for name in names)
    assert any("ß" in name for name in names)
    assert any(re.search("[\u4e00-\u9fff]", name) for name in names)
    for form in ("GmbH", "AG", "eG", "PartG mbB", "KG", "Ltd", "B.V.", "S.L.", " & "):
        assert any(form in name for name in names), form


def test_every_service_is_offered_in_public_by_four_at_least() -> None:
    offered = Counter(slug for row in samples() if is_public(row) for slug in row["services"])
    assert offered.keys() == taxonomy.services().keys()
    assert min(offered.values()) >= 4
    areas = Counter(
        area
        for row in samples()
        for area in {taxonomy.services()[slug].area for slug in row["services"]}
    )
    assert areas.keys() == taxonomy.areas().keys()
    assert min(areas.values()) >= 40
    assert areas["customer-service"] >= 45


def test_facts_spread_as_they_do_in_life() -> None:
    assert {len(row["services"]) for row in samples()} == set(range(1, 10))
    assert {len(row.get("industries", [])) for row in samples()} == set(range(6))
    assert {len(row["languages"]) for row in samples()} == set(range(1, 6))
    assert min(row["founded"] for row in samples()) == 1998
    assert max(row["founded"] for row in samples()) == 2025
    undisclosed = sum("budget_min" not in row for row in samples())
    assert 50 <= undisclosed <= 70
    accepting = Counter(row.get("accepting") for row in samples())
    assert accepting == {True: 210, None: 54, False: 36}
    with_logo = sum("logo" in row for row in samples())
    assert 215 <= with_logo <= 235


@pytest.mark.rule("TIE-1")
def test_only_partners_are_tiered() -> None:
    packages = Counter(row.get("package") for row in samples())
    assert (packages["provider"], packages["partner"]) == (60, 75)
    tiers = Counter(row.get("tier") for row in samples())
    assert [tiers[tier] for tier in Tier] == [30, 18, 9, 4]
    for row in samples():
        if "tier" in row:
            assert row["package"] == "partner"
            assert "solutions-partner" in row["credentials"]


@pytest.mark.rule("DIR-2")
def test_certifications_stand_in_every_way() -> None:
    proven = [row for row in samples() if "certification" in row]
    standing = [row for row in proven if "revoked" not in row["certification"]]
    left = [days_left(row) for row in standing]
    assert len(samples()) - len(proven) == 10
    assert len(proven) - len(standing) == 5
    assert sum(days > 60 for days in left) == 240
    assert sum(0 <= days <= 60 for days in left) == 20
    assert sum(0 <= days <= 7 for days in left) >= 5
    assert 0 in left
    assert sum(-300 <= days <= -1 for days in left) == 25
    states = Counter(row.get("state", "published") for row in samples())
    assert states == {"published": 292, "draft": 6, "withdrawn": 2}


@pytest.mark.rule("CRT-1")
def test_a_certification_has_its_dates_in_order() -> None:
    for row in samples():
        proof = row.get("certification", {})
        if proof:
            assert proof["issued"] <= TODAY.isoformat()
            assert proof["issued"] < proof["expires"]
            assert proof["issued"] <= proof.get("revoked", "9999") <= "9999"
            assert proof.get("revoked", "") <= TODAY.isoformat()


def test_crm_near_stuttgart_is_well_filled_and_of_many_standings() -> None:
    centre = geography.city(STUTTGART)
    assert centre is not None
    crm = set(taxonomy.services_of("crm"))

    def near(row: Row) -> bool:
        cities = [geography.city(office["city"]) for office in row["locations"]]
        return any(
            city and distance_km(centre.lat, centre.lon, city.lat, city.lon) <= 60
            for city in cities
        )

    found = [
        row
        for row in samples()
        if is_public(row)
        and crm & set(row["services"])
        and "de" in row["languages"]
        and near(row)
        and days_left(row) > 365
    ]
    assert len(found) >= 8
    assert {"elite", "diamond", "platinum", "gold", None} <= {row.get("tier") for row in found}


@pytest.mark.parametrize(
    ("service", "city", "least"),
    [
        ("website-design", MUNICH, 5),
        ("onboarding", VIENNA, 4),
        ("cloud-hosting", BERLIN, 3),
        ("crm-migration", ZURICH, 3),
        ("website-development", COLOGNE, 4),
    ],
)
def test_a_city_has_providers_of_what_it_is_asked_for(service: str, city: int, least: int) -> None:
    found = [r for r in samples() if is_public(r) and service in r["services"] and in_city(r, city)]
    assert len(found) >= least


def test_seo_in_north_rhine_westphalia_is_well_filled() -> None:
    found = [r for r in samples() if is_public(r) and "seo" in r["services"]]
    assert sum(in_region(row, "DE-NW") for row in found) >= 5


@pytest.mark.parametrize("city", [LONDON, DUBLIN, AMSTERDAM, LISBON, NEW_YORK, SINGAPORE])
def test_english_is_spoken_by_several_in(city: int) -> None:
    found = [r for r in samples() if is_public(r) and "en" in r["languages"] and in_city(r, city)]
    assert len(found) >= 3
