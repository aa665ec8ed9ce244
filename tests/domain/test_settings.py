"""Settings refuse what can't be right, in one line that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.config import BadSetting, Env, read_settings


@pytest.fixture
def here(tmp_path: Path) -> dict[str, str]:
    return {
        "DIRECTORY_VAR_DIR": str(tmp_path / "var"),
        "DIRECTORY_INDEX_DIR": str(tmp_path / "index"),
    }


def test_everything_has_a_default(here: dict[str, str]) -> None:
    settings = read_settings(here, port=9000)
    assert settings.base_url == "http://localhost:9000"
    assert settings.vendor == "HubSpot"
    assert settings.env is Env.DEVELOPMENT
    assert settings.database_url.startswith("sqlite:///")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DIRECTORY_DATABASE_URL", "mysql://x"),
        ("DIRECTORY_DATABASE_URL", "postgresql+foo://x/y"),
        ("DIRECTORY_DATABASE_URL", "postgresql://a:b@[::1/x"),
        ("DIRECTORY_REDIS_URL", "localhost"),
        ("DIRECTORY_SECRET_KEY", "short"),
        ("DIRECTORY_BASE_URL", "localhost:8000"),
        ("DIRECTORY_BASE_URL", "https://a.example/path"),
        ("DIRECTORY_BASE_URL", "https://a.example:99999"),
        ("DIRECTORY_BASE_URL", "http://x y"),
        ("DIRECTORY_BASE_URL", 'http://"><script>'),
        ("DIRECTORY_MAIL_URL", "smtp://h:abc"),
        ("DIRECTORY_TODAY_SINCE", "2026-11-23"),
        ("DIRECTORY_SITE_NAME", "x" * 200),
        ("DIRECTORY_DEFAULT_LANGUAGE", "fr"),
        ("DIRECTORY_MAIL_URL", "mail.example"),
        ("DIRECTORY_TIME_ZONE", "Mars/Olympus"),
        ("DIRECTORY_TIME_ZONE", "../../etc/passwd"),
        ("DIRECTORY_ENV", "prod"),
        ("DIRECTORY_TODAY", "tomorrow"),
        ("DIRECTORY_TODAY", "2026-02-30"),
        ("DIRECTORY_VAR_DIR", "/dev/null/var"),
    ],
)
def test_a_value_that_cannot_be_right_is_named_in_one_line(
    here: dict[str, str], name: str, value: str
) -> None:
    with pytest.raises(BadSetting) as refused:
        read_settings(here | {name: value})
    assert str(refused.value).startswith(f"{name}: ")
    assert "\n" not in str(refused.value)


def test_a_refused_secret_is_not_repeated(here: dict[str, str]) -> None:
    with pytest.raises(BadSetting) as refused:
        read_settings(here | {"DIRECTORY_SECRET_KEY": "hunter2"})
    assert "hunter2" not in str(refused.value)


def test_production_names_all_that_it_lacks(here: dict[str, str]) -> None:
    with pytest.raises(BadSetting) as refused:
        read_settings(here | {"DIRECTORY_ENV": "production"})
    for name in ("DIRECTORY_OPERATOR", "DIRECTORY_BASE_URL", "DIRECTORY_MAIL_URL"):
        assert name in str(refused.value)


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(here: dict[str, str]) -> None:
    first = read_settings(here).secret_key
    path = Path(here["DIRECTORY_VAR_DIR"]) / "secret.key"
    assert read_settings(here).secret_key == first
    assert len(first) >= 32
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.rule("OPR-1")
def test_a_site_is_independent_when_operator_and_vendor_differ(here: dict[str, str]) -> None:
    assert not read_settings(here).independent
    assert read_settings(here | {"DIRECTORY_OPERATOR": "Musterbetreiber eG"}).independent
    assert not read_settings(here | {"DIRECTORY_OPERATOR": "hubspot"}).independent
