"""Imports take turns, look no further than they must, and leave nothing behind them."""

import os
import subprocess
import sys

import pytest
from django.db import connections

from integration.intake.importing import EXAMPLE, VIEWER, example, import_from, rows_of
from onrecord.core.kernel.errors import NotPermittedError, UsageError

pytestmark = pytest.mark.usefixtures("store")


def test_a_second_import_is_refused_while_one_is_running(tmp_path):
    from onrecord.apps.intake.services import IMPORT_LOCK

    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(%s)", [IMPORT_LOCK])
        with pytest.raises(UsageError, match="Another import is running"):
            import_from(example(), EXAMPLE, tmp_path)
    finally:
        other.close()
    assert rows_of("facts.allegation") == 0


def test_files_that_are_known_are_not_opened_again(tmp_path, monkeypatch):
    from onrecord.apps.intake import services

    first = import_from(example(), EXAMPLE, tmp_path)
    monkeypatch.setattr(services, "stage", lambda *_: pytest.fail("it looked inside"))
    again = import_from(example(), EXAMPLE, tmp_path)
    assert [one["read"] for one in again.tables] == [one["read"] for one in first.tables]


def test_a_changed_description_is_compared_although_the_files_are_known(tmp_path):
    import_from(example(), EXAMPLE, tmp_path)
    result = import_from(
        example(("category_group: complaints.kind", "category_group: upper(complaints.kind)")),
        EXAMPLE,
        tmp_path,
        extract_date="2017-01-01",
    )
    assert next(one for one in result.facts if one["kind"] == "allegation")["changed"] == 5


def test_nothing_staged_is_left_behind_however_it_ended(tmp_path):
    left = tmp_path / "imports" / f".working-{_dead_process()}-x"
    left.mkdir(parents=True)
    (left / "staged").write_text("names")
    import_from(example(), EXAMPLE, tmp_path)
    assert list((tmp_path / "imports").glob(".working-*")) == []


def _dead_process():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_what_a_running_import_has_staged_is_left_alone(tmp_path):
    held = tmp_path / "imports" / f".working-{os.getppid()}-x"
    held.mkdir(parents=True)
    import_from(example(), EXAMPLE, tmp_path)
    assert held.is_dir()


def test_a_batch_whose_importer_died_after_its_commit_is_followed_up_by_the_next(
    tmp_path, monkeypatch
):
    from onrecord.apps.intake import projections, services
    from onrecord.apps.intake.models import Batch

    monkeypatch.setattr(services, "finish_projections", lambda: None)
    import_from(example(), EXAMPLE, tmp_path)
    assert Batch.objects.get().is_projected is False
    told = []
    monkeypatch.setattr(projections, "after_import", [told.append])
    projections.finish_projections()
    assert [batch.source for batch in told] == ["example_force"]
    assert Batch.objects.get().is_projected is True


def test_an_account_whose_duty_it_is_not_may_not_import(tmp_path):
    from dataclasses import replace

    from onrecord.apps.intake.policies import may_import, require

    with pytest.raises(NotPermittedError):
        require(may_import(replace(VIEWER, kind="person", role="analyst")))
    assert may_import(replace(VIEWER, kind="person", role="intake_officer"))
