"""How the work that happens by itself stands, as figures for a monitor."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from directory.config import clock, settings
from directory.database import db
from directory.jobs import running
from directory.search.looking import IndexLook
from directory.search.models import SearchChange


class Standing(Collector):
    """What is looked up when somebody asks."""

    def collect(self) -> Iterator[Metric]:
        """Changes that wait for the index, the index's age, each job's age; ages in seconds."""
        waiting = db.session.scalar(select(func.count()).select_from(SearchChange))
        yield GaugeMetricFamily(
            "directory_search_changes_waiting", "Changes that the index lacks.", value=waiting
        )
        age = IndexLook(settings().index_dir).age_seconds()
        if age is not None:
            yield GaugeMetricFamily("directory_index_age_seconds", "Since it changed.", value=age)
        jobs = GaugeMetricFamily("directory_job_age_seconds", "Since it ran.", labels=["job"])
        for name, run in running.last_runs().items():
            jobs.add_metric([name], max((clock().now() - run.finished_at).total_seconds(), 0))
        yield jobs
