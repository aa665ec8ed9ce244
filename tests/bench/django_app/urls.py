"""The pages of the Django program."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from tests.bench.django_app.models import KINDS, Provider

PAGE, SIMILAR, NEWEST = 20, 4, 6
ALL = ("services", "countries", "languages")


def results(request: HttpRequest) -> HttpResponse:
    """Twenty providers under the filters, with counts; a facet leaves its own filter out."""
    chosen = {name: request.GET.getlist(name) for name in ALL}
    found = _narrowed(chosen)
    facets = {}
    for name in ALL:
        others = _narrowed({one: keys for one, keys in chosen.items() if one != name})
        counted = KINDS[name].objects.filter(provider__in=others)
        facets[name] = counted.annotate(count=Count("provider")).order_by("-count", "key")
    start = PAGE * (int(request.GET.get("page", "1")) - 1)
    shown = found.order_by("-tier", "name").prefetch_related(*ALL)[start : start + PAGE]
    keys = {key for keys in chosen.values() for key in keys}
    total = found.count()
    context = {"total": total, "more": total > start + PAGE, "facets": facets, "found": shown}
    return render(request, "results.html", context | {"chosen": keys})


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """One provider, and four that offer its first service."""
    one = get_object_or_404(Provider.objects.prefetch_related(*ALL), slug=slug)
    similar = Provider.objects.filter(services=one.services.first()).exclude(pk=one.pk)
    shown = similar.order_by("-tier", "name")[:SIMILAR]
    return render(request, "listing.html", {"one": one, "similar": shown})


def home(request: HttpRequest) -> HttpResponse:
    """All services with their providers, and the newest providers."""
    services = KINDS["services"].objects.annotate(count=Count("provider")).order_by("key")
    newest = Provider.objects.order_by("-id")[:NEWEST]
    total = Provider.objects.count()
    return render(request, "home.html", {"services": services, "newest": newest, "total": total})


def _narrowed(chosen: dict[str, list[str]]) -> QuerySet[Provider]:
    found = Provider.objects.all()
    for name, keys in chosen.items():
        if keys:
            found = found.filter(**{f"{name}__key__in": keys})
    return found.distinct()


urlpatterns = [
    path("", home),
    path("providers", results),
    path("providers/<slug:slug>", listing),
]
