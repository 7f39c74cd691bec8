"""What the pages on security list is what there is: nothing new goes unlisted."""

import ast
import re

import pytest

from onrecord.apps.settings.declared import SETTINGS
from onrecord.core.kernel.table_classes import TABLES, DataClass
from onrecord.project import supervisor
from onrecord.project.roles import Role
from whole.tree import ROOT

SOURCE = ROOT / "src/onrecord"
PAGES = ROOT / "docs/security"
MODULES = {path.relative_to(SOURCE).as_posix(): path for path in SOURCE.rglob("*.py")}
BESIDE = ("cli/assurances/", "cli/proving/")
"""Proofs and their worlds: they use what the product uses, and run where nobody's record is."""

CRYPTOGRAPHY = {"hashlib", "hmac", "secrets", "cryptography", "jwt", "fido2", "argon2", "ssl"}
CONNECTING = {"smtplib", "requests", "socket", "urllib.request", "urllib.error", "http.client"}
_MEASURING = re.compile(r"cli/(benches|demonstrating)")


def page(name):
    return (PAGES / name).read_text(encoding="utf-8")


def imported(path):
    """Return every module that a module imports, by its full name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def using(libraries):
    """Return our modules that import any of these libraries."""
    return sorted(
        name
        for name, path in MODULES.items()
        if not name.startswith(BESIDE)
        and any(
            one == lib or one.startswith(f"{lib}.") for one in imported(path) for lib in libraries
        )
    )


@pytest.mark.parametrize("module", [m for m in using(CRYPTOGRAPHY) if not _MEASURING.match(m)])
def test_every_module_that_uses_cryptography_is_on_the_page_of_keys(module):
    assert f"`{module}`" in page("keys.md")


@pytest.mark.parametrize("module", sorted({*using(CONNECTING), *using({"psycopg"})}))
def test_every_module_that_connects_is_on_the_page_of_connections(module):
    is_ours_to_ask = module.startswith(
        "apps/"
    )  # by Django's connection, that of project/database.py
    opens = "connect(" in MODULES[module].read_text(encoding="utf-8") or not is_ours_to_ask
    assert not opens or f"`{module}`" in page("connections.md")


def test_nothing_is_listed_that_is_not_there():
    for name in ("keys.md", "connections.md", "limits.md"):
        for module in re.findall(r"`((?:apps|cli|core|project|web)/[a-z_/]+\.py)`", page(name)):
            assert module in MODULES, f"{name} names {module}"


@pytest.mark.parametrize("role", Role)
def test_every_role_of_the_database_has_its_password_on_the_page_of_keys(role):
    assert f"`{role.value}`" in page("keys.md")


@pytest.mark.parametrize("key", SETTINGS)
def test_every_setting_is_on_the_page_of_limits_as_it_comes(key):
    setting = SETTINGS[key]
    (line,) = [line for line in page("limits.md").splitlines() if line.startswith(f"| `{key}` |")]
    assert f"`{setting.environment}`" in line
    assert setting.default in line


def test_the_limits_in_the_code_are_those_on_the_page():
    rows = re.findall(
        r"^\| (`[^|]+) \| `([a-z_/]+\.py)` \| ([^|]+) \|", page("limits.md"), re.MULTILINE
    )
    assert len(rows) > 10
    for names, module, told in rows:
        text = MODULES[module].read_text(encoding="utf-8")
        for name in re.findall(r"`([A-Z_]+)`", names):
            match = re.search(rf"^(?:[A-Z_]+, )*{name}(?:, [A-Z_]+)* = (.+)$", text, re.MULTILINE)
            assert match, f"{name} is not in {module}"
        if len(re.findall("`", names)) == 2 and (number := _number(match.group(1))):
            assert number in re.sub(r"[ ,]", "", told), f"{names}: {match.group(1)} / {told}"


def test_how_much_the_server_does_at_once_is_said_as_it_is():
    told = page("limits.md")
    workers, threads = supervisor._WEB_WORKERS, supervisor._WEB_THREADS
    words = {2: "two", 4: "four", 8: "eight"}
    assert f"{words[workers]} processes of {words[threads]} threads" in told
    assert f"{words[workers * threads]} requests at once" in told


def _number(written):
    """Return the first figure of what is written in the code, in megabytes or millions where so told."""
    match = re.match(r"(?:timedelta\(days=)?([\d_]+)", written)
    if match is None:
        return ""
    digits = match.group(1).replace("_", "")
    return digits.removesuffix("000000") or digits


@pytest.mark.parametrize("data_class", DataClass)
def test_every_class_of_data_has_its_page_with_its_tables(data_class):
    heading = f"## {data_class.name.capitalize()}: {data_class.value}\n"
    _, _, rest = page("data-classes.md").partition(heading)
    part = rest.split("\n## ")[0]
    assert {"asks for", "is kept by", "where it may go"} <= set(
        re.findall(r"^\| ([a-z ]+) \|", part, re.MULTILINE)
    )
    expected = {name: row.retention for name, row in TABLES.items() if row.data_class is data_class}
    listed = {
        table: kept.strip()
        for kept, tables in re.findall(r"^\| ([^|]+) \| (`[^|]+`) \|$", part, re.MULTILINE)
        for table in re.findall(r"`([^`]+)`", tables)
    }
    assert listed == expected


def test_every_logger_of_ours_is_on_the_page_of_logs():
    loggers = {
        f"onrecord.{name.removesuffix('.py').replace('/', '.')}"
        for name, path in MODULES.items()
        if "getLogger(__name__)" in path.read_text(encoding="utf-8")
    }
    assert loggers
    assert all(f"`{name}`" in page("logs.md") for name in loggers)


def test_every_log_and_ledger_table_is_on_the_page_of_logs():
    told = page("logs.md")
    for name in ("web", "worker", "sequencer", "postgres"):
        assert f"`logs/{name}.log`" in told
    for table in ("event", "consultation", "act_row", "searched"):
        assert f"`ledger.{table}`" in told


def test_times_for_mending_are_said_for_every_sort_of_fault():
    rows = re.findall(
        r"^\| ([^|]+) \| (\d+ days|next release) \|", page("updates.md"), re.MULTILINE
    )
    assert len(rows) >= 4


def test_sign_ins_here_and_at_a_provider_are_told_together():
    _, _, rest = page("signing-in.md").partition("(7.1.3)")
    for asked in ("second factor", "idle", "ends", "closed at the provider", "sensitive acts"):
        assert asked in rest
