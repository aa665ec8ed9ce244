"""The console script: what it prints and with which exit code it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from directory.cli import commands
from directory.config import Settings

ROW = {
    "external_id": "acme",
    "name": "Acme",
    "services": ["seo"],
    "locations": [{"country": "DE", "city": 2886242}],
}
CERTIFICATION = {
    "external_id": "c-1",
    "listing": "acme",
    "kind": "inbound",
    "holder": "Alex Beispiel",
    "issued": "2026-01-01",
    "expires": "2027-01-01",
}


class Shell:
    """Runs commands in the test's environment."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = environ

    def __call__(self, *words: str) -> Result:
        return CliRunner().invoke(commands, words, env=self._environ, catch_exceptions=False)


@pytest.fixture
def shell(settings: Settings, environ: dict[str, str]) -> Shell:
    return Shell(environ)


def write(path: Path, *rows: object) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_an_import_says_its_totals(shell: Shell, tmp_path: Path) -> None:
    done = shell("import", "listings", write(tmp_path / "l.jsonl", ROW))
    assert done.stdout == "loaded 1, updated 0, unchanged 0, drafts 0, refused 0\n"
    assert done.exit_code == 0
    done = shell("import", "certifications", write(tmp_path / "c.jsonl", CERTIFICATION))
    assert done.stdout.startswith("loaded 1, ")


def test_a_refused_row_is_named_on_standard_error(shell: Shell, tmp_path: Path) -> None:
    file = write(tmp_path / "l.jsonl", ROW, ROW | {"external_id": "b", "services": ["nonsense"]})
    done = shell("import", "listings", file)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{file}:2: services")
    assert done.stdout == "loaded 1, updated 0, unchanged 0, drafts 0, refused 1\n"


def test_a_dry_run_writes_nothing(shell: Shell, tmp_path: Path) -> None:
    file = write(tmp_path / "l.jsonl", ROW)
    assert shell("import", "listings", file, "--dry-run").stdout.startswith("loaded 1,")
    assert shell("import", "listings", file).stdout.startswith("loaded 1,")


@pytest.mark.parametrize(
    "words",
    [
        ("import", "nonsense", "f.jsonl"),
        ("import", "listings", "f.xls"),
        ("import", "listings", "missing.jsonl"),
        ("jobs", "run", "none"),
    ],
)
def test_wrong_use_is_one_message_and_exit_code_two(shell: Shell, words: tuple[str, ...]) -> None:
    done = shell(*words)
    assert done.exit_code == 2
    assert "Traceback" not in done.stderr


def test_export_and_import_again_change_nothing(shell: Shell, tmp_path: Path) -> None:
    shell("import", "listings", write(tmp_path / "l.jsonl", ROW))
    shell("import", "certifications", write(tmp_path / "c.jsonl", CERTIFICATION))
    for kind in ("listings", "certifications"):
        for ending in ("jsonl", "csv"):
            file = str(tmp_path / f"{kind}.{ending}")
            assert shell("export", kind, file).exit_code == 0
            done = shell("import", kind, file)
            assert done.stdout == "loaded 0, updated 0, unchanged 1, drafts 0, refused 0\n"


def test_the_index_is_rebuilt_and_checked(shell: Shell, tmp_path: Path) -> None:
    shell("import", "listings", write(tmp_path / "l.jsonl", ROW))
    assert shell("index", "check").exit_code == 1
    assert shell("index", "rebuild").exit_code == 0
    assert shell("index", "check").exit_code == 0


def test_jobs_say_when_they_last_ran(shell: Shell) -> None:
    assert "check-index            hour  never" in shell("jobs", "list").stdout
    assert shell("jobs", "run", "check-index").exit_code == 0
    assert "never" not in next(
        line for line in shell("jobs", "list").stdout.splitlines() if line.startswith("check-index")
    )


def test_the_job_that_notes_leaves_the_index_in_step(shell: Shell, tmp_path: Path) -> None:
    row = ROW | {"certification": {"kind": "inbound", "issued": "2026-12-01"}}
    shell("import", "listings", write(tmp_path / "l.jsonl", row))
    shell("index", "rebuild")
    shell("jobs", "run", "note-public", "--on", "2026-12-01")
    shell("jobs", "run", "apply-search-changes")
    assert shell("index", "check").exit_code == 0


@pytest.mark.parametrize(
    "address",
    ["sqlite:////nope/x/y.db", "postgresql://postgres@127.0.0.1:1/none", "sqlite:///{empty}"],
)
def test_a_database_that_cannot_be_used_is_one_line(
    environ: dict[str, str], tmp_path: Path, address: str
) -> None:
    url = address.replace("{empty}", str(tmp_path / "empty.db"))
    done = subprocess.run(
        [sys.executable, "-m", "directory.cli", "jobs", "list"],
        env={**os.environ, **environ, "DIRECTORY_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("directory: the database can't be used: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_job_runs_as_if_it_were_another_day(shell: Shell, tmp_path: Path) -> None:
    row = ROW | {"certification": {"kind": "inbound", "issued": "2026-12-01"}}
    shell("import", "listings", write(tmp_path / "l.jsonl", row))
    assert shell("jobs", "run", "note-public").stdout.startswith("0 ")
    assert shell("jobs", "run", "note-public", "--on", "2026-12-01").stdout.startswith("1 ")


def test_the_database_goes_down_and_up(shell: Shell) -> None:
    assert shell("db", "downgrade", "base").stdout == "database at base\n"
    assert "database at 0" in shell("db", "upgrade").stdout


def test_a_backup_is_made_tried_out_and_brought_back(shell: Shell, tmp_path: Path) -> None:
    shell("import", "listings", write(tmp_path / "l.jsonl", ROW))
    kept = str(tmp_path / "kept.tar.gz")
    assert shell("backup", kept).stdout.startswith("backed up ")
    assert shell("restore", kept, "--verify").stdout.startswith("sound: ")
    refused = shell("restore", kept)
    assert refused.exit_code == 1
    assert len(refused.stderr.splitlines()) == 1
    assert shell("restore", kept, "--force").stdout.startswith("restored ")
    missing = shell("restore", str(tmp_path / "none"))
    assert (missing.exit_code, len(missing.stderr.splitlines())) == (1, 1)


def test_help_lists_the_commands(app: Flask, shell: Shell) -> None:
    text = shell("--help").stdout
    for name in (
        "serve",
        "db",
        "samples",
        "import",
        "export",
        "index",
        "jobs",
        "setup",
        "doctor",
        "backup",
        "restore",
    ):
        assert f"\n  {name} " in text


def test_rank_prints_the_parts_of_each_place(shell: Shell, tmp_path: Path) -> None:
    shell("import", "listings", write(tmp_path / "l.jsonl", ROW))
    shell("import", "certifications", write(tmp_path / "c.jsonl", CERTIFICATION))
    shell("index", "rebuild")
    done = shell("rank", "Acme", "--lang", "de")
    lines = done.stdout.splitlines()
    assert lines[1] == "1. Acme (acme)"
    assert "   text: 0. Alle Ihre Wörter stehen im Namen." in lines
    assert "   tier: 0. Es gibt keine Stufe." in lines
    assert shell("rank", "nothing-like-it").exit_code == 0
