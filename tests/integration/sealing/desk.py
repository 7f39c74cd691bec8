"""Accounts and an invented record for tests of seals."""

from datetime import timedelta

from onrecord.apps.access.models import User
from onrecord.apps.access.roles import Role
from onrecord.apps.access.selectors import viewer_for_user
from onrecord.apps.access.services import create_user
from onrecord.apps.sealing import services
from onrecord.core.kernel.clock import today
from onrecord.core.ledger.actors import LOCAL_OPERATOR


def account(name, role, **more):
    return create_user(
        actor=LOCAL_OPERATOR, reason="a test", username=name, display_name=name.title(),
        organisation_code="NSP", role=role, password=None, **more,
    )  # fmt: skip


def sees(name, reason="a test"):
    return viewer_for_user(User.objects.get(username=name), reason=reason, page="test")


def owner():
    account("hana", Role.HEAD_OF_COUNTER_CORRUPTION)
    return sees("hana")


def opened(viewer, **more):
    given = {
        "title": "Operation Larch", "reason": "a covert inquiry",
        "handling_conditions": "owner only", "review_on": today() + timedelta(days=28),
    } | more  # fmt: skip
    return services.open_seal(viewer=viewer, **given)
