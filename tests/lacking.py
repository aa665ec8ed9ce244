"""What a machine lacks is skipped with a line that names it; in CI it is a failure."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def lack(what: str) -> NoReturn:
    """Skip the test because `what` is missing here; with CI=true fail it."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"missing: {what}")
    pytest.skip(f"missing: {what}")
