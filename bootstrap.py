"""Get from a bare checkout to a running Onrecord with one command.

    python3 bootstrap.py run            install if needed, then the demonstration, served
    python3 bootstrap.py test [...]     install the development set, then checks and tests
    python3 bootstrap.py check          formatting, lint, types and import contracts only
    python3 bootstrap.py setup          install and stop (``--dev`` for the development set)
    python3 bootstrap.py lock           write the lock files anew (for maintainers)

Standard library only, and written for the oldest python3 a machine is likely to
have: this file must run *before* the Python that Onrecord needs has been found.
"""

import contextlib
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
TOOLS = os.path.join(ROOT, ".tools")
VENV_PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, ".onrecord-stamp")
LOCKS = {
    "runtime": os.path.join(ROOT, "requirements.lock"),
    "dev": os.path.join(ROOT, "requirements-dev.lock"),
}
UV_LOCK = os.path.join(ROOT, "requirements-uv.lock")
OLDEST = (3, 12)
PIP = ["-m", "pip", "--disable-pip-version-check"]
NO_PYTHON = """Python 3.12 or newer is needed and was not found. Install one, for example
    apt-get install python3.12 python3.12-venv    (Debian, Ubuntu)
    brew install python@3.13                      (macOS)
or name one you have:  ONRECORD_PYTHON=/path/to/python3.12 python3 bootstrap.py run"""


class CannotGoOnError(Exception):
    """Something is missing; the message says what, and what to type."""


def say(message):
    """Tell the person at the terminal, without mixing into what commands print."""
    print("onrecord: " + message, file=sys.stderr, flush=True)


def version(python):
    """Return (major, minor) by running `python`, or None where it will not run.

    It has to be run: a pyenv shim exists on PATH for versions it then refuses.
    """
    ask = "import sys; print(sys.version_info[0], sys.version_info[1])"
    try:
        done = subprocess.run(
            [python, "-c", ask],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=30,
            check=False,
        )
        major, minor = done.stdout.decode().split()
        return (int(major), int(minor)) if done.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def interpreters(environ):
    """Yield every place a new enough Python may be, best first."""
    yield sys.executable
    for minor in (12, 13, 14):
        yield shutil.which("python3.%d" % minor, path=environ.get("PATH"))
    home = environ.get("HOME") or os.path.expanduser("~")
    for place in (".pyenv/versions/3.1[2-9]*/bin/python", ".local/bin/python3.1[2-9]"):
        for found in sorted(glob.glob(os.path.join(home, place))):
            yield found


def find_python(environ, version_of=version):
    """Return a Python new enough to run Onrecord, or None.

    One named in ONRECORD_PYTHON is used or refused, never passed over.
    """
    named = environ.get("ONRECORD_PYTHON")
    if named:
        named_version = version_of(shutil.which(named, path=environ.get("PATH")) or named)
        if named_version is None or named_version < OLDEST:
            raise CannotGoOnError(
                "ONRECORD_PYTHON names %s, which is not a working Python %d.%d or newer."
                % ((named,) + OLDEST)
            )
        return shutil.which(named, path=environ.get("PATH")) or named
    for candidate in interpreters(environ):
        found = version_of(candidate) if candidate else None
        if found is not None and found >= OLDEST:
            return candidate
    return None


def run(command, **options):
    """Run one command in the checkout and stop if it fails."""
    done = subprocess.run(command, cwd=ROOT, check=False, **options)
    if done.returncode:
        raise CannotGoOnError("this command failed (exit %d): %s" % (done.returncode, command))


def works(command):
    """Whether `command` can be run at all."""
    try:
        quiet = subprocess.DEVNULL
        return subprocess.run(command, stdout=quiet, stderr=quiet, check=False).returncode == 0
    except OSError:
        return False


def find_uv(python):
    """Return a uv to install with, fetching one into .tools if pip can; else None."""
    own = os.path.join(TOOLS, "bin", "uv")
    for candidate in (own, shutil.which("uv")):
        if candidate and works([candidate, "--version"]):
            return candidate
    for maker in (python, sys.executable):
        if maker and works([maker, "-m", "venv", "--clear", TOOLS]):
            pip = [os.path.join(TOOLS, "bin", "python")] + PIP + ["install", "-q"]
            if works(pip + ["--require-hashes", "-r", UV_LOCK]) and works([own, "--version"]):
                return own
    return None


def install(lock, python, uv):
    """Fill .venv with exactly what `lock` names, checked by hash, and the project itself."""
    project = ["install", "-q", "--no-deps", "--no-build-isolation", "--editable", "."]
    if uv:
        # With no new enough Python here, uv fetches its own build of one.
        venv = [uv, "venv", "-q", "--clear", "--python", python or "%d.%d" % OLDEST, VENV]
        if python:
            run(venv)
        elif subprocess.run(venv, cwd=ROOT, check=False).returncode:
            raise CannotGoOnError(NO_PYTHON)
        target = ["--python", VENV_PYTHON]
        run([uv, "pip", "sync", "-q", "--require-hashes"] + target + [lock])
        run([uv, "pip"] + project[:1] + target + project[1:])
    elif python:
        run([python, "-m", "venv", "--clear", VENV])
        pip = [VENV_PYTHON] + PIP
        run(pip + ["install", "-q", "--require-hashes", "--no-deps", "-r", lock])
        run(pip + project)
    else:
        raise CannotGoOnError(NO_PYTHON)


