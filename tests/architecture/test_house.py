"""What the house promises about itself, read from its source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import String
from sqlalchemy.types import Enum, TypeDecorator

from directory import models
from directory.database import Base

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "directory"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 300
NO_NAMES = re.compile(r"^(utils?|helpers?|managers?|handlers?|misc|common)$")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/\w+")


def calls(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every call in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def found(pattern: str, *, allowed: set[str]) -> list[str]:
    """Calls that match `pattern` in modules other than those allowed (or folders, with a slash)."""
    places = []
    for path in MODULES:
        name = path.relative_to(PACKAGE).as_posix()
        if any(name == place or name.startswith(place) for place in allowed if place):
            continue
        places += [
            f"{name}:{line} {call}" for line, call in calls(path) if re.search(pattern, call)
        ]
    return places


def test_only_settling_commits() -> None:
    assert found(r"session\.commit$", allowed={"reactions.py"}) == []


def test_only_the_clock_reads_the_time() -> None:
    assert found(r"\b(datetime\.(now|utcnow|today)|date\.today|time\.time)$",
                 allowed={"kernel/clock.py"}) == []  # fmt: skip


def test_only_the_web_aborts_and_flashes() -> None:
    assert found(r"^(abort|flash|flask\.abort)$", allowed={"web/"}) == []


def test_only_the_command_line_prints() -> None:
    assert found(r"^print$", allowed={"cli.py", "geography/make.py", "web/logs.py"}) == []


def test_no_module_is_a_pile() -> None:
    assert [p.name for p in MODULES if NO_NAMES.match(p.stem)] == []


def test_no_module_is_too_long() -> None:
    lengths = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}
    assert {p.name: n for p, n in lengths.items() if n > LONGEST_MODULE} == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_every_module_opens_with_a_sentence(path: Path) -> None:
    sentence = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert sentence
    assert sentence.split("\n\n")[0].rstrip().endswith((".", ":"))


@pytest.mark.parametrize("path", [p for p in MODULES if "migrations/versions" not in p.as_posix()],
                         ids=lambda p: p.relative_to(PACKAGE).as_posix())  # fmt: skip
def test_every_public_function_is_documented(path: Path) -> None:
    bare = [
        node.name
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert bare == []


def test_committed_files_name_no_place_of_a_machine() -> None:
    suffixes = {".py", ".md", ".toml", ".html", ".css", ".js", ".txt", ".po", ".csv"}
    texts = [p for top in ("directory", "templates", "static", "docs", "tests", "requirements")
             for p in (ROOT / top).rglob("*") if p.suffix in suffixes]  # fmt: skip
    texts += [ROOT / name for name in ("README.md", "CHANGELOG.md", "Makefile", "pyproject.toml")]
    named = [p.relative_to(ROOT).as_posix() for p in texts if MACHINE_PATH.search(p.read_text())]
    assert named == []


def test_the_root_holds_only_what_it_should() -> None:
    allowed = {
        "pyproject.toml", "directory", "templates", "static", "search_index", "tests", "README.md",
        "Makefile", "requirements", "docs", "CHANGELOG.md", "LICENSE", "var",
    }  # fmt: skip
    assert {p.name for p in ROOT.iterdir() if not p.name.startswith(".")} <= allowed


def test_every_view_says_who_may_open_it(app: Flask) -> None:
    bare = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not hasattr(app.view_functions[rule.endpoint], "allowed_role")
    ]
    assert bare == []


@pytest.mark.case("K7")
def test_every_text_column_has_a_limit() -> None:
    assert models.__all__
    unlimited = []
    for table in Base.metadata.tables.values():
        for column in table.columns:
            kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
            if isinstance(kind, String) and not isinstance(kind, Enum) and kind.length is None:
                unlimited.append(f"{table.name}.{column.name}")
    assert unlimited == []
