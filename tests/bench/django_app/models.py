"""The tables of the Django program, and how they are filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models

AT_ONCE = 500


class Service(models.Model):
    """A service by its slug."""

    key = models.CharField(max_length=100, unique=True)


class Country(models.Model):
    """A country by its code."""

    key = models.CharField(max_length=2, unique=True)


class Language(models.Model):
    """A language by its code."""

    key = models.CharField(max_length=2, unique=True)


class Provider(models.Model):
    """A listing."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200, db_index=True)
    tier = models.CharField(max_length=10, db_index=True)
    budget = models.IntegerField(null=True)
    tagline = models.CharField(max_length=200)
    description = models.TextField()
    services = models.ManyToManyField(Service)
    countries = models.ManyToManyField(Country)
    languages = models.ManyToManyField(Language)


KINDS = {"services": Service, "countries": Country, "languages": Language}


def fill(listings: Iterable[Mapping[str, Any]]) -> None:
    """Make the tables and put the listings in."""
    with connection.schema_editor() as editor:
        for model in (*KINDS.values(), Provider):
            editor.create_model(model)
    rows = list(listings)
    plain = ("slug", "name", "tier", "budget", "tagline", "description")
    made = Provider.objects.bulk_create(
        [Provider(**{name: row[name] for name in plain}) for row in rows], AT_ONCE
    )
    for name, model in KINDS.items():
        _link(name, model, list(zip(made, rows, strict=True)))


def _link(
    name: str, model: type[models.Model], pairs: list[tuple[Provider, Mapping[str, Any]]]
) -> None:
    keys = sorted({key for _, row in pairs for key in row[name]})
    known = {one.key: one.pk for one in model.objects.bulk_create([model(key=k) for k in keys])}
    through = getattr(Provider, name).through
    column = f"{model.__name__.lower()}_id"
    through.objects.bulk_create(
        [
            through(**{"provider_id": one.pk, column: known[key]})
            for one, row in pairs
            for key in dict.fromkeys(row[name])
        ],
        AT_ONCE,
    )
