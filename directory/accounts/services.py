"""What can be done with organisations and their members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from directory.accounts import queries
from directory.accounts.events import StandingChanged
from directory.accounts.models import Member, Organisation
from directory.database import db, record
from directory.kernel.policy import Package, Tier


@dataclass(frozen=True)
class Standing:
    """Package and tier of an organisation (PKG-1, TIE-1: only partners are tiered)."""

    package: Package | None = None
    tier: Tier | None = None


def create_organisation(*, name: str, external_id: str | None, at: datetime) -> Organisation:
    """Make an organisation without members and standing."""
    organisation = Organisation(name=name, external_id=external_id, created_at=at)
    db.session.add(organisation)
    db.session.flush()
    return organisation


def rename_organisation(organisation: Organisation, *, name: str) -> bool:
    """Give it another name; True if it had another one."""
    changed = organisation.name != name
    organisation.name = name
    return changed


def set_standing(organisation: Organisation, standing: Standing, *, on: date) -> bool:
    """Give it package and tier from the day `on`; True if anything changed."""
    changed = False
    if organisation.package is not standing.package:
        organisation.package = standing.package
        organisation.package_since = on if standing.package else None
        changed = True
    if organisation.tier is not standing.tier:
        organisation.tier = standing.tier
        organisation.tier_since = on if standing.tier else None
        changed = True
    if changed:
        record(StandingChanged(organisation.id))
    return changed


def date_standing(
    organisation: Organisation, *, package_since: date, tier_since: date | None
) -> bool:
    """Say since when it has had its package and tier, as with one taken over; True if it changed.

    Package and tier stay; a day for what it does not have is left out. Search does not show them.
    """
    package = package_since if organisation.package else None
    tier = tier_since if organisation.tier else None
    changed = (organisation.package_since, organisation.tier_since) != (package, tier)
    organisation.package_since, organisation.tier_since = package, tier
    return changed


def set_owner_email(organisation: Organisation, *, email: str | None) -> bool:
    """Say who may claim it when staff send invitations; True if that changed."""
    changed = organisation.owner_email != email
    organisation.owner_email = email
    return changed


def member_called(organisation: Organisation, name: str) -> Member:
    """Its member of that name, made as an unclaimed one if there is none."""
    member = queries.member_named(organisation, name)
    if member is None:
        member = Member(organisation_id=organisation.id, name=name)
        db.session.add(member)
    return member


def remove_organisation(organisation: Organisation) -> None:
    """Remove it for good with its members; its listing must be gone before."""
    db.session.delete(organisation)
    db.session.flush()
