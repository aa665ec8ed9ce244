"""The gate DIR-2: what the public may see, from `visible()` to every query that uses it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from directory.certification.models import Certification
from directory.certification.queries import gate_periods
from directory.certification.services import CertificationContent, record_certification
from directory.database import db, writing
from directory.listings.models import Listing, ListingState
from directory.listings.services import note_public
from directory.reactions import settle
from tests.factories import Make
from tests.public import visible_ids

DAY = date(2026, 11, 23)
A_DAY = timedelta(days=1)


@pytest.mark.rule("DIR-2")
@pytest.mark.both_databases
def test_a_listing_is_public_through_the_last_day_of_its_certification(make: Make) -> None:
    listing = make.listing(certified_until=DAY)
    assert visible_ids(DAY) == {listing.id}
    assert visible_ids(DAY + A_DAY) == set()


@pytest.mark.rule("DIR-2")
def test_a_draft_and_a_withdrawn_listing_are_not_public(make: Make) -> None:
    make.listing(state=ListingState.DRAFT)
    make.listing(state=ListingState.WITHDRAWN)
    assert visible_ids(DAY) == set()


@pytest.mark.rule("DIR-2")
def test_nobody_needs_a_package_to_be_listed(make: Make) -> None:
    listing = make.listing(package=None)
    assert visible_ids(DAY) == {listing.id}


@pytest.mark.rule("DIR-2")
def test_another_certification_opens_no_gate(make: Make) -> None:
    listing = make.listing(certified_until=None)
    make.certification(listing, expires=None, kind="solutions-partner")
    assert visible_ids(DAY) == set()


@pytest.mark.rule("DIR-2")
def test_a_renewal_brings_a_lapsed_listing_back(make: Make) -> None:
    listing = make.listing(certified_until=DAY - A_DAY)
    assert visible_ids(DAY) == set()
    make.certification(listing, expires=DAY + A_DAY)
    assert visible_ids(DAY) == {listing.id}


@pytest.mark.rule("DIR-2")
def test_it_is_noted_once_that_a_listing_was_public(make: Make) -> None:
    listing = make.listing(certified_until=DAY)
    never = make.listing(certified_until=DAY - A_DAY)
    assert db.session.get_one(Listing, listing.id).first_public == DAY
    assert db.session.get_one(Listing, never.id).first_public is None


@pytest.mark.rule("DIR-2")
def test_a_certification_that_begins_to_count_is_noted_by_the_job(make: Make) -> None:
    listing = make.listing(certified_until=None)
    _certify(listing, issued=DAY + A_DAY, expires=None)
    with writing():
        assert note_public(DAY) == []
        assert note_public(DAY + A_DAY) == [listing.id]
        settle()
    assert db.session.get_one(Listing, listing.id).first_public == DAY + A_DAY


spans = st.tuples(
    st.integers(-3, 3), st.none() | st.integers(-3, 3), st.none() | st.integers(-3, 3)
)


@pytest.mark.rule("DIR-2")
@pytest.mark.both_databases
@budget(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(spans, max_size=3), st.sampled_from(ListingState))
def test_the_query_and_the_rule_agree(
    app: Flask, make: Make, some: list[tuple[int, int | None, int | None]], state: ListingState
) -> None:
    listing = make.listing(certified_until=None, state=state)
    for first, last, revoked in some:
        issued = DAY + first * A_DAY
        expires = None if last is None else max(issued, DAY + last * A_DAY)
        day = None if revoked is None else DAY + revoked * A_DAY
        _certify(listing, issued=issued, expires=expires, revoked=day)
    gate = gate_periods([listing.organisation_id])[listing.organisation_id]
    for offset in range(-4, 5):
        today = DAY + offset * A_DAY
        certified = any(today in period for period in gate)
        expected = certified and state is ListingState.PUBLISHED
        assert (visible_ids(today, among=[listing.id]) != set()) is expected


def _certify(
    listing: Listing, *, issued: date, expires: date | None, revoked: date | None = None
) -> Certification:
    content = CertificationContent(kind="inbound", issued=issued, expires=expires, revoked=revoked)
    with writing():
        organisation = db.session.merge(listing.organisation)
        made = record_certification(organisation, content, external_id=None)
        settle()
    return made
