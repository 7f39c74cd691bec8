"""A table may be a database query, run read-only at an address that the environment names."""

import sqlite3

import pytest

from integration.intake.importing import EXAMPLE, example, import_from, rows_of
from onrecord.core.kernel.errors import DataRejectedError, UsageError

QUERY = "officers: {query: {dsn_env: HR_DSN, sql: 'select * from officer'}}"
pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def described():
    return example(("officers: {file: officers.csv}", QUERY))


@pytest.fixture
def hr(tmp_path):
    path = tmp_path / "hr.sqlite"
    connection = sqlite3.connect(path)
    connection.execute(
        "create table officer (collar_id, surname, forenames, born integer, joined, left_on)"
    )
    connection.execute(
        "insert into officer values ('1001', 'Example', 'Alex', 1975, '1998-09-01', null)"
    )
    connection.commit()
    connection.close()
    return path


def test_the_rows_of_a_query_are_facts_and_come_in_once(described, hr, tmp_path, monkeypatch):
    monkeypatch.setenv("HR_DSN", f"sqlite:///{hr}")
    first = import_from(described, EXAMPLE, tmp_path)
    again = import_from(described, EXAMPLE, tmp_path)
    assert first.wrote
    assert rows_of("facts.person_record") == 1
    assert not again.wrote


def test_a_postgresql_query_is_run_read_only(described, store, tmp_path, monkeypatch):
    from django.db import connections

    settings = connections["default"].get_connection_params()
    dsn = f"postgresql://{settings['user']}:{settings['password']}@/{settings['dbname']}?host={settings['host']}"
    if settings.get("port"):
        dsn += f"&port={settings['port']}"
    monkeypatch.setenv("HR_DSN", dsn)
    select = (
        "select ''1001'' as collar_id, ''Example'' as surname, null as forenames, 1975 as born,"
        " date ''1998-09-01'' as joined, null as left_on"
    )
    import_from(described.replace("select * from officer", select), EXAMPLE, tmp_path)
    assert rows_of("facts.person_record") == 1
    write = "insert into organisations_organisation (code, name, kind) values (''X'', ''X'', ''X'') returning code"
    with pytest.raises(DataRejectedError, match=r"ReadOnlySqlTransaction|SyntaxError"):
        import_from(described.replace("select * from officer", write), EXAMPLE, tmp_path)


def test_an_address_that_is_not_given_is_asked_for_by_name(described, tmp_path, monkeypatch):
    monkeypatch.delenv("HR_DSN", raising=False)
    with pytest.raises(UsageError, match="HR_DSN is not set"):
        import_from(described, EXAMPLE, tmp_path)


def test_an_address_of_another_sort_is_refused_without_showing_it(described, tmp_path, monkeypatch):
    monkeypatch.setenv("HR_DSN", "mysql://user:secret@host/db")
    with pytest.raises(UsageError) as caught:
        import_from(described, EXAMPLE, tmp_path)
    assert "secret" not in str(caught.value)


def test_a_query_that_the_database_refuses_refuses_the_batch(described, hr, tmp_path, monkeypatch):
    monkeypatch.setenv("HR_DSN", f"sqlite:///{hr}")
    with pytest.raises(DataRejectedError, match="refused the query of officers"):
        import_from(described.replace("from officer", "from nowhere"), EXAMPLE, tmp_path)
