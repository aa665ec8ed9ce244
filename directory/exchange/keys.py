"""Ids in files: the one a thing came with, else one that export makes for it and import knows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection

from directory.certification.models import Certification

OWN_ORGANISATION = re.compile(r"org-([0-9]{1,9})-[0-9a-f]+", re.ASCII)
OWN_CERTIFICATION = re.compile(r"cert-([0-9]{1,9})-[0-9a-f]+", re.ASCII)


def certification_key(certification: Certification) -> str:
    """Its id in files: `cert-<id>-<whose>` for one noted here."""
    if certification.external_id:
        return certification.external_id
    whose = hashlib.sha256(certification.organisation.key.encode()).hexdigest()
    return f"cert-{certification.id}-{whose[:12]}"


def own_numbers(pattern: re.Pattern[str], keys: Collection[str]) -> list[int]:
    """The ids in our database that keys made by export may stand for."""
    return [int(match[1]) for key in keys if (match := pattern.fullmatch(key))]
