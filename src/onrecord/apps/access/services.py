"""The only writers of accounts."""

import re
import secrets
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from onrecord.apps.access.barring import ties_changed
from onrecord.apps.access.delegating import end_every_delegation
from onrecord.apps.access.models import Bar, Team, User
from onrecord.apps.access.roles import Role
from onrecord.apps.audit.services import recording
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.ledger.actors import Actor

AT_CLOSE: list[Callable[[User], None]] = []
"""What else ends with an account, inside the act that closes it; `signing_in` adds its own."""

FIRST_PASSWORD_LASTS = timedelta(hours=24)
"""How long somebody has for a first sign-in with a password that the system made."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter or digit that is easily read as another."""

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,149}")


def create_user(  # noqa: PLR0913 - what an account is
    *,
    actor: Actor,
    reason: str,
    username: str,
    display_name: str,
    organisation_code: str,
    role: Role,
    password: str | None,
    is_service_account: bool = False,
    human: str = "",
    person_record: uuid.UUID | None = None,
    team: Team | None = None,
    email: str = "",
    is_first_password: bool = False,
) -> User:
    """Make an account, and record who made it and why. Without a password it cannot sign in.

    With `is_first_password` its owner must choose another at the first sign-in, which must
    be within a day.

    `human` is the staff number of whose hands it is; two accounts of one human count as one
    person wherever an act takes two. `person_record` is their own record in the workforce data.

    Raises:
        DataRejectedError: the name is taken or malformed, or the password too weak.
    """
    if role is Role.LOCAL_OPERATOR or not _USERNAME.fullmatch(username):
        raise DataRejectedError(
            "That is not a user name and role that an account may have.",
            next_step="Use lower-case letters, digits and . _ @ - ; "
            "local_operator is nobody's account.",
        )
    user = User(
        username=username,
        display_name=display_name,
        organisation_code=organisation_code,
        role=role.value,
        is_service_account=is_service_account,
        human=human or username,
        person_record=person_record,
        team=team,
        email=email,
        first_password_until=first_password_ends() if is_first_password else None,
    )
    _set_password(user, password)
    _keep_new(actor, user, reason)
    if person_record is not None:
        ties_changed("an account was made for somebody on record")
    return user


def new_first_password() -> str:
    """Return a password that only the system could have thought of: four groups, eighty bits."""
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(16))
    return "-".join(drawn[at : at + 4] for at in range(0, len(drawn), 4))


def first_password_ends() -> datetime:
    """Return until when a first password that is made now can be signed in with."""
    return now() + FIRST_PASSWORD_LASTS


def _keep_new(actor: Actor, user: User, reason: str) -> None:
    try:
        with recording(
            actor, "account:create", object_kind="account", object_ref=user.username, reason=reason
        ) as rec:
            user.save(force_insert=True)
            rec.describe(role=user.role, organisation=user.organisation_code)
    except IntegrityError:
        raise DataRejectedError(
            f"There is an account called {user.username} already.",
            next_step="Choose another name.",
        ) from None


def _set_password(user: User, password: str | None) -> None:
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise DataRejectedError(
            "That password is too weak.", next_step=" ".join(problem.messages)
        ) from None
    user.set_password(password)


def close_account(*, actor: Actor, user: User, reason: str) -> None:
    """Close an account: it can no longer sign in, and what it did stays on record."""
    with recording(
        actor, "account:close", object_kind="account", object_ref=user.username, reason=reason
    ):
        user.is_active = False
        user.save(update_fields=["is_active"])
        end_every_delegation(user)
        for also in AT_CLOSE:
            also(user)


def set_person_record(
    *, actor: Actor, user: User, person_record: uuid.UUID | None, reason: str
) -> None:
    """Say which record in the workforce data is the account-holder's own.

    From then on they are kept from every case that is theirs.
    """
    with recording(
        actor, "account:change", object_kind="account", object_ref=user.username, reason=reason
    ) as rec:
        old, new = ("tied" if one else "not tied" for one in (user.person_record, person_record))
        rec.describe(what="record", old=old, new=new)
        user.person_record = person_record
        user.save(update_fields=["person_record"])
        ties_changed("an account-holder's own record was named")


def bar_account(username: str, lineage: uuid.UUID) -> None:
    """Keep one thing from one account, inside an act: to them it is not there from now on."""
    user = User.objects.get(username=username)
    Bar.objects.create(user=user, thing_kind="case", lineage=lineage, cause="proving")


def make_team(*, actor: Actor, code: str, name: str, reason: str) -> Team:
    """Make a team, to which accounts can then belong.

    Raises:
        DataRejectedError: there is one by that code.
    """
    try:
        with recording(actor, "team:change", object_kind="team", object_ref=code, reason=reason):
            return Team.objects.create(code=code, name=name)
    except IntegrityError:
        raise DataRejectedError(
            f"There is a team called {code} already.", next_step="Choose another code."
        ) from None
