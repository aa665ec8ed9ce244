"""What a bench found: a table with a mark for each target, and `var/bench.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

OUT = Path("var/bench.json")


def mark(value: float, most: float | None) -> str:
    """How a figure stands to its target: `ok`, or how many times too much it is."""
    if most is None:
        return ""
    if value <= most:
        return "ok"
    return f"{value / most:.2f} x target" if most else "MISSED"


def keep(section: str, found: Any) -> None:
    """Write a section of `var/bench.json`; the others stay."""
    known = json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else {}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(known | {section: found}, indent=1), encoding="utf-8")
