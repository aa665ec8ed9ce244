"""Keeps the processes running that were asked for, and replaces them without losing a request.

The supervisor has no threads and holds nothing but the listening socket, which all web processes
share: a connection waits there while there is none to take it.
"""

from __future__ import annotations

import ctypes
import math
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

import structlog

from directory.config import TODAY_SINCE, Settings
from directory.serving import counts

BACKLOG = 1024
STOP_SECONDS = 30.0
LOOK_SECONDS = 0.05
# For a process that did not live long, so that one that can't start does not keep us busy.
PAUSE_SECONDS = 1.0
# How long an old process says 'close' to those who keep their connection, before it ends.
LEAVE_SECONDS = 5.0
READY = b"+"
# `PR_SET_PDEATHSIG` of prctl(2).
SET_SIGNAL_OF_PARENTS_DEATH = 1
APPLICATION = "directory.wsgi:app"

log = structlog.get_logger()


class PortTaken(Exception):
    """Somebody else listens there already."""


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(BACKLOG)
    except OSError as error:
        door.close()
        raise PortTaken(f"port {port} of {host} can't be used: {error.strerror}") from error
    return door


@dataclass
class Child:
    """A process of ours. sign: where it says that it is ready; leaves: when it is
    ended, infinity while its successor is not ready, None for one that stays. told: whether it was
    told to end."""

    kind: str
    process: subprocess.Popen[bytes]
    sign: int
    began: float = field(default_factory=time.monotonic)
    ready: bool = False
    leaves: float | None = None
    told: bool = False

    @property
    def ended(self) -> bool:
        """Whether it is gone."""
        return self.process.poll() is not None

    def look(self) -> None:
        """Take notice of its sign."""
        with suppress(BlockingIOError):
            self.ready = self.ready or os.read(self.sign, 1) == READY

    def say_leave(self) -> None:
        """Tell one whose successor is ready that its end is near."""
        if self.leaves == math.inf:
            self.leaves = time.monotonic() + LEAVE_SECONDS
            self.send(signal.SIGUSR1)

    def end_if_due(self) -> None:
        """End it when its time has come, and hard if it doesn't."""
        if self.leaves is not None and time.monotonic() >= self.leaves:
            self.send(signal.SIGKILL if self.told else signal.SIGTERM)
            self.told, self.leaves = True, time.monotonic() + STOP_SECONDS

    def send(self, number: signal.Signals) -> None:
        """Send a signal, if it is still there."""
        with suppress(ProcessLookupError):
            self.process.send_signal(number)


class Supervisor:
    """Runs `web` processes at the socket `door`, and one worker."""

    def __init__(
        self,
        settings: Settings,
        door: socket.socket,
        *,
        web: int,
        application: str = APPLICATION,
    ) -> None:
        self._door = door
        self._wanted = {"web": web, "worker": 1}
        self._commands = {
            "web": [sys.executable, "-m", "directory.serving.process", application],
            "worker": [sys.executable, "-m", "directory.cli", "jobs", "work"],
        }
        environ = _environ(settings)
        self._environs = {
            "web": {**environ, **counts.fresh_folder(settings.var_dir)},
            "worker": environ,
        }
        self._children: list[Child] = []
        self._pause_until = {"web": 0.0, "worker": 0.0}
        self._stopping = False
        self._renewing = False
        self._served = False

    def run(self) -> int:
        """Until a signal, or until no web process could ever start; the exit code."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGHUP, self._renew)
        code = 0
        while not self._stopping and not code:
            code = self._turn()
            time.sleep(LOOK_SECONDS)
        _end(self._children)
        return code

    def _turn(self) -> int:
        """Look at all children and see to what is missing; not 0 if there is no use."""
        for child in self._children:
            child.look()
            self._served = self._served or (child.kind == "web" and child.ready)
        code = self._bury()
        if self._renewing:
            self._renewing = False
            for child in self._children:
                if child.leaves is None:
                    child.leaves = math.inf if child.kind == "web" else time.monotonic()
        for kind in self._wanted:
            self._complete(kind)
        for child in self._children:
            child.end_if_due()
        return code

    def _complete(self, kind: str) -> None:
        """Start what is missing of a kind; if nothing is, those who were replaced may leave."""
        present = [one for one in self._children if one.kind == kind]
        staying = [one for one in present if one.leaves is None]
        if kind == "worker" and len(present) > len(staying):
            return  # one worker at a time
        if len(staying) < self._wanted[kind]:
            if time.monotonic() >= self._pause_until[kind]:
                self._add(kind)
        elif all(one.ready for one in staying):
            for child in present:
                child.say_leave()

    def _bury(self) -> int:
        """Forget who ended; the exit code of one that never got ready, if nobody ever did."""
        ended = [one for one in self._children if one.ended]
        self._children = [one for one in self._children if not one.ended]
        for child in ended:
            os.close(child.sign)
            if child.leaves is None:
                log.error("process ended", kind=child.kind, code=child.process.returncode)
                if not child.ready or time.monotonic() - child.began < PAUSE_SECONDS:
                    self._pause_until[child.kind] = time.monotonic() + PAUSE_SECONDS
        failed = [one for one in ended if one.kind == "web" and not one.ready]
        alone = not any(one.kind == "web" for one in self._children)
        useless = failed and alone and not self._served
        return abs(failed[0].process.returncode) if useless else 0

    def _add(self, kind: str) -> None:
        """Start one more; if the machine can't now, it is tried again in a while."""
        try:
            self._children.append(self._start(kind))
        except OSError as problem:
            log.error("no process could be started", kind=kind, problem=str(problem))
            self._pause_until[kind] = time.monotonic() + PAUSE_SECONDS

    def _start(self, kind: str) -> Child:
        sign, given = os.pipe()
        os.set_blocking(sign, False)
        passed = (given, self._door.fileno()) if kind == "web" else (given,)
        words = map(str, passed) if kind == "web" else ()
        try:
            process = subprocess.Popen(
                [*self._commands[kind], *words],
                env=self._environs[kind],
                pass_fds=passed,
                # A group of its own: a terminal's interrupt reaches only us, who end all.
                start_new_session=True,
                # Safe, as we have no threads.
                preexec_fn=_end_with_parent,
            )
        except OSError:
            os.close(sign)
            raise
        finally:
            os.close(given)
        return Child(kind, process, sign, ready=kind == "worker")

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _renew(self, _number: int, _frame: FrameType | None) -> None:
        self._renewing = True


def _environ(settings: Settings) -> dict[str, str]:
    """What the processes are told: the address, and since when DIRECTORY_TODAY holds."""
    since = settings.clock.real_now().isoformat()
    own = {name: value for name, value in os.environ.items() if name != counts.FOLDER}
    return {TODAY_SINCE: since, **own, "DIRECTORY_BASE_URL": settings.base_url}


def _end_with_parent() -> None:
    """Have the system end this process when its supervisor is killed, where it can (Linux).

    Otherwise it would go on alone, at a socket that the next supervisor needs.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(SET_SIGNAL_OF_PARENTS_DEATH, int(signal.SIGTERM))


def _end(children: list[Child]) -> None:
    for child in children:
        child.send(signal.SIGTERM)
    last = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.process.wait(max(last - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
