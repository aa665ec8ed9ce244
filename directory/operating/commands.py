"""The operator's commands: setup, doctor, backup, restore."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from directory import create_app
from directory.config import read_settings, read_unfinished

REFUSED = 1
ASKED = {
    "name": "DIRECTORY_SITE_NAME",
    "address": "DIRECTORY_BASE_URL",
    "operator": "DIRECTORY_OPERATOR",
    "vendor": "DIRECTORY_VENDOR",
    "language": "DIRECTORY_DEFAULT_LANGUAGE",
    "time_zone": "DIRECTORY_TIME_ZONE",
    "mail": "DIRECTORY_MAIL_URL",
    "database": "DIRECTORY_DATABASE_URL",
    "redis": "DIRECTORY_REDIS_URL",
    "proxies": "DIRECTORY_TRUSTED_PROXIES",
    "var_dir": "DIRECTORY_VAR_DIR",
    "index_dir": "DIRECTORY_INDEX_DIR",
}
FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.command()
@FILE
def backup(file: Path) -> None:
    """Write database, uploads and keys to FILE, while the site runs."""
    from directory.operating.backup import back_up

    with create_app(read_settings()).app_context():
        try:
            click.echo(f"backed up {back_up(file)}")
        except OSError as error:
            _refuse(f"{file}: can't be written ({error.strerror})")


@click.command()
@FILE
@click.option("--verify", is_flag=True, help="Only try it out, beside the installation.")
@click.option("--force", is_flag=True, help="In the place of the data that is here.")
def restore(file: Path, verify: bool, force: bool) -> None:
    """Bring back what FILE holds; stop the site before."""
    from directory.operating import restoring
    from directory.operating.archive import Damaged

    with create_app(read_settings()).app_context():
        try:
            if verify:
                click.echo(f"sound: {restoring.verify(file)}")
            else:
                click.echo(f"restored {restoring.restore(file, force=force)}")
        except (Damaged, restoring.NotEmpty) as problem:
            _refuse(str(problem))


@click.command()
@click.option("--file", default="directory.env", show_default=True, type=click.Path(path_type=Path))
@click.option("--name", prompt="Name of the site", default="Solutions Directory")
@click.option("--address", prompt="Its address (https://…)")
@click.option("--operator", prompt="Who runs it (shown on every page)")
@click.option("--vendor", prompt="Whose ecosystem it is about", default="HubSpot")
@click.option("--language", prompt="Language for who prefers neither (en, de)", default="en")
@click.option("--time-zone", prompt="Time zone in which days begin", default="Europe/Berlin")
@click.option("--mail", prompt="Mail server (smtp://… or smtps://…, empty for none)", default="")
@click.option("--database", prompt="Database (postgresql://…, empty for SQLite)", default="")
@click.option("--redis", prompt="Redis (redis://…, empty for none)", default="")
@click.option("--var-dir", prompt="Folder for data", default="var")
@click.option("--index-dir", prompt="Folder for the search index", default="search_index")
@click.option(
    "--proxies", default="127.0.0.1,::1", show_default=True, help="Where the proxy in front runs."
)
@click.option("--overwrite", is_flag=True, help="Replace a file that is there.")
def setup(file: Path, overwrite: bool, **answers: str) -> None:
    """Ask what an operator must decide and write it to a file for `directory --env-file`."""
    from directory.operating.setup import write

    if file.exists() and not overwrite:
        _refuse(f"{file} is there already; --overwrite replaces it")
    named = {ASKED[answer]: value.strip() for answer, value in answers.items()}
    named["DIRECTORY_VAR_DIR"] = str(Path(answers["var_dir"]).resolve())
    named["DIRECTORY_INDEX_DIR"] = str(Path(answers["index_dir"]).resolve())
    read_settings(named)
    write(file, named | {"DIRECTORY_ENV": "production"})
    Path(named["DIRECTORY_VAR_DIR"]).chmod(0o700)
    click.echo(f"wrote {file}; next: directory --env-file {file} doctor")


@click.command()
def doctor() -> None:
    """Say what is not fit for production; exit code 1 if anything."""
    from directory.operating.doctor import examine

    with create_app(read_unfinished()).app_context():
        found = []
        for finding in examine():
            found.append(finding.fit)
            click.echo(str(finding))
    sys.exit(0 if all(found) else REFUSED)


def _refuse(line: str) -> NoReturn:
    click.echo(f"directory: {line}", err=True)
    sys.exit(REFUSED)
