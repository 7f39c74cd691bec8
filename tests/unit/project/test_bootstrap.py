"""The bootstrap's choice of interpreter; run here by a new Python, written for an old one."""

import ast
import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def bootstrap():
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_parses_on_the_oldest_python_still_about():
    ast.parse((ROOT / "bootstrap.py").read_text(), feature_version=(3, 8))


def test_a_named_interpreter_is_used(bootstrap):
    found = bootstrap.find_python({"ONRECORD_PYTHON": "/opt/py"}, version_of=lambda _: (3, 13))
    assert found == "/opt/py"


@pytest.mark.parametrize("version", [None, (3, 11)])
def test_a_named_interpreter_that_will_not_do_is_refused_and_not_passed_over(bootstrap, version):
    with pytest.raises(bootstrap.CannotGoOnError, match="ONRECORD_PYTHON"):
        bootstrap.find_python({"ONRECORD_PYTHON": "/opt/py"}, version_of=lambda _: version)


def test_a_shim_on_path_that_will_not_run_is_passed_over(bootstrap, tmp_path, monkeypatch):
    shims, pyenv = tmp_path / "shims", tmp_path / ".pyenv" / "versions" / "3.12.1" / "bin"
    for folder, name in ((shims, "python3.12"), (pyenv, "python")):
        folder.mkdir(parents=True)
        (folder / name).write_text("#!/bin/sh\nexit 127\n")
        (folder / name).chmod(0o755)
    (pyenv / "python").write_text("#!/bin/sh\necho 3 12\n")
    monkeypatch.setattr(bootstrap.sys, "executable", "/nonexistent/python")

    found = bootstrap.find_python({"PATH": str(shims), "HOME": str(tmp_path)})
    assert found == str(pyenv / "python")


def test_without_any_new_enough_python_none_is_found(bootstrap):
    assert bootstrap.find_python({"PATH": "", "HOME": "/x"}, version_of=lambda _: (3, 11)) is None


def test_without_python_and_uv_it_says_what_to_type(bootstrap):
    with pytest.raises(bootstrap.CannotGoOnError, match=r"apt-get install python3\.12"):
        bootstrap.install("requirements.lock", None, None)


def test_the_stamp_changes_with_the_lock_file(bootstrap, tmp_path, monkeypatch):
    lock = tmp_path / "lock"
    monkeypatch.setitem(bootstrap.LOCKS, "dev", str(lock))
    lock.write_text("one")
    first = bootstrap.stamp_for("dev")
    lock.write_text("two")
    assert bootstrap.stamp_for("dev") != first


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"]
)
def test_lock_files_hold_hashes_and_name_no_host(name):
    text = (ROOT / name).read_text()
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
