"""Sessions that know whose they are, so that all of somebody's can be listed and ended."""

from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from onrecord.core.kernel.clock import now

ADDRESS, DEVICE, STARTED, SEEN = "address", "device", "started-at", "seen-at"


_BROWSERS = {"Firefox": "Firefox", "Edg/": "Edge", "OPR/": "Opera", "Chrome": "Chrome",
             "Safari": "Safari"}  # fmt: skip
_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux")


def device_named(agent: str) -> str:
    """Return a browser and a system in the words of whoever sits there; no more of it is kept."""
    browser = next((name for mark, name in _BROWSERS.items() if mark in agent), "A browser")
    system = next((name for name in _SYSTEMS if name in agent), "")
    return f"{browser} on {system}" if system else browser


class SessionStore(DatabaseStore):
    """Django's sessions in the database, with the account beside the data."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return the table of sessions."""
        return apps.get_model("signing_in", "Session")

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row to be saved, with what its owner sees listed."""
        row: Any = super().create_model_instance(data)
        account = data.get("_auth_user_id")
        row.account_id = int(account) if account else None
        started = data.get(STARTED)
        row.started_at = datetime.fromtimestamp(started, tz=UTC) if started else now()
        row.address = str(data.get(ADDRESS, ""))[:64]
        row.device = str(data.get(DEVICE, ""))[:200]
        return row
