"""The console script `directory`: everything an operator does, each command one paragraph."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NoReturn

import click
from flask import Flask
from rich.console import Console
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError

from directory import create_app
from directory.config import DEFAULT_PORT, BadSetting, read_settings
from directory.database import ReadOnlyMode
from directory.kernel.errors import is_lacking
from directory.operating import setup as operating
from directory.operating.commands import backup, doctor, restore, setup
from directory.operating.mail_commands import mail
from directory.rank_command import rank
from directory.web.logs import configure_logging

REFUSED = 1
WRONG_USE = 2
LONGEST_REASON = 300
EXCHANGED = ("listings", "certifications")


class WrongUse(click.ClickException):
    """Said as one line; exit code 2."""

    exit_code = WRONG_USE


def main() -> None:
    """Run the command line; a bad setting is one line and exit code 2."""
    configure_logging()
    try:
        commands(prog_name="directory")
    except BadSetting as error:
        _end(str(error), WRONG_USE)
    except ReadOnlyMode as error:
        _end(str(error), REFUSED)
    except (InterfaceError, OperationalError, ProgrammingError) as error:
        reason = " ".join(str(error.orig).split())[:LONGEST_REASON]
        _end(f"the database can't be used: {reason}", REFUSED)
    except OSError as error:
        if not is_lacking(error):
            raise
        _end(f"stopped: {error}", REFUSED)


def _end(reason: str, code: int) -> NoReturn:
    click.echo(f"directory: {reason}", err=True)
    sys.exit(code)


def _app() -> Flask:
    return create_app(read_settings())


@click.group()
@click.version_option(package_name="solutions-directory")
@click.option("--env-file", type=click.Path(path_type=Path), help="Settings that `setup` wrote.")
def commands(env_file: Path | None) -> None:
    """The Solutions Directory."""
    if env_file is not None:
        # What the environment says itself goes before.
        os.environ.update({**operating.read(env_file), **os.environ})


for command in (setup, doctor, backup, restore):
    commands.add_command(command)


commands.add_command(rank)
commands.add_command(mail)


@commands.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--prepare", is_flag=True, help="Migrate, and build what is missing, before.")
@click.option(
    "--samples/--no-samples", default=False, help="With --prepare: sample data in a new database."
)
def serve(host: str, port: int, workers: int, prepare: bool, samples: bool) -> None:
    """Serve the site: web processes and one worker, supervised."""
    from directory import serving

    settings = read_settings(port=port)
    if prepare:
        with create_app(settings).app_context():
            for line in serving.prepare(samples=samples):
                click.echo(line)
    try:
        sys.exit(serving.serve(settings, host=host, port=port, workers=workers))
    except serving.PortTaken as taken:
        _end(str(taken), REFUSED)


@commands.group()
def db() -> None:
    """The database's shape."""


@db.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the database to REVISION, by default the newest."""
    from directory import migrations

    with _app().app_context():
        migrations.upgrade(revision)
        click.echo(f"database at {migrations.current()}")


@db.command()
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take the database back to REVISION (`base` empties it)."""
    from directory import migrations

    with _app().app_context():
        migrations.downgrade(revision)
        click.echo(f"database at {migrations.current() or 'base'}")


@commands.command()
@click.option("--count", type=click.IntRange(1, 1_000_000), help="Generated ones, for benchmarks.")
@click.option("--remove", is_flag=True, help="Take all sample data away without trace.")
def samples(count: int | None, remove: bool) -> None:
    """Load the sample data: 300 invented organisations."""
    from directory.samples import loader

    with _app().app_context():
        click.echo(f"removed {loader.remove()}" if remove else str(loader.load(count)))


@commands.command()
@click.option("--write", is_flag=True, help="Put the default of each missing text there.")
def legal(write: bool) -> None:
    """Say which texts of the legal pages are not finished; exit code 1 if any."""
    from directory.config import LANGUAGES, read_unfinished
    from directory.legal import pages

    folder = read_unfinished().legal_dir
    if write:
        for name in pages.write_defaults(folder, LANGUAGES):
            click.echo(f"written: {folder / name}")
    unfinished = pages.unfinished(folder, LANGUAGES)
    for name in unfinished:
        click.echo(f"not finished: {folder / name}")
    sys.exit(REFUSED if unfinished else 0)


@commands.command("import")
@click.argument("kind", type=click.Choice(EXCHANGED))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything, write nothing.")
def import_(kind: str, file: Path, dry_run: bool) -> None:
    """Load FILE (.jsonl or .csv) of KIND; bad rows are named by line and field."""
    from directory.exchange import importing
    from directory.exchange.rows import Unreadable

    with _app().app_context(), _progress(f"importing {kind}") as progress:
        try:
            totals = importing.import_file(
                kind, file, dry_run=dry_run, report=_complain, progress=progress
            )
        except Unreadable as error:
            raise WrongUse(str(error)) from error
    click.echo(str(totals))
    sys.exit(REFUSED if totals.refused else 0)


@commands.command()
@click.argument("kind", type=click.Choice(EXCHANGED))
@click.argument("file", type=click.Path(path_type=Path))
def export(kind: str, file: Path) -> None:
    """Write all of KIND to FILE (.jsonl or .csv); importing it again changes nothing."""
    from directory.exchange import exporting
    from directory.exchange.rows import Unreadable

    with _app().app_context():
        try:
            click.echo(f"exported {exporting.export_file(kind, file)}")
        except Unreadable as error:
            raise WrongUse(str(error)) from error


def _complain(line: str) -> None:
    click.echo(line, err=True)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int], None]]:
    """Tells how far long work is: a counter on a terminal, nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    with Console(stderr=True).status(what) as status:
        yield lambda done: status.update(f"{what}: {done:,} rows")


@commands.group()
def index() -> None:
    """The search index, which is made from the database."""


@index.command()
def rebuild() -> None:
    """Build the index beside the live one and swap it in."""
    from directory.search import services

    with _app().app_context():
        click.echo(str(services.rebuild()))


@index.command()
@click.option("--repair", is_flag=True, help="Mend what differs.")
def check(repair: bool) -> None:
    """Compare index and database; exit code 1 if they differ."""
    from directory.search import services

    with _app().app_context():
        report = services.check(repair=repair)
        click.echo(str(report))
    sys.exit(0 if report.ok or repair else REFUSED)


@commands.group()
def jobs() -> None:
    """What happens by itself."""


@jobs.command("list")
def list_jobs() -> None:
    """Every job and when it last ran."""
    from directory.jobs import running
    from directory.jobs.schedule import JOBS

    with _app().app_context():
        ran = running.last_runs()
        for job in JOBS.values():
            last = ran.get(job.name)
            when = f"{last.finished_at:%Y-%m-%d %H:%M} UTC: {last.outcome}" if last else "never"
            click.echo(f"{job.name:<22} {job.every.name.lower():<5} {when}")


@jobs.command()
@click.argument("name")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As if it were that day.")
def run(name: str, on: date | None) -> None:
    """Run the job NAME now."""
    from directory.jobs import running
    from directory.jobs.schedule import JOBS

    if name not in JOBS:
        raise WrongUse(f"no job {name}; there are {', '.join(JOBS)}")
    environ = {"DIRECTORY_TODAY": f"{on:%Y-%m-%d}"} if on else {}
    with create_app(read_settings({**os.environ, **environ})).app_context():
        click.echo(running.run(JOBS[name]) or "nothing to do")


@jobs.command()
def work() -> None:
    """The worker's loop, until it is told to stop."""
    from directory.jobs import running

    with _app().app_context():
        running.work_until_told()


if __name__ == "__main__":
    main()
