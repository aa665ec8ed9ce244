"""The operator's texts: what production needs, and the way to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from directory.cli import commands
from directory.config import BadSetting, read_settings
from directory.legal import pages

LANGUAGES = ("en", "de")


@pytest.fixture
def here(tmp_path: Path) -> dict[str, str]:
    return {
        "DIRECTORY_VAR_DIR": str(tmp_path),
        "DIRECTORY_INDEX_DIR": str(tmp_path / "index"),
        "DIRECTORY_ENV": "production",
        "DIRECTORY_OPERATOR": "Example Ltd",
        "DIRECTORY_BASE_URL": "https://dir.example",
        "DIRECTORY_MAIL_URL": "smtp://mail.example",
    }


def _finish(folder: Path) -> None:
    pages.write_defaults(folder, LANGUAGES)
    for path in folder.iterdir():
        path.write_text(pages.BLANK.sub("said", path.read_text("utf-8")), encoding="utf-8")


@pytest.mark.rule("OPR-3")
def test_production_needs_every_legal_text_in_both_languages(
    here: dict[str, str], tmp_path: Path
) -> None:
    _finish(tmp_path / "legal")
    assert read_settings(here).env == "production"
    (tmp_path / "legal" / "terms.de.md").unlink()
    (tmp_path / "legal" / "privacy.en.md").write_text(" \n")
    with pytest.raises(BadSetting) as refused:
        read_settings(here)
    assert "privacy.en.md, terms.de.md" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_who_finishes_production_can_use_the_commands_for_it(
    here: dict[str, str], tmp_path: Path
) -> None:
    with pytest.raises(BadSetting):
        read_settings(here)
    runner = CliRunner(env=here)
    written = runner.invoke(commands, ["legal", "--write"])
    assert "not finished" in written.output
    assert "terms.de.md" in pages.unfinished(tmp_path / "legal", LANGUAGES)
    said = runner.invoke(commands, ["doctor"])
    assert "UNFIT settings: DIRECTORY_ENV=production needs finished texts" in said.output
    assert written.exit_code == said.exit_code == 1
    for path in (tmp_path / "legal").iterdir():
        path.write_text("said", encoding="utf-8")
    assert runner.invoke(commands, ["legal"]).exit_code == 0
    assert read_settings(here).env == "production"


def test_a_default_that_nobody_filled_in_is_not_finished(tmp_path: Path) -> None:
    pages.write_defaults(tmp_path, LANGUAGES)
    assert "imprint.de.md" in pages.unfinished(tmp_path, LANGUAGES)
    assert "accessibility.en.md" in pages.unfinished(tmp_path, LANGUAGES)


def test_a_file_that_is_no_text_is_not_finished(tmp_path: Path) -> None:
    _finish(tmp_path)
    (tmp_path / "terms.en.md").write_bytes(b"\xff\xfe\x00")
    assert pages.unfinished(tmp_path, LANGUAGES) == ["terms.en.md"]


def test_defaults_take_no_text_away(tmp_path: Path) -> None:
    (tmp_path / "terms.de.md").write_text("Eigene.")
    written = pages.write_defaults(tmp_path, LANGUAGES)
    assert len(written) == 7
    assert (tmp_path / "terms.de.md").read_text() == "Eigene."
    assert pages.write_defaults(tmp_path, LANGUAGES) == []
