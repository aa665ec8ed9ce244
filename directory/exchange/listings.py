"""The shape of a listing's row: what it says, typed and checked, before anything is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale

from directory.accounts.models import EXTERNAL_ID_LENGTH, NAME_LENGTH
from directory.accounts.services import Standing
from directory.exchange import addresses, places
from directory.exchange.certifications import CertificationDraft, nested_certification
from directory.exchange.fields import Fields
from directory.exchange.listing_pictures import NamedPicture, named_pictures, path_beside
from directory.exchange.wording import shown
from directory.kernel.policy import Package, Tier
from directory.listings.models import (
    BUDGET_MOST,
    DESCRIPTION_LENGTH,
    TAGLINE_LENGTH,
    TEAM_MOST,
    ListingState,
    TagKind,
)
from directory.listings.services import ListingContent
from directory.taxonomy import queries as taxonomy

FIRST_YEAR = 1800
CURRENCY = "EUR"
AMOUNT = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,4}))?", re.ASCII)


@dataclass(frozen=True)
class ListingDraft:
    """What a row says of a listing and its organisation.

    content: with the state that follows from the row alone, without logo and pictures;
    state, standing, owner_email, slug, logo, pictures, certification: None where the row is silent,
    which leaves them as they are; so do no `old_urls` in the content. logo: a path beside the file.
    """

    external_id: str
    content: ListingContent
    state: ListingState | None
    standing: Standing | None
    owner_email: str | None
    slug: str | None
    logo: str | None
    pictures: tuple[NamedPicture, ...] | None
    certification: CertificationDraft | None

    @property
    def is_complete(self) -> bool:
        """Whether it has a service and a place; else it is kept as a draft."""
        tags = self.content.tags
        place = self.content.offices or tags.get(TagKind.SERVES)
        return bool(tags.get(TagKind.SERVICE) and place)


def listing_draft(fields: Fields, today: date) -> ListingDraft | None:
    """The listing of a row, or None when something in it is refused."""
    external_id = fields.required_line("external_id", EXTERNAL_ID_LENGTH)
    state = fields.choice("state", ListingState)
    draft = ListingDraft(
        external_id=external_id,
        content=_content(fields, state, today),
        state=state,
        standing=_standing(fields),
        owner_email=addresses.owner_email(fields),
        slug=addresses.slug(fields),
        logo=path_beside(fields, "logo"),
        pictures=named_pictures(fields, languages()),
        certification=nested_certification(fields, external_id),
    )
    fields.finish()
    return None if fields.refusals else draft


@cache
def languages() -> frozenset[str]:
    """The codes of ISO 639-1."""
    return frozenset(code for code in map(str, Locale("en").languages) if len(code) == 2)


def _content(fields: Fields, state: ListingState | None, today: date) -> ListingContent:
    return ListingContent(
        name=fields.required_line("name", NAME_LENGTH),
        state=state or ListingState.PUBLISHED,
        website=addresses.website(fields),
        founded=fields.whole("founded", FIRST_YEAR, today.year),
        team_size=fields.whole("team_size", 1, TEAM_MOST),
        budget_min=_budget(fields),
        accepting=fields.flag("accepting"),
        texts=_texts(fields),
        tags=_tags(fields),
        offices=places.offices(fields),
        old_urls=addresses.old_urls(fields),
    )


def _texts(fields: Fields) -> dict[str, tuple[str, str]]:
    taglines = fields.by_language("tagline", TAGLINE_LENGTH, languages(), one_line=True)
    descriptions = fields.by_language(
        "description", DESCRIPTION_LENGTH, languages(), one_line=False
    )
    return {
        language: (taglines.get(language, ""), descriptions.get(language, ""))
        for language in sorted(taglines | descriptions)
    }


def _tags(fields: Fields) -> dict[TagKind, tuple[str, ...]]:
    tags = {
        TagKind.SERVICE: fields.values("services", taxonomy.services(), "services"),
        TagKind.INDUSTRY: fields.values("industries", taxonomy.industries(), "industries"),
        TagKind.LANGUAGE: fields.values("languages", languages(), "codes of ISO 639-1 (de)"),
        TagKind.SERVES: places.serves(fields),
        TagKind.CREDENTIAL: fields.values("credentials", taxonomy.credentials(), "credentials"),
    }
    return {kind: values for kind, values in tags.items() if values}


def _standing(fields: Fields) -> Standing | None:
    """Package and tier; a tier alone means a partner's (TIE-1)."""
    package = fields.choice("package", Package)
    tier = fields.choice("tier", Tier)
    if tier and package is Package.PROVIDER:
        fields.refuse("tier", "only the package partner has a tier")
    if package or tier:
        return Standing(package or Package.PARTNER, tier)
    return None


def _budget(fields: Fields) -> int | None:
    """Whole EUR, as a number or as money `{"amount": "5000", "currency": "EUR"}`."""
    if not isinstance(fields.take("budget_min"), dict):
        return fields.whole("budget_min", 0, BUDGET_MOST)
    money = fields.group("budget_min")
    if money is None:
        return None
    money.require("amount", "currency")
    money.one_of("currency", (CURRENCY,), "currencies")
    amount = money.line("amount", 20)
    money.finish()
    parts = AMOUNT.fullmatch(amount)
    if amount and not parts:
        money.refuse("amount", f"must be a decimal number as text, not {shown(amount)}")
    if parts is None:
        return None
    whole = int(parts[1])
    if (parts[2] or "").strip("0") or whole > BUDGET_MOST:
        money.refuse("amount", f"must be a whole number from 0 to {BUDGET_MOST}")
    return whole
