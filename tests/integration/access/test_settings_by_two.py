"""No one human being loosens a safeguard, in whatever order they and others act; and nothing goes unaccounted."""

import random

import pytest
from django.db import connection
from tests.journeys.desk import account
from tests.stores import acting

from onrecord.apps.access.agreeing import answer_ask
from onrecord.apps.access.models import TwoPersonAsk, User
from onrecord.apps.access.selectors import user_named, viewer_for_user
from onrecord.apps.administration import setting_acts
from onrecord.apps.administration.setting_acts import change_setting
from onrecord.apps.administration.template_acts import Text, make_template
from onrecord.apps.administration.vocabulary_acts import add_term
from onrecord.apps.audit.act_proof import unaccounted_rows
from onrecord.apps.settings.declared import EXPORT_ROWS, SETTINGS
from onrecord.apps.settings.models import SettingValue
from onrecord.apps.settings.policies import loosens
from onrecord.apps.settings.selectors import kept
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError

HUMANS = {"one.a": "h1", "one.b": "h1", "two": "h2", "three": "h3"}
REFUSALS = (DataRejectedError, NotFoundError, NotPermittedError)


def acts_as(name):
    return viewer_for_user(user_named(name), reason="a test", page="a test")


@pytest.fixture
def people(store):
    """Make four accounts of three human beings, all of whom may change settings."""
    for name in HUMANS:
        account(name, role="administrator" if name != "three" else "appropriate_authority")
    with acting():
        for name, human in HUMANS.items():
            User.objects.filter(username=name).update(human=human)


def test_no_order_of_five_hundred_acts_lets_one_human_loosen_one(people):
    rnd = random.Random(13)  # noqa: S311 - a seed that replays
    loosened = 0
    for _ in range(500):
        who = acts_as(rnd.choice(tuple(HUMANS)))
        before = SettingValue.objects.count()
        try:
            if rnd.random() < 0.5:
                value = rnd.choice(("500", "900"))
                change_setting(viewer=who, key=EXPORT_ROWS, value=value, reason="A test.")
            else:
                still = TwoPersonAsk.objects.filter(used_at=None).exclude(answers__agrees=False)
                numbers = list(still.values_list("pk", flat=True)) or [1]
                answer_ask(viewer=who, ask_id=rnd.choice(numbers),
                           agrees=rnd.random() < 0.8, reason="A test.")  # fmt: skip
        except REFUSALS:
            assert SettingValue.objects.count() == before
            continue
        if SettingValue.objects.count() > before:
            row = SettingValue.objects.order_by("-pk").first()
            agreed = {HUMANS[name] for name in row.agreed_by.split(", ") if name}
            if loosens(SETTINGS[EXPORT_ROWS], row.before, row.value):
                loosened += 1
                assert agreed - {HUMANS[row.by]}
            else:
                assert not agreed
    assert loosened > 3  # or nothing was tried


def test_what_somebody_changed_meanwhile_is_not_changed_over(people, monkeypatch):
    monkeypatch.setattr(setting_acts, "kept", lambda _: "400")
    with pytest.raises(DataRejectedError, match="meanwhile"):
        change_setting(viewer=acts_as("two"), key=EXPORT_ROWS, value="300", reason="A test.")
    assert kept(EXPORT_ROWS) == "500"


def test_a_service_or_a_job_sets_nothing(people):
    from onrecord.core.kernel.viewers import Viewer

    for kind in ("service", "system", "local_operator"):
        viewer = Viewer("two", kind, "NSP", "administrator", "a test", "a test")
        with pytest.raises(NotPermittedError):
            change_setting(viewer=viewer, key=EXPORT_ROWS, value="300", reason="A test.")


def test_every_row_is_accounted_for_and_one_changed_behind_the_back_is_found(people, store):
    two = acts_as("two")
    change_setting(viewer=two, key=EXPORT_ROWS, value="300", reason="A test.")
    add_term(viewer=two, key="note-kinds", label="Visit", meaning="", reason="A test.")
    make_template(viewer=two, text=Text("note", "Visit", "", "On {today}."), reason="A test.")
    assert list(unaccounted_rows()) == []
    import psycopg

    with psycopg.connect(store.admin.dsn(), autocommit=True) as behind:
        behind.execute("set session_replication_role = replica")
        behind.execute("update settings_settingvalue set value = '9000'")
    connection.close()
    assert any("settings_settingvalue" in finding.ref for finding in unaccounted_rows())
