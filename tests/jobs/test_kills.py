"""Whoever kills the worker while it drains changes makes the index no different for good."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.bench.kills import killed


def test_workers_killed_while_they_drain_leave_no_drift(tmp_path: Path) -> None:
    tally = killed(15, tmp_path, Random(7))
    assert tally.drifts == []
    assert tally.amid
