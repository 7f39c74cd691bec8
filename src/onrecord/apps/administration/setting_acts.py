"""Change settings: with a reason, on the ledger, and by two people where it loosens a safeguard."""

import uuid

from onrecord.apps.access.agreeing import ask_for_agreement, use_agreement
from onrecord.apps.access.models import TwoPersonAnswer
from onrecord.apps.access.policies import require
from onrecord.apps.administration.setting_reads import LOOSEN, agreed_about, asked_about, standing
from onrecord.apps.audit.services import recording
from onrecord.apps.settings.declared import Setting
from onrecord.apps.settings.models import SettingValue
from onrecord.apps.settings.policies import loosens, require_possible
from onrecord.apps.settings.selectors import kept
from onrecord.core.kernel.errors import DataRejectedError, NotPermittedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of

CHANGE = "setting:change"


def change_setting(*, viewer: Viewer, key: str, value: str, reason: str) -> bool:
    """Set a setting; tell whether it is set now.

    A change that loosens a safeguard takes two people: the first call asks, and once
    somebody else has agreed to this value in place of that one the next call does it.

    Raises:
        NotFoundError: there is no such setting.
        DataRejectedError: the value cannot be, holds already, the operator has set it, or
            others were asked and have not agreed yet.
    """
    require(viewer, CHANGE)
    found = standing(viewer, key)
    setting, before = found.setting, found.kept
    value = require_possible(setting, value)
    if found.operator:
        raise DataRejectedError(
            "The operator has set this for the whole installation.",
            next_step=f"Ask whoever runs Onrecord to take {setting.environment} away.",
        )
    _require_another(before, value)
    about = agreed_about(setting, before, value)
    if loosens(setting, before, value) and asked_about(viewer, about) is None:
        ask_for_agreement(
            viewer=viewer, verb=LOOSEN, object_kind="setting", object_ref=about, reason=reason
        )
        return False
    _set(viewer, setting, before, value, reason)
    return True


def _set(viewer: Viewer, setting: Setting, before: str, value: str, reason: str) -> None:
    is_looser = loosens(setting, before, value)
    # Changes of one setting take turns, so that none goes from a value which holds no longer.
    stream = uuid.uuid5(uuid.NAMESPACE_OID, f"onrecord setting {setting.key}")
    with recording(
        actor_of(viewer), LOOSEN if is_looser else CHANGE, object_kind="setting",
        object_ref=setting.key, reason=reason, stream=stream,
    ) as rec:  # fmt: skip
        if kept(setting.key) != before:
            raise DataRejectedError(
                "Somebody else has changed this meanwhile.", next_step="Look at it again."
            )
        agreed = _agreed(viewer, agreed_about(setting, before, value)) if is_looser else ""
        rec.describe(key=setting.key, old=before, new=value)
        SettingValue.objects.create(
            key=setting.key, value=value, before=before, reason=reason.strip(), by=viewer.name,
            agreed_by=agreed,
        )  # fmt: skip


def _agreed(viewer: Viewer, about: str) -> str:
    """Use the agreement up, and return who gave it."""
    try:
        ask = use_agreement(viewer=viewer, verb=LOOSEN, object_ref=about)
    except NotPermittedError as waiting:
        raise DataRejectedError(
            "Others have been asked to agree, and nobody has yet.",
            next_step="Do it again here once somebody has.",
        ) from waiting
    answers = TwoPersonAnswer.objects.filter(ask=ask, agrees=True).order_by("pk")
    return ", ".join(answers.values_list("by__username", flat=True))


def _require_another(before: str, value: str) -> None:
    if before == value:
        raise DataRejectedError("That is what holds already.", next_step="Enter another value.")
