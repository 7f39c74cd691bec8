import os

import pytest

from onrecord.core.kernel.errors import OnrecordError, UsageError
from onrecord.project.home import Home, find_home
from onrecord.project.secret_store import existing_secret, keep_secret, secret


def test_a_named_home_wins(tmp_path):
    (tmp_path / ".onrecord").mkdir()
    found = find_home({"ONRECORD_HOME": str(tmp_path / "named")}, current=tmp_path)
    assert found.root == tmp_path / "named"


def test_a_home_in_the_current_folder_is_used(tmp_path):
    (tmp_path / ".onrecord").mkdir()
    assert find_home({"HOME": "/h"}, current=tmp_path).root == tmp_path / ".onrecord"


def test_inside_a_checkout_its_own_home_is_used_from_any_folder_below(tmp_path):
    (tmp_path / "bootstrap.py").touch()
    below = tmp_path / "src" / "onrecord"
    below.mkdir(parents=True)
    assert find_home({"HOME": "/h"}, current=below).root == tmp_path / ".onrecord"


def test_elsewhere_the_user_s_own_home_is_used(tmp_path):
    found = find_home({"HOME": str(tmp_path / "someone")}, current=tmp_path)
    assert found.root == tmp_path / "someone" / ".local" / "share" / "onrecord"


def test_a_file_is_no_home(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError):
        find_home({"ONRECORD_HOME": str(tmp_path / "file")}, current=tmp_path)


def test_two_homes_have_different_marks_and_secrets(tmp_path):
    one, other = Home(tmp_path / "one"), Home(tmp_path / "other")
    assert one.mark != other.mark
    assert secret(one, "password") != secret(other, "password")


def test_a_secret_is_drawn_once_and_readable_by_its_owner_alone(tmp_path):
    home = Home(tmp_path / "home")
    drawn = secret(home, "password")
    assert secret(home, "password") == drawn
    assert home.secrets.stat().st_mode & 0o777 == 0o600


def test_asking_for_an_existing_secret_draws_none(tmp_path):
    home = Home(tmp_path / "home")
    assert existing_secret(home, "password") is None
    assert not home.root.exists()


def test_a_secret_from_elsewhere_is_kept_beside_the_others(tmp_path):
    home = Home(tmp_path / "home")
    drawn = secret(home, "one")
    keep_secret(home, "two", "given")
    assert (secret(home, "one"), secret(home, "two")) == (drawn, "given")


def test_secrets_that_others_can_read_are_refused(tmp_path):
    home = Home(tmp_path / "home")
    secret(home, "password")
    home.secrets.chmod(0o644)
    with pytest.raises(OnrecordError, match="other accounts"):
        secret(home, "password")


def test_folders_of_a_home_are_private(tmp_path):
    home = Home(tmp_path / "home").prepare()
    assert home.snapshots.stat().st_mode & 0o777 == 0o700
    # As root the database server runs as another account and must pass, not look.
    assert home.root.stat().st_mode & 0o777 == (0o711 if os.geteuid() == 0 else 0o700)
