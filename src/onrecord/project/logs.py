"""Logs that may be kept and sent: what happened and where, never about whom.

Only the keys in `SAFE_KEYS` are written. An error's text is left out, because
a database error quotes the values of the row; its type and place are enough to
find it. A message from a library is written without its arguments.
"""

import logging
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.types import EventDict, WrappedLogger

SAFE_KEYS = frozenset(
    {
        "event", "level", "logger", "timestamp", "request_id", "route", "method",
        "status", "duration_ms", "user_id", "error", "where", "child", "folder", "verb",
    }
)  # fmt: skip
OWN = "onrecord"


def only_safe_keys(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Drop every key that was not agreed to be free of personal values."""
    return {key: value for key, value in event.items() if key in SAFE_KEYS}


def describe_error(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Replace an exception by its type and where it was raised."""
    info = event.pop("exc_info", None)
    if isinstance(info, tuple) and info[0] is not None:
        event["error"] = info[0].__name__
        event["where"] = place_of(info[2])
    return event


def place_of(trace: TracebackType | None) -> str:
    """Return `module.py:line` of the innermost frame."""
    frames = traceback.extract_tb(trace)
    return f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""


class WithoutArguments(logging.Filter):
    """Keep a library's message as it was written, before values were put in."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass; strip the ones that are not ours."""
        if not record.name.startswith(OWN):
            # procrastinate writes a job's arguments into the message, and names it besides.
            record.msg, record.args = str(getattr(record, "action", record.msg))[:200], ()
        return True


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    describe_error,
]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_arguments": {"()": WithoutArguments}},
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _SHARED,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                only_safe_keys,
                structlog.processors.JSONRenderer(),
            ],
        }
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json",
            "filters": ["without_arguments"],
        },
        # A logger without any handler would fall back on one that writes everything.
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        OWN: {"level": "INFO"},
        # Its messages are made of paths and addresses; RequestLog says the same safely.
        "django.request": {"handlers": ["nowhere"], "propagate": False},
        "django.security": {"level": "WARNING"},
    },
}