def stamp_for(kind):
    """Return a line that changes whenever .venv would have to be made again."""
    digest = hashlib.sha256(os.fsencode(ROOT))
    for name in (LOCKS[kind], os.path.join(ROOT, "pyproject.toml")):
        with open(name, "rb") as file:
            digest.update(file.read())
    return kind + " " + digest.hexdigest()


def is_ready(kind):
    """Whether .venv already holds this set; the development set holds the other too."""
    try:
        with open(STAMP) as file:
            made = file.read()
    except OSError:
        return False
    good = [stamp_for("dev")] + ([stamp_for("runtime")] if kind == "runtime" else [])
    return made in good and works([VENV_PYTHON, "-c", "import django"])


@contextlib.contextmanager
def only_one():
    """Let one bootstrap install at a time; a second waits for the first."""
    import fcntl

    with open(os.path.join(ROOT, ".bootstrap.lock"), "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def setup(kind):
    """Make .venv what the lock file says, at once if it already is."""
    with only_one():
        if is_ready(kind):
            return
        python = find_python(os.environ)
        uv = find_uv(python)
        how = "with uv; about half a minute" if uv else "with pip, as there is no uv; some minutes"
        say("installing into .venv (once, %s)" % how)
        install(LOCKS[kind], python, uv)
        with open(STAMP, "w") as file:
            file.write(stamp_for(kind))


def tool(name):
    """Return the path of a tool installed in .venv."""
    return os.path.join(VENV, "bin", name)


def check():
    """Run every check that is not a test; return how many failed."""
    failed = []
    for name, command in (
        ("lint", [tool("ruff"), "check", "--quiet", "."]),
        ("format", [tool("ruff"), "format", "--check", "--quiet", "."]),
        ("types", [tool("mypy")]),
        ("import contracts", [VENV_PYTHON, "-c", LINT_IMPORTS]),
    ):
        if subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode:
            failed.append(name)
    say("checks failed: " + ", ".join(failed) if failed else "checks passed")
    return len(failed)


# The console script is not used: its first line breaks in a path with spaces on some systems.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as c; c()"


def environment():
    """Return the environment for children: the bytecode and thread traps closed."""
    env = dict(os.environ)
    env["PATH"] = os.path.join(VENV, "bin") + os.pathsep + env.get("PATH", "")
    # Two OpenMP libraries spinning on shared cores are a hundred times slower.
    env.setdefault("OMP_WAIT_POLICY", "passive")
    # Where it is set, every command compiles every module again: 2.0 s of processor instead of 0.8.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


# What is run in turn; and how many seconds it is meant to take at most, on two processors.
GROUPS = (
    ("unit", ["tests/unit"]),
    ("other", ["tests", "--ignore=tests/unit", "--ignore=tests/journeys"]),
    ("journeys", ["tests/journeys"]),
)
BUDGETS = {"unit": 20, "everything but journeys": 5 * 60, "whole, with checks": 25 * 60}


def test(arguments):
    """Run checks and the whole suite, or only the tests asked for."""
    if arguments:
        return pytest(arguments)
    began = time.time()
    failures = check()
    took = {}
    for name, paths in GROUPS:
        started = time.time()
        code = pytest(paths + in_parallel())
        took[name] = time.time() - started
        failures += 1 if code else 0
        if code not in (0, 1):
            # A run that was killed prints no summary: silence must not look like success.
            say("the %s tests did not run to their end (exit %d)" % (name, code))
    say_times(took, time.time() - began)
    say("FAILED: see above" if failures else "all checks and tests passed")
    return 1 if failures else 0


def pytest(arguments):
    """Run tests; return the exit code."""
    command = [VENV_PYTHON, "-m", "pytest"] + arguments
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode


def in_parallel():
    """Return how many processes run the tests: each has a database server of its own."""
    return ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal"]


def say_times(took, whole):
    """Say what the tests took beside what they are meant to take; nothing fails for it."""
    seconds = (took["unit"], took["unit"] + took["other"], whole)
    for (name, most), spent in zip(BUDGETS.items(), seconds):
        over = "   more than it may be on an idle machine" if spent > most else ""
        say("%-24s %5.0f s (at most %d s)%s" % (name, spent, most, over))


def lock():
    """Resolve pyproject.toml anew into lock files that name versions and hashes, no hosts."""
    uv = find_uv(find_python(os.environ))
    if not uv:
        raise CannotGoOnError("uv is needed to write lock files: python3 -m pip install uv")
    plain = ["--universal", "--generate-hashes", "--no-emit-index-url", "--no-header"]
    plain += ["--no-annotate", "--python-version", "%d.%d" % OLDEST, "--quiet"]
    compile_ = [uv, "pip", "compile", "pyproject.toml", "--group", "build"]
    run(compile_ + plain + ["-o", LOCKS["runtime"]])
    run(compile_ + ["--group", "dev", "-c", LOCKS["runtime"]] + plain + ["-o", LOCKS["dev"]])
    return 0


def main(arguments):
    """Do what the first argument says; return an exit code."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if verb == "run":
        setup("runtime")
        command = [VENV_PYTHON, "-m", "onrecord", "demo"] + rest
        os.execve(VENV_PYTHON, command, environment())
    if verb == "setup":
        setup("dev" if "--dev" in rest else "runtime")
        say("ready: .venv/bin/onrecord --help")
        return 0
    if verb == "lock":
        return lock()
    if verb in ("test", "check"):
        setup("dev")
        return test(rest) if verb == "test" else min(check(), 1)
    print(__doc__)
    return 0 if verb in ("help", "--help", "-h") else 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotGoOnError as problem:
        say(str(problem))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
