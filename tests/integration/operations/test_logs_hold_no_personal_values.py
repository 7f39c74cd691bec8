"""Names, numbers and narratives are imported, looked at and got wrong; no log has one of them."""

import http.cookiejar
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import psycopg
import pytest

from integration.project.foreign import environment, free_port, onrecord
from onrecord.core.kernel.ids import lineage_of, public_reference
from onrecord.project.home import Home
from onrecord.project.postgres import EmbeddedServer
from onrecord.project.roles import Role, role_password

EXAMPLE = Path("src/onrecord/core/sources/descriptions/example_force")
PASSWORD = "Zzpassword-canary-17"
CANARIES = {
    "surname": "Zzkanarek", "forename": "Yyolanta", "number": "ZZ77113", "words": "Xxgrievance",
    "ending": "Wwmysterious", "searched": "Vvseeking", "reference": "UU/991/canary", "user": "tt.canary",
    "shown": "Ssdisplayed", "password": PASSWORD, "reason": "Rrbecause",
}  # fmt: skip


class Browser:
    """Signs in and looks about as a person does."""

    def __init__(self, port):
        self.root = f"http://127.0.0.1:{port}"
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def get(self, path, **query):
        return self._open(
            f"{self.root}{path}{'?' + urllib.parse.urlencode(query) if query else ''}"
        )

    def post(self, path, **fields):
        _, page = self.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        fields["csrfmiddlewaretoken"] = token.group(1) if token else ""
        return self._open(f"{self.root}{path}", urllib.parse.urlencode(fields).encode())

    def _open(self, address, told=None):
        request = urllib.request.Request(address, told, {"Referer": self.root + "/"})  # noqa: S310
        try:
            with self.opener.open(request, timeout=60) as got:
                return got.status, got.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()


@pytest.fixture(scope="module")
def place():
    folder = Path(tempfile.mkdtemp(prefix="onr-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def files_with_canaries(place, *, ending="Not upheld"):
    """The example force's files, with one officer and one case that are all canaries."""
    data = place / "data"
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(EXAMPLE, data)
    c = CANARIES
    added = {
        "officers.csv": f"{c['number']},{c['surname']},{c['forename']},1970,01/09/1998,",
        "complaints.csv": f"{c['reference']},11/03/2012,12/03/2012,Conduct,20/06/2012,Upheld\n"
                          f"{c['reference']}-2,{c['words']},{c['words']},Conduct,,",
        "accused.csv": f"{c['reference']},{c['number']},{c['words']},{ending}",
    }  # fmt: skip
    for name, lines in added.items():
        with (data / name).open("a") as file:
            file.write(lines + "\n")
    return data


def look_about(port, reference, first):
    browser, c = Browser(port), CANARIES
    browser.post("/account/sign-in", username=c["user"], password=c["words"])
    browser.post("/account/sign-in", username=c["user"], password=first)
    status, page = browser.post("/account/password", password=PASSWORD, again=PASSWORD)
    assert status == 200, status
    assert "Sign out" in page
    browser.post("/looking", reason=c["reason"], next="/")
    seen = [
        browser.get("/search", q=c["searched"]),
        browser.get("/search", q=c["surname"]),
        browser.get(f"/people/{reference}"),
        browser.get(f"/people/{c['surname']}"),
        browser.get(f"/cases/{c['words']}"),
        browser.get(f"/people/{reference}", on=c["words"]),
        browser.get(f"/nowhere/{c['surname']}"),
    ]
    assert any(c["surname"] in text for _, text in seen), (
        "the canary was never shown: the test is empty"
    )
    return [status for status, _ in seen]


def errors_in_the_database(home):
    """Make the database refuse statements whose values are canaries."""
    address = EmbeddedServer(home).address
    signed_in = address.signed_in_as(Role.APP, role_password(home, Role.APP))
    with psycopg.connect(signed_in.dsn(), autocommit=True) as connection:
        for statement in (
            f"select '{CANARIES['words']}'::date",
            f"insert into ledger.event (actor, action) values ('{CANARIES['surname']}', 'x')",
            f"select {CANARIES['surname']}",
            f"do $$ begin raise exception '%', '{CANARIES['surname']}'; end $$",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)


def test_no_log_holds_a_personal_value_whatever_is_imported_shown_or_refused(place):
    home, c = Home(place / "home"), CANARIES
    env = environment(home.root) | {"ONRECORD_SECOND_FACTOR": "none"}
    good = onrecord(
        "import", "example_force", "--data", str(files_with_canaries(place)), environ=env
    )
    assert good.returncode in {0, 3}, good.stderr
    bad = onrecord(
        "import",
        "example_force",
        "--data",
        str(files_with_canaries(place, ending=c["ending"])),
        environ=env,
    )
    assert bad.returncode == 3
    made = onrecord(
        "users", "create", c["user"], "--name", c["shown"], "--organisation", "EXAMPLESHIRE", "--role", "reviewer",
        "--json", environ=env,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    first = json.loads(made.stdout)["first_password"]

    port = free_port()
    told = place / "served.txt"
    with told.open("w") as file:
        command = [sys.executable, "-m", "onrecord", "serve", "--no-open", "--port", str(port)]
        served = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=file, text=True)
        try:
            assert f":{port}/" in served.stdout.readline()
            record = lineage_of("EXAMPLESHIRE:COMPLAINTS", "person_record", c["number"])
            statuses = look_about(port, public_reference("P", record), first)
            errors_in_the_database(home)
        finally:
            served.send_signal(signal.SIGINT)
            served.wait(60)
            served.stdout.close()

    assert 404 in statuses
    logs = {
        path.name: path.read_text(errors="replace")
        for path in home.logs.rglob("*")
        if path.is_file()
    }
    logs["served"] = told.read_text()
    assert '"route": "people:person"' in "".join(logs.values()), sorted(logs)
    found = [
        (name, what, line)
        for name, text in logs.items()
        for line in text.splitlines()
        for what, canary in c.items()
        if canary.lower() in line.lower()
    ]
    assert found == []
