import json
import logging

import pytest
import structlog

from onrecord.core.kernel.errors import UsageError
from onrecord.project.address import parse_database_url
from onrecord.project.logs import LOGGING, WithoutArguments
from onrecord.project.serving import is_loopback_only, served_hosts


def test_a_database_url_is_read_whole():
    found = parse_database_url(
        "postgresql://ad%40min:p%2Fw@db.example:6543/records?sslmode=require"
    )
    assert (found.host, found.port, found.user, found.dbname) == (
        "db.example", 6543, "ad@min", "records",
    )  # fmt: skip
    assert found.password == "p/w"
    assert "sslmode=require" in found.dsn()


@pytest.mark.parametrize(
    ("url", "mode"),
    [
        ("postgresql://a:b@db.example/d", "verify-full"),
        ("postgresql://a:b@10.1.2.3/d", "verify-full"),
        ("postgresql://a:b@localhost.example/d", "verify-full"),
        ("postgresql://a:b@db.example/d?sslmode=require", "require"),
        ("postgresql://a:b@127.0.0.1/d", None),
        ("postgresql://a:b@[::1]/d", None),
        ("postgresql://a@/d?host=/run/postgresql", None),
    ],
)
def test_a_server_elsewhere_must_prove_who_it_is_unless_told_otherwise(url, mode):
    assert dict(parse_database_url(url).options).get("sslmode") == mode


def test_an_address_never_shows_its_password():
    assert "hunter2" not in repr(parse_database_url("postgresql://a:hunter2@h/d"))


@pytest.mark.parametrize(
    "url", ["mysql://a:secret@h/d", "postgresql://h/d", "postgresql://a:secret@h", "x:y:z"]
)
def test_what_is_no_address_is_refused_without_repeating_its_password(url):
    with pytest.raises(UsageError) as refused:
        parse_database_url(url)
    assert "secret" not in str(refused.value)


def test_without_a_name_only_this_machine_is_answered():
    assert is_loopback_only(served_hosts({}))
    assert served_hosts({"ONRECORD_HOSTS": "a.example, b.example"}) == ["a.example", "b.example"]
    assert not is_loopback_only(["localhost", "a.example"])


@pytest.fixture
def written():
    """What the real formatter and filter make of a record."""
    settings = LOGGING["formatters"]["json"]
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=settings["processors"], foreign_pre_chain=settings["foreign_pre_chain"]
    )
    found = []

    class Handler(logging.Handler):
        def emit(self, record):
            found.append(json.loads(formatter.format(record)))

    handler = Handler()
    handler.addFilter(WithoutArguments())
    loggers = [logging.getLogger("onrecord.x"), logging.getLogger("library")]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    yield found
    for logger in loggers:
        logger.removeHandler(handler)


def test_a_log_line_keeps_only_keys_free_of_personal_values(written):
    logging.getLogger("onrecord.x").info("request", extra={"route": "home", "person": "Jane Roe"})
    (line,) = written
    assert line["route"] == "home"
    assert "Jane Roe" not in json.dumps(line)


def test_the_text_of_an_error_is_not_written(written):
    try:
        int("Jane Roe")
    except ValueError:
        logging.getLogger("onrecord.x").exception("unexpected_error")
    (line,) = written
    assert line["error"] == "ValueError"
    assert line["where"].startswith("test_addresses_and_logs.py:")
    assert "Jane" not in json.dumps(line)


def test_a_library_s_message_is_written_without_its_arguments(written):
    logging.getLogger("library").warning("could not find %s", "Jane Roe")
    assert "Jane" not in json.dumps(written)
