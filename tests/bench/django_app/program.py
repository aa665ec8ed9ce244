"""The Django program as a WSGI application over listings of ours.

It has filters by service, country and language with their counts, twenty results a page, a
listing's page, and a home page with all services. Everything is asked of SQLite, nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import django
from django.conf import settings


def application(folder: Path, listings: Iterable[Mapping[str, Any]]) -> Callable[..., Any]:
    """The WSGI application over a database in `folder` that holds the listings.

    Each has `slug`, `name`, `tier`, `budget`, `tagline`, `description`, and lists of keys under
    `services`, `countries` and `languages`. To be called once in a process.
    """
    settings.configure(
        ALLOWED_HOSTS=["*"],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "django.sqlite"}
        },
        INSTALLED_APPS=["tests.bench.django_app"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        ROOT_URLCONF="tests.bench.django_app.urls",
        SECRET_KEY="bench",
        TEMPLATES=[
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
        ],
    )
    django.setup()
    from tests.bench.django_app.models import fill

    fill(listings)
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()
