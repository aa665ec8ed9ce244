"""The operator's commands: setup, doctor, backup, restore."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from directory import create_app
from directory.config import read_settings

REFUSED = 1
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


def _refuse(line: str) -> None:
    click.echo(f"directory: {line}", err=True)
    sys.exit(REFUSED)
