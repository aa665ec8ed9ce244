"""When an organisation's standing is looked at again."""

from __future__ import annotations

from datetime import date, timedelta

from directory.kernel.policy import POLICY


def next_tier_check(today: date) -> date:
    """TIE-2: the next day, after `today`, on which all tiers are calculated again."""
    if today.day < POLICY.tiers_day:
        return today.replace(day=POLICY.tiers_day)
    next_month = today.replace(day=1) + timedelta(days=31)
    return next_month.replace(day=POLICY.tiers_day)
