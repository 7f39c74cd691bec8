"""Keep the served processes running, and stop them together."""

import contextlib
import errno
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from onrecord.core.kernel.errors import UsageError
from onrecord.project.database import is_embedded
from onrecord.project.discovery import exists
from onrecord.project.home import Home
from onrecord.project.orphans import ending_with_parent
from onrecord.project.postgres import EmbeddedServer
from onrecord.project.serving import HOSTS_VARIABLE
from onrecord.project.static_files import STATIC_ROOT_VARIABLE, collect

log = logging.getLogger(__name__)

_FIRST_WAIT, _LONGEST_WAIT, _STEADY = 0.5, 30.0, 20.0
_TICK = 0.2
_STOP_PATIENCE = 15.0
_WEB_WORKERS, _WEB_THREADS = 2, 4
_LAST_PORT = 65535
_SEQUENCER = "onrecord.apps.audit.sequencer"


@dataclass(slots=True)
class Child:
    """One process that is started again when it ends, each time a little later."""

    name: str
    command: Sequence[str]
    output: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    not_before: float = 0.0
    wait: float = field(default=_FIRST_WAIT)

    def look_after(self, now: float, environ: Mapping[str, str]) -> None:
        """Start it if it is down and its turn has come."""
        if self.process is not None:
            if self.process.poll() is None:
                return
            log.error("process_ended", extra={"child": self.name, "folder": str(self.output)})
            # What it started may still hold its port.
            _signal_group(self.process.pid, signal.SIGKILL)
            self.process = None
            has_been_steady = now - self.started_at > _STEADY
            self.wait = _FIRST_WAIT if has_been_steady else min(self.wait * 2, _LONGEST_WAIT)
            self.not_before = now + self.wait
        if now >= self.not_before:
            self.started_at = now
            with self.output.open("ab") as output:
                self.process = subprocess.Popen(
                    self.command,
                    env=dict(environ),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                    preexec_fn=ending_with_parent(signal.SIGTERM),  # noqa: PLW1509 (no threads are started before)
                )

    def stop(self, sign: signal.Signals) -> None:
        """Ask it, and all it started, to stop."""
        if self.process is not None:
            _signal_group(self.process.pid, sign)


def serve(home: Home, *, address: str, port: int, opens_browser: bool) -> None:
    """Run the site, the worker and the sequencer until SIGTERM or Ctrl-C.

    Raises:
        UsageError: the port is taken.
    """
    _refuse_taken_port(address, port)
    stopping = threading.Event()
    children = _children(home, address, port)
    collect(home.static)
    environ = os.environ | {"ONRECORD_HOME": str(home.root), "ONRECORD_POOL": "1"}
    environ[STATIC_ROOT_VARIABLE] = str(home.static)
    if address not in {"127.0.0.1", "localhost", "::1"}:
        environ.setdefault(HOSTS_VARIABLE, address)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    before = {sign: signal.signal(sign, stop) for sign in (signal.SIGTERM, signal.SIGINT)}
    try:
        announce = _Announcement(_url(address, port), opens_browser)
        _watch(children, environ, stopping, [partial(_keep_database_up, home), announce])
    finally:
        _stop_all(children)
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _children(home: Home, address: str, port: int) -> list[Child]:
    python = [sys.executable, "-m"]
    web = [*python, "gunicorn", "onrecord.project.wsgi:application"]
    web += ["--bind", _authority(address, port), "--worker-class", "gthread"]
    web += ["--workers", str(_WEB_WORKERS), "--threads", str(_WEB_THREADS)]
    # Gunicorn would otherwise open a control socket under the user's home.
    web += ["--no-control-socket", "--log-level", "warning", "--graceful-timeout", "10"]
    worker = [*python, "onrecord.project.worker"]
    found = {"web": web, "worker": worker}
    if exists(_SEQUENCER):
        found["sequencer"] = [*python, "onrecord.project.sequencing"]
    return [Child(name, command, home.logs / f"{name}.log") for name, command in found.items()]


def _watch(
    children: Sequence[Child],
    environ: Mapping[str, str],
    stopping: threading.Event,
    each_round: Sequence[Callable[[], None]],
) -> None:
    while not stopping.is_set():
        for act in each_round:
            act()
        for child in children:
            child.look_after(time.monotonic(), environ)
        stopping.wait(_TICK)


@dataclass(slots=True)
class _Announcement:
    """Says once, as soon as it is true, where the site is."""

    url: str
    opens_browser: bool
    is_made: bool = False

    def __call__(self) -> None:
        if self.is_made or not _answers(self.url):
            return
        self.is_made = True
        sys.stdout.write(f"Onrecord is at {self.url}   (Ctrl-C stops it)\n")
        sys.stdout.flush()
        if self.opens_browser and sys.stdout.isatty():
            webbrowser.open(self.url)


def _stop_all(children: Sequence[Child]) -> None:
    for child in children:
        child.stop(signal.SIGTERM)
    deadline = time.monotonic() + _STOP_PATIENCE
    for child in children:
        if child.process is None:
            continue
        try:
            child.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.stop(signal.SIGKILL)
            child.process.wait()


def _keep_database_up(home: Home) -> None:
    """Start the embedded server again if it was killed; what was committed is there."""
    server = EmbeddedServer(home)
    if is_embedded() and not server.is_up():
        log.error("process_ended", extra={"child": "postgresql", "folder": str(home.logs)})
        # Whoever called `serve` holds the server; this second hold only starts it.
        server.release(server.start())


def _refuse_taken_port(address: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                raise UsageError(
                    f"It is not possible to listen on {_authority(address, port)}: {problem.strerror}.",
                    next_step="Choose another: --address must be one of this machine's,"
                    " and --port above 1023.",
                ) from None
            raise UsageError(
                f"Something is already listening on {_authority(address, port)}.",
                next_step=f"Choose another: onrecord serve --port {_another(port)}",
            ) from None


def _another(port: int) -> int:
    return port + 1 if port < _LAST_PORT else port - 1


def _authority(address: str, port: int) -> str:
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _url(address: str, port: int) -> str:
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (looked up, not bound)
    return f"http://{_authority(everywhere.get(address, address), port)}/"


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    try:
        socket.create_connection((str(parts.hostname), parts.port or 0), timeout=1).close()
    except OSError:
        return False
    return True


def _signal_group(leader: int, sign: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, sign)
