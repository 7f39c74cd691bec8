"""Keep the served processes running, and stop them together."""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from onrecord.core.kernel.errors import UsageError
from onrecord.project.discovery import exists
from onrecord.project.home import Home
from onrecord.project.serving import HOSTS_VARIABLE

log = logging.getLogger(__name__)

_FIRST_WAIT, _LONGEST_WAIT, _STEADY = 0.5, 30.0, 20.0
_TICK = 0.2
_STOP_PATIENCE = 15.0
_WEB_WORKERS, _WEB_THREADS = 2, 4
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
            log.error("process_ended", extra={"child": self.name})
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
                    preexec_fn=_die_with_parent,  # noqa: PLW1509 (no threads are started before)
                )

    def stop(self, sign: signal.Signals) -> None:
        """Ask it, or all it started, to stop."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, sign)


def serve(home: Home, *, address: str, port: int, opens_browser: bool) -> None:
    """Run the site, the worker and the sequencer until SIGTERM or Ctrl-C.

    Raises:
        UsageError: the port is taken.
    """
    _refuse_taken_port(address, port)
    stopping = threading.Event()
    children = _children(home, address, port)
    environ = os.environ | {"ONRECORD_HOME": str(home.root), "ONRECORD_POOL": "1"}
    if address not in {"127.0.0.1", "localhost", "::1"}:
        environ.setdefault(HOSTS_VARIABLE, address)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    before = {sign: signal.signal(sign, stop) for sign in (signal.SIGTERM, signal.SIGINT)}
    try:
        _watch(children, environ, stopping, f"http://{address}:{port}/", opens_browser)
    finally:
        _stop_all(children)
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _children(home: Home, address: str, port: int) -> list[Child]:
    python = [sys.executable, "-m"]
    web = [*python, "gunicorn", "onrecord.project.wsgi:application"]
    web += ["--bind", f"{address}:{port}", "--worker-class", "gthread"]
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
    url: str,
    opens_browser: bool,  # noqa: FBT001 (private, one caller)
) -> None:
    has_told = False
    while not stopping.is_set():
        for child in children:
            child.look_after(time.monotonic(), environ)
        if not has_told and _answers(url):
            has_told = True
            sys.stdout.write(f"Onrecord is at {url}   (Ctrl-C stops it)\n")
            sys.stdout.flush()
            if opens_browser and sys.stdout.isatty():
                webbrowser.open(url)
        stopping.wait(_TICK)


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


def _refuse_taken_port(address: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            raise UsageError(
                f"Something is already listening on {address}:{port}.",
                next_step=f"Choose another: onrecord serve --port {port + 1}",
            ) from None


def _answers(url: str) -> bool:
    host, port = url.removeprefix("http://").rstrip("/").rsplit(":", 1)
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=1).close()
    except OSError:
        return False
    return True


def _die_with_parent() -> None:
    """On Linux, end with the supervisor even if it is killed outright."""
    if sys.platform == "linux":
        death_signal = 1
        ctypes.CDLL(None).prctl(death_signal, signal.SIGTERM)
