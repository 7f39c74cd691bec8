"""A backup holds everything but the keys, is checked before and after, and never overwrites."""

import json
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from onrecord.apps.audit.services import record_consultation, sequence_pending
from onrecord.apps.audit.verifying import verify_record
from onrecord.project.home import Home
from onrecord.project.postgres import EmbeddedServer
from onrecord.project.roles import Role, role_password
from worlds.building import REVIEWER
from worlds.commands import answered, on_home, typed
from worlds.tampering import populated


@pytest.fixture
def world(store):
    (store.home.prepare().imports / "batch-1").mkdir(exist_ok=True)
    (store.home.imports / "batch-1" / "rejects.csv").write_text("row,column\n")
    original(store.home.documents).parent.mkdir(parents=True, exist_ok=True)
    original(store.home.documents).write_bytes(b"sealed")
    (store.home.documents / "originals" / "coming-x").write_bytes(b"half of")
    return populated()


def original(folder):
    return folder / "originals" / "ab" / ("ab" * 32)


@pytest.fixture
def place():
    """A short folder: a server's socket has to fit under it."""
    folder = Path(tempfile.mkdtemp(prefix="onr-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def one_more_look():
    record_consultation(REVIEWER, "person:read", object_kind="person", object_ref="P-9")
    sequence_pending()


def test_a_restored_record_is_the_record_and_is_guarded_as_before(store, world, place, capsys):
    code, made = answered(capsys, "backup", "--out", place / "monday.tar", "--reason", "nightly")
    assert code == 0
    before = verify_record()
    assert (made["position"], made["root"]) == (before.positions, before.root)

    done = on_home(place / "home", "restore", place / "monday.tar", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["ok"]
    assert told["agrees_with_manifest"]
    assert (told["position"], told["root"], told["older_than"]) == (
        made["position"],
        made["root"],
        None,
    )
    assert (told["events"], told["facts"]) == (before.events, before.facts)
    assert (place / "home" / "imports" / "batch-1" / "rejects.csv").read_text() == "row,column\n"
    assert original(place / "home" / "documents").read_bytes() == b"sealed"
    assert not (place / "home" / "documents" / "originals" / "coming-x").exists()
    assert not (place / "home" / "backup.unpacked").exists()

    home = Home(place / "home")
    with EmbeddedServer(home).running() as admin:
        _guards_still_stand(home, admin, world)
    again = on_home(place / "home", "audit", "verify", "--json", "--checkpoint", made["checkpoint"])
    assert json.loads(again.stdout)["checkpoints_compared"] == 1
    assert again.returncode == 0


_UNLEDGERED = """
insert into facts.allegation (event_id, lineage, change, known_on, known_basis, holder_id, salt, leaf)
select {event}, gen_random_uuid(), 'first', '2010-01-01', 'stated', holder_id, salt, leaf
  from facts.allegation limit 1"""


def _guards_still_stand(home, admin, world):
    def connected(role):
        return psycopg.connect(admin.signed_in_as(role, role_password(home, role)).dsn())

    refused = psycopg.errors.InsufficientPrivilege
    attempts = [
        (Role.APP, "update facts.allegation set category = 'milder'", refused),
        (Role.APP, "delete from ledger.event", refused),
        (Role.APP, "select * from facts.intelligence_report", refused),
        (Role.APP, "select * from compartment.party_identity", refused),
        (Role.APP, "create table public.intruder (id int)", refused),
        (Role.MIGRATIONS, "update facts.allegation set category = 'milder'", refused),
        (Role.READER, "insert into ledger.batch_undo values (1, 1)", refused),
        (Role.APP, _UNLEDGERED.format(event=world["event"]), psycopg.errors.CheckViolation),
    ]
    for role, attempt, refusal in attempts:
        with pytest.raises(refusal), connected(role) as connection:
            connection.execute(attempt)
    with connected(Role.COMPARTMENT) as connection:
        assert connection.execute("select name from compartment.party_identity").fetchall() == [
            ("Somebody",)
        ]
    with connected(Role.APP) as connection:
        # A number that comes round again must not let new facts pass for an old event's.
        stale = "select count(*) from ledger.event where xid >= '4' and object_ref <> 'store'"
        assert connection.execute(stale).fetchone() == (0,)


def test_an_old_backup_is_announced_as_a_roll_back(store, world, place, capsys):
    _, monday = answered(capsys, "backup", "--out", place / "monday")
    one_more_look()
    _, tuesday = answered(capsys, "backup", "--out", place / "tuesday")
    done = on_home(place / "home", "restore", place / "monday")
    assert done.returncode == 0, done.stderr
    lost = tuesday["position"] - monday["position"]
    assert (
        f"THIS IS A ROLL-BACK: the ledger once reached position {tuesday['position']}"
        in done.stdout
    )
    assert f"{lost} acts and looks are lost" in done.stdout


def test_a_restore_into_a_home_that_holds_something_is_refused(store, world, place, capsys):
    answered(capsys, "backup", "--out", place / "monday")
    (place / "home").mkdir()
    (place / "home" / "secrets.json").write_text("{}")
    done = on_home(place / "home", "restore", place / "monday")
    assert done.returncode == 2
    assert "is not empty; a restore never overwrites" in done.stderr
    assert sorted(path.name for path in (place / "home").iterdir()) == ["secrets.json"]


@pytest.mark.parametrize("harm", ["altered", "missing", "added"])
def test_a_backup_with_a_file_altered_missing_or_added_is_refused_before_anything_is_written(
    store, world, place, capsys, harm
):
    answered(capsys, "backup", "--out", place / "monday")
    victim = place / "monday" / "imports" / "batch-1" / "rejects.csv"
    if harm == "missing":
        victim.unlink()
    else:
        (victim if harm == "altered" else victim.with_name("more.csv")).write_text("x")
    done = on_home(place / "home", "restore", place / "monday")
    assert done.returncode == 5
    assert "imports/batch-1/" in done.stderr
    assert not (place / "home" / "data").exists()


def test_a_backup_never_overwrites(store, world, place, capsys):
    (place / "monday.tar").write_text("something else")
    code, _ = typed(capsys, "backup", "--out", place / "monday.tar")
    assert code == 2
    assert (place / "monday.tar").read_text() == "something else"


def test_a_backup_leaves_the_keys_out_says_so_and_only_its_owner_can_read_it(
    store, world, place, capsys
):
    code, said = typed(capsys, "backup", "--out", place / "monday")
    assert code == 0
    assert "Passwords and keys are NOT in it" in said
    assert not (place / "monday" / "secrets.json").exists()
    assert (place / "monday").stat().st_mode & 0o077 == 0
    secrets = json.loads(store.home.secrets.read_text()).values()
    for path in (place / "monday").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [one for one in secrets if one.encode() in content]


def test_a_backup_is_an_act_in_the_ledger_and_is_in_itself(store, world, place, capsys):
    _, made = answered(capsys, "backup", "--out", place / "monday", "--reason", "before an upgrade")
    with psycopg.connect(store.admin.dsn()) as connection:
        last = connection.execute(
            "select e.action, e.reason, n.position from ledger.event e join ledger.entry n"
            " on n.source = 'event' and n.source_id = e.event_id order by n.position desc limit 1"
        ).fetchone()
    assert last == ("store:back_up", "before an upgrade", made["position"])


def test_what_is_no_backup_is_said_to_be_none(place):
    (place / "thing").mkdir()
    (place / "thing.tar").write_text("not a tar")
    for name in ("thing", "thing.tar"):
        assert on_home(place / "home", "restore", place / name).returncode == 3
