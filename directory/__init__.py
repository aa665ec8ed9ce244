"""The Solutions Directory: `create_app()` reads as its table of contents."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from directory.config import Settings, read_settings

HERE = Path(__file__).parent
BIGGEST_FORM = 2 * 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """The application for `settings`, by default those of the environment.

    Raises config.BadSetting with one line when a setting can't be right.
    """
    from directory import database
    from directory.jobs.standing import Standing
    from directory.web import (
        api,
        assets,
        compression,
        errors,
        files,
        filters,
        front,
        headers,
        health,
        languages,
        limits,
        logs,
        metrics,
        navigation,
        public,
        templating,
        themes,
        wording,
    )

    settings = settings or read_settings()
    app = Flask("directory", template_folder=str(beside("templates")), static_folder=None)
    templating.prepare(app)
    app.extensions["directory_settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TRUSTED_HOSTS=[settings.host, "localhost", "127.0.0.1", "[::1]"],
        MAX_CONTENT_LENGTH=BIGGEST_FORM,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    database.init_app(app, settings.database_url, read_only=settings.read_only)
    logs.init_app(app)
    limits.init_app(app)
    compression.init_app(app)
    headers.init_app(app, https=settings.base_url.startswith("https://"))
    errors.init_app(app)
    languages.init_app(app)
    wording.init_app(app)
    assets.init_app(app, beside("static"))
    filters.init_app(app)
    navigation.init_app(app)
    themes.init_app(app)
    metrics.init_app(app, Standing())
    for part in (health, metrics, public, api, api.reference, files):
        app.register_blueprint(part.blueprint)
    front.init_app(app, settings, beside("templates"), beside("static"))
    return app


def beside(name: str) -> Path:
    """`templates` or `static`: inside an installed package, else at the root of the checkout."""
    inside = HERE / name
    return inside if inside.is_dir() else HERE.parent / name
