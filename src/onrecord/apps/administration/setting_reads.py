"""Settings as those see them who may: what holds, who set it, what it was before."""

from dataclasses import dataclass

from onrecord.apps.access.models import TwoPersonAsk
from onrecord.apps.access.policies import require
from onrecord.apps.settings.declared import SETTINGS, Setting
from onrecord.apps.settings.models import SettingValue
from onrecord.apps.settings.policies import by_operator, worded
from onrecord.apps.settings.selectors import kept_values
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.viewers import Viewer

LOOSEN = "setting:loosen"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one setting stands.

    Attributes:
        kept: the value that people set last, or the default.
        operator: what the environment says in its place; empty where it says nothing.
        last: the last change, if there was one.
    """

    setting: Setting
    kept: str
    operator: str
    last: SettingValue | None

    @property
    def words(self) -> str:
        """Return what holds, as people say it."""
        if self.operator and self.setting.options:
            return self.operator
        return worded(self.setting, self.operator or self.kept)


def standings(viewer: Viewer) -> list[Standing]:
    """Return how every setting stands, in the order of the list of them."""
    require(viewer, "setting:read")
    values = kept_values()
    rows = SettingValue.objects.order_by("key", "-pk").distinct("key")
    last = {row.key: row for row in rows}
    return [
        Standing(each, values[key], by_operator(each), last.get(key))
        for key, each in SETTINGS.items()
    ]


def standing(viewer: Viewer, key: str) -> Standing:
    """Return how one setting stands.

    Raises:
        NotFoundError: there is none of that name.
    """
    found = next((each for each in standings(viewer) if each.setting.key == key), None)
    if found is None:
        raise NotFoundError("There is no such setting.", next_step="Choose one from the list.")
    return found


def changes_of_setting(viewer: Viewer, key: str) -> list[SettingValue]:
    """Return every change of a setting, newest first."""
    require(viewer, "setting:read")
    return list(SettingValue.objects.filter(key=key).order_by("-pk"))


def agreed_about(setting: Setting, before: str, value: str) -> str:
    """Return what two people agree about: this setting, from this value to that, and no other."""
    return f"{setting.key} from {worded(setting, before)} to {worded(setting, value)}"


def asked_about(viewer: Viewer, about: str) -> TwoPersonAsk | None:
    """Return the viewer's own ask about a loosening that still runs, if there is one."""
    return (
        TwoPersonAsk.objects.filter(
            verb=LOOSEN, object_ref=about, used_at=None, asked_by__username=viewer.name,
            expires_at__gt=now(),
        )
        .exclude(answers__agrees=False)
        .order_by("-asked_at")
        .first()
    )  # fmt: skip
