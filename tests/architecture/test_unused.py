"""Nothing lies around: what neither the program nor its templates use is found here."""

from __future__ import annotations

import re
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).parents[2]
KINDS = {"class", "function", "import", "method", "property", "unreachable_code"}
CALLED_BY_LIBRARIES = {
    "add_postings",
    "field_writer",
    "postings_writer",
    "ConsoleRenderer",
    "collect",
    "critical",
    "debug",
    "downgrade",
    "get_translations",
    "preprocess",
    "process_bind_param",
    "process_result_value",
    "temp_storage",
    "upgrade",
    "visit_Call",
}


def test_no_code_is_unused() -> None:
    search = Vulture(ignore_decorators=["@*.get", "@*.command*", "@*.group*", "@event.*", "@app.*"])
    search.scavenge([str(ROOT / "directory")])
    templates = "\n".join(p.read_text("utf-8") for p in (ROOT / "templates").rglob("*.html"))
    named = set(re.findall(r"\w+", templates)) | CALLED_BY_LIBRARIES
    unused = [
        f"{item.filename.relative_to(ROOT)}:{item.first_lineno} {item.name}"
        for item in search.get_unused_code()
        if item.typ in KINDS and item.name not in named
    ]
    assert unused == []
