"""`/api/v1/taxonomy` lists what facets may hold."""

from __future__ import annotations

from flask.testing import FlaskClient


def test_the_taxonomy_is_named_in_both_languages(client: FlaskClient) -> None:
    body = client.get("/api/v1/taxonomy").get_json()
    assert set(body) == {"areas", "services", "industries", "credentials", "tiers"}
    for name, values in body.items():
        keys = {"slug", "en", "de"} | ({"area"} if name == "services" else set())
        assert all(set(value) == keys for value in values)
        assert all(all(value.values()) for value in values)
    assert {"slug": "crm", "en": "CRM", "de": "CRM"} in body["areas"]
    assert [one["slug"] for one in body["tiers"]] == ["gold", "platinum", "diamond", "elite"]


def test_every_service_has_an_area_that_is_listed(client: FlaskClient) -> None:
    body = client.get("/api/v1/taxonomy").get_json()
    areas = {one["slug"] for one in body["areas"]}
    assert {one["area"] for one in body["services"]} == areas


def test_every_value_can_be_asked_for(client: FlaskClient) -> None:
    body = client.get("/api/v1/taxonomy").get_json()
    for facet, name in (("industry", "industries"), ("credential", "credentials")):
        for value in body[name]:
            query = f"/api/v1/providers?{facet}={value['slug']}"
            assert client.get(query).status_code == 200
