"""nginx with the file that operators copy, in front of a served program."""

from __future__ import annotations

import contextlib
import http.client
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.served import free_port, wait_until
from tests.lacking import lack

FILE = Path(__file__).parents[2] / "docs" / "operations" / "nginx.conf"
HOST = "directory.example"
AROUND = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 768; }}
http {{
{site}
}}
"""


@dataclass(frozen=True)
class Nginx:
    """port: where it speaks TLS; plain: where it does not."""

    port: int
    plain: int

    def ask(self, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
        """Status, headers by lower-case name and body of one answer."""
        connection = http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=30, context=trusting()
        )
        with contextlib.closing(connection):
            connection.request(method, path, headers={"Host": HOST})
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, named, answer.read()

    def connected(self) -> ssl.SSLSocket:
        """A connection on which anything can be said."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=15)
        return trusting().wrap_socket(plain, server_hostname=HOST)


def trusting() -> ssl.SSLContext:
    """Takes the certificate of a test."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@contextlib.contextmanager
def nginx_before(program: int, folder: Path) -> Iterator[Nginx]:
    """Our file in use, with a certificate, ports and folders of this test."""
    command = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if command is None:
        lack("nginx for the journeys behind it; on Debian: apt-get install nginx-light")
    nginx = Nginx(free_port(), free_port())
    _certificate(folder)
    configuration = folder / "nginx.conf"
    configuration.write_text(
        AROUND.format(folder=folder, site=_adapted(nginx, program, folder)), encoding="utf-8"
    )
    process = subprocess.Popen(
        [command, "-c", str(configuration), "-p", str(folder)], stderr=subprocess.DEVNULL
    )
    try:
        wait_until(lambda: _listens(nginx.port))
        yield nginx
    finally:
        process.terminate()
        process.wait(30)


def _adapted(nginx: Nginx, program: int, folder: Path) -> str:
    site = FILE.read_text(encoding="utf-8")
    site = re.sub(r"listen \[::\].*\n", "", site)
    for ours, here in {
        "127.0.0.1:8000": f"127.0.0.1:{program}",
        "listen 80;": f"listen 127.0.0.1:{nginx.plain};",
        "listen 443 ": f"listen 127.0.0.1:{nginx.port} ",
        "/etc/ssl/directory/": f"{folder}/",
        "/var/log/nginx/": f"{folder}/",
    }.items():
        assert ours in site, ours
        site = site.replace(ours, here)
    return site


def _certificate(folder: Path) -> None:
    if shutil.which("openssl") is None:
        lack("openssl for the journeys behind nginx")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", f"/CN={HOST}", "-keyout", str(folder / "privkey.pem")),
            *("-out", str(folder / "fullchain.pem")),
        ],
        check=True, capture_output=True,
    )  # fmt: skip


def _listens(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
