"""Run PostgreSQL for one home: started when needed, shared, stopped by the last user.

No TCP, passwords everywhere, a socket only our account can reach. The server
outlives the process that started it for as long as another process of the same
home uses it, so that a command typed while the site is served finds it running.
"""

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from onrecord.core.kernel.errors import OnrecordError
from onrecord.project.account import server_account
from onrecord.project.address import ServerAddress
from onrecord.project.binaries import Binaries, find_binaries
from onrecord.project.home import Home
from onrecord.project.leases import Lease, one_at_a_time
from onrecord.project.orphans import ending_with_parent
from onrecord.project.secret_store import secret

SUPERUSER = "onrecord"
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "192MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "96MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "wal_compression": "pglz",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A statement may carry a name or a narrative; the log never does.
    "log_min_error_statement": "panic",
    # An error's own words quote values too; whoever sent the statement is told them.
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
}
_THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # It may lie in memory.
    "max_wal_size": "256MB",
}
# What a socket path may be: the kernel stops at 107 bytes.
_LONGEST_SOCKET = 100
_PAUSE = 0.03
# Beyond the largest process id a kernel gives out.
_NO_PROCESS = "99999999"
_STOP_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """The PostgreSQL of one home.

    `durable=False` is for tests alone: it is fast, and a power cut loses data.
    """

    home: Home
    durable: bool = True
    patience: float = 300.0

    @property
    def address(self) -> ServerAddress:
        """Where it listens and how its administrator signs in."""
        return ServerAddress(
            host=str(self._socket_folder()),
            port=5432,
            user=SUPERUSER,
            password=secret(self.home, "superuser"),
            dbname="onrecord",
        )

    @contextmanager
    def running(self) -> Iterator[ServerAddress]:
        """Keep the server up for the length of this block."""
        lease = self.start()
        try:
            yield self.address
        finally:
            self.release(lease)

    def start(self) -> Lease:
        """Start the server, or join those who use it; hand back a hold on it."""
        self.home.prepare()
        with one_at_a_time(self._turn):
            lease = Lease(self._users)
            try:
                self._ensure_up()
            except BaseException:
                lease.leave()
                raise
            return lease

    def release(self, lease: Lease) -> None:
        """Give a hold back; the last one out stops the server."""
        if not self._turn.parent.is_dir():  # the home was deleted under us
            return
        with one_at_a_time(self._turn):
            if lease.leave():
                self.stop()

    def stop(self) -> None:
        """Stop the server, whoever uses it. Prefer `release`."""
        pid = self._live_pid()
        if pid is None:
            return
        # SIGINT: roll back and disconnect. SIGQUIT: as a crash, recovered at next start.
        for sign in (signal.SIGINT, signal.SIGQUIT):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, sign)
            deadline = time.monotonic() + _STOP_PATIENCE
            while time.monotonic() < deadline:
                if _is_gone(pid):
                    return
                time.sleep(_PAUSE)
        raise OnrecordError(f"PostgreSQL (process {pid}) does not stop.")

    def is_up(self) -> bool:
        """Whether a server process of this home is alive."""
        return self._live_pid() is not None

    @property
    def _turn(self) -> Path:
        return self.home.run / "turn.lock"

    @property
    def _users(self) -> Path:
        return self.home.run / "users.lock"

    @property
    def _log(self) -> Path:
        return self.home.logs / "postgres.log"

    @property
    def _pid_file(self) -> Path:
        return self.home.data / "postmaster.pid"

    def _ensure_up(self) -> None:
        if self._live_pid() is not None:
            self._wait(None)
            return
        binaries = find_binaries(server_account())
        if not (self.home.data / "PG_VERSION").is_file():
            self._initialise(binaries)
        for left_behind in (self._pid_file, self._socket_folder() / ".s.PGSQL.5432.lock"):
            _name_nobody(left_behind)
        deadline = time.monotonic() + self.patience
        while not self._wait(self._launch(binaries)):
            # Backends of a killed server may hold its memory for a moment longer.
            if time.monotonic() > deadline or "still in use" not in self._last_words():
                raise OnrecordError(
                    f"PostgreSQL did not start. It said: {self._last_words()}",
                    next_step=f"See {self._log}.",
                )
            time.sleep(0.5)

    def _initialise(self, binaries: Binaries) -> None:
        account = server_account()
        folder = self._place_data()
        with tempfile.TemporaryFile() as password:  # never has a name on disk
            password.write(secret(self.home, "superuser").encode() + b"\n")
            password.flush()
            password.seek(0)
            os.fchown(password.fileno(), account.uid, account.gid)
            command = [binaries.program("initdb"), "-D", str(folder), "-U", SUPERUSER]
            command += ["-A", "scram-sha-256", "--pwfile=/dev/stdin", "-E", "UTF8"]
            command += ["--data-checksums", "--no-instructions", *binaries.locale_options()]
            command += [] if self.durable else ["--no-sync"]
            made = subprocess.run(
                command,
                stdin=password,
                capture_output=True,
                text=True,
                check=False,
                cwd="/",
                **account.run_as(),
            )
        if made.returncode:
            raise OnrecordError(
                f"PostgreSQL could not make its files in {folder}: {made.stderr[-500:].strip()}",
                next_step="See that the disk has room and the folder can be written to.",
            )

    def _place_data(self) -> Path:
        """Return an empty folder the server's account owns, linked from the home if elsewhere."""
        account = server_account()
        folder = self.home.data
        if folder.is_symlink():
            folder.unlink()
        if not account.can_pass(folder):
            # As root with a home in root's own folder: another account cannot get in there.
            elsewhere = Path("/var/lib/onrecord")
            elsewhere.mkdir(mode=0o711, parents=True, exist_ok=True)
            folder.symlink_to(tempfile.mkdtemp(prefix=f"{self.home.mark}-", dir=elsewhere))
        folder.mkdir(exist_ok=True)
        account.own(folder.resolve())
        return folder.resolve()

    def _launch(self, binaries: Binaries) -> "subprocess.Popen[bytes]":
        account = server_account()
        settings = _SETTINGS | ({} if self.durable else _THROW_AWAY)
        settings |= {"unix_socket_directories": str(self._socket_folder())}
        command = [binaries.program("postgres"), "-D", str(self.home.data.resolve())]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self._log.open("ab") as log:
            # A session of its own: Ctrl-C at the terminal is for us to handle.
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                # A test run that is killed leaves no server; a real one serves others too.
                preexec_fn=None if self.durable else ending_with_parent(signal.SIGQUIT),  # noqa: PLW1509
                cwd="/",
                **account.run_as(),
            )

    def _wait(self, process: "subprocess.Popen[bytes] | None") -> bool:
        """Wait until it answers; return False if `process` ended instead.

        Recovery after a crash may take long; as long as the server says that it
        is starting, it is waited for.
        """
        deadline = time.monotonic() + self.patience
        while time.monotonic() < deadline:
            try:
                with psycopg.connect(self.address.dsn("postgres"), connect_timeout=5):
                    return True
            except psycopg.OperationalError as problem:
                if "authentication failed" in str(problem):
                    raise OnrecordError(
                        "PostgreSQL refused the password kept for this home.",
                        next_step=f"Put back the {self.home.secrets.name} made with its data.",
                    ) from None
            if process is not None and process.poll() is not None:
                return False
            if process is None and self._live_pid() is None:
                self._ensure_up()
                return True
            time.sleep(_PAUSE)
        raise OnrecordError(f"PostgreSQL was not ready after {self.patience:.0f} seconds.")

    def _last_words(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return " / ".join(lines[-5:])

    def _live_pid(self) -> int | None:
        """Return the server's process id, if the file naming it tells the truth."""
        pid = _named_in(self._pid_file)
        if pid is None or _is_gone(pid):
            return None
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:  # no /proc on this system: the process id has to do
            return pid
        # After a restart of the machine the number may belong to something else.
        return pid if os.fsencode(self.home.data.resolve()) in command else None

    def _socket_folder(self) -> Path:
        account = server_account()
        folder = self.home.run / "pg"
        too_long = len(os.fsencode(folder / ".s.PGSQL.5432")) > _LONGEST_SOCKET
        if too_long or not account.can_pass(folder):
            folder = Path("/tmp") / f"onrecord-{os.geteuid()}-{self.home.mark}"  # noqa: S108 (checked below)
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), account.uid}:
            raise OnrecordError(f"{folder} belongs to another account.")
        account.own(folder)
        return folder


def _is_gone(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)  # ours: do not leave it behind as a zombie
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _named_in(lock_file: Path) -> int | None:
    try:
        return abs(int(lock_file.read_text().split("\n", 1)[0]))
    except (FileNotFoundError, ValueError):
        return None


def _name_nobody(lock_file: Path) -> None:
    """Make a lock file left behind name a process that cannot exist.

    PostgreSQL refuses to start while the number in it is alive, and after a
    restart of the machine it may be anybody's. The file is not removed: its
    other lines let PostgreSQL find backends of a killed server still at work.
    """
    pid = _named_in(lock_file)
    if pid is not None and not _is_gone(pid):
        rest = lock_file.read_text().split("\n", 1)[1:]
        lock_file.write_text("\n".join([_NO_PROCESS, *rest]))
