"""Requests a second of kept pages beside bytes answered before Flask and a constant Flask page.

`python -m tests.bench serving`. Served by the program's own processes, asked over the loopback by
`wrk` (Debian's package) or, where there is none, by clients in Python, which the first line says.
Rounds of all targets are interleaved and the median counts. `BENCH_LISTINGS` sets how many listings
are generated, `BENCH_DATABASE_URL` an empty PostgreSQL database instead of SQLite.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from directory.config import read_settings
from directory.serving import supervisor
from tests.journeys.served import Load, environ_in, free_port, status_of, wait_until, web_processes

LISTINGS = int(os.environ.get("BENCH_LISTINGS", "10000"))
DATABASE = os.environ.get("BENCH_DATABASE_URL", "")
ROUNDS = 5
SECONDS = 3
CLIENTS = 8
ENCODING = "zstd"
PATHS = {
    "bytes before Flask": "/bench/bytes",
    "constant Flask page": "/bench/flask",
    "results, 2 filters": "/en/providers?service=seo&country=US",
    "results, all": "/en/providers",
    "home": "/en/",
}
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")


def main() -> None:
    """Measure, print, write."""
    wrk = shutil.which("wrk")
    print(f"served pages, {LISTINGS} listings, {'PostgreSQL' if DATABASE else 'SQLite'}, asked by "
          f"{'wrk -t1 -c8' if wrk else 'Python clients (wrk is not installed)'}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as (port, processes):
        for path in [*PATHS.values()] * 2 * len(processes):
            _page(port, path)  # so that each process has made each page
        rates: dict[str, list[float]] = {name: [] for name in PATHS}
        for _ in range(ROUNDS):
            for name, path in PATHS.items():
                rates[name].append(_rate(port, path))
        memory = max(_megabytes(one) for one in processes)
    medians = {name: round(statistics.median(found)) for name, found in rates.items()}
    floor = medians["bytes before Flask"]
    for name, rate in medians.items():
        print(f"{name:<22}{rate:>8}/s{rate / floor:>8.0%}")
    print(f"memory of a web process: {memory} MB")
    out = Path("var/bench-serving.json")
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps({"listings": LISTINGS, "rates": medians, "megabytes": memory}))


@contextmanager
def _served(folder: Path) -> Iterator[tuple[int, list[int]]]:
    """The application with the bench's two addresses: its port, and its web processes."""
    port, body = free_port(), folder / "body"
    environ = environ_in(folder, BENCH_BODY=str(body))
    if DATABASE:
        environ["DIRECTORY_DATABASE_URL"] = DATABASE
    for words in (["db", "upgrade"], ["samples", "--count", str(LISTINGS)], ["index", "rebuild"]):
        command = [sys.executable, "-m", "directory.cli", *words]
        subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)
    starter = f"from tests.bench.serving import run; run({port})"
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([sys.executable, "-c", starter], env=environ, stderr=log)
        try:
            wait_until(lambda: status_of(port, "/readyz") == 200)
            body.write_bytes(_page(port, PATHS["results, all"]))
            yield port, web_processes(server)
        finally:
            server.terminate()
            server.wait()


def run(port: int) -> None:
    """`directory serve` with the bench's application."""
    with supervisor.listening("127.0.0.1", port) as door:
        settings = read_settings(port=port)
        application = "tests.bench.serving_app:app"
        supervisor.Supervisor(settings, door, web=2, application=application).run()


def _page(port: int, path: str) -> bytes:
    """A page as it goes over the wire."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers={"Accept-Encoding": ENCODING})
    return connection.getresponse().read()


def _rate(port: int, path: str) -> float:
    """Requests a second; nothing but 200 counts."""
    if shutil.which("wrk"):
        words = [
            "wrk",
            "-t1",
            f"-c{CLIENTS}",
            f"-d{SECONDS}s",
            "-H",
            f"Accept-Encoding: {ENCODING}",
        ]
        told = subprocess.run(
            [*words, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
        ).stdout
        assert "Non-2xx" not in told, told
        return float(RATE.search(told)[1])  # type: ignore[index]
    load = Load(port, path, clients=CLIENTS)
    with load.running():
        time.sleep(SECONDS)
    return load.counts[200] / SECONDS


def _megabytes(process: int) -> int:
    """The memory of a process that is its own."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0
