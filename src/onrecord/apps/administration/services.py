"""Change accounts and teams. Each change is an act on the ledger, with a reason and old and new."""

from dataclasses import dataclass
from typing import NoReturn

from onrecord.apps.access import services as accounts
from onrecord.apps.access.agreeing import ask_for_agreement, use_agreement
from onrecord.apps.access.delegating import end_every_delegation
from onrecord.apps.access.models import Team, User
from onrecord.apps.access.policies import require
from onrecord.apps.access.roles import Role
from onrecord.apps.administration.policies import (
    GIVE_GUARDED,
    agreed_about,
    is_guarded,
    let_in_as,
    takes_two_to_give,
)
from onrecord.apps.administration.selectors import account, person_record_of, waits_for_agreement
from onrecord.apps.audit.services import record_consultation, recording
from onrecord.apps.signing_in.services import drop_factors_of, end_sign_ins_of
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import actor_of


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What is said about an account before it exists."""

    username: str
    display_name: str
    role: Role
    human: str
    email: str
    team: str


def add_account(*, viewer: Viewer, new: NewAccount, reason: str) -> str:
    """Make an account in the viewer's own organisation; return its first password.

    Raises:
        DataRejectedError: the name is taken or malformed, or the role one that takes two
            people: it is given afterwards.
    """
    require(viewer, "account:create")
    if viewer.kind == "person" and new.human in {viewer.human, viewer.name}:
        _refuse(viewer, "account:create", new.username)
    if takes_two_to_give(new.role):
        raise DataRejectedError(
            "That role takes two people, and cannot be given to an account as it is made.",
            next_step="Make the account with another role, then ask for this one.",
        )
    password = accounts.new_first_password()
    accounts.create_user(
        actor=actor_of(viewer), reason=reason, username=new.username,
        display_name=new.display_name, organisation_code=viewer.organisation_code, role=new.role,
        password=password, human=new.human, email=new.email, team=_team(new.team),
        is_first_password=True,
    )  # fmt: skip
    return password


def let_in_again(*, viewer: Viewer, username: str, proof: str, drops_factors: bool) -> str | None:
    """Give an account a new first password, once whoever has it proved who they are.

    Second factors stay, unless these are what was lost. Every sign-in ends. With a role that
    takes two people to give, it takes two people: the first call asks, and returns nothing.

    Raises:
        NotPermittedError: it is the viewer's own account.
        DataRejectedError: the account is closed, or a service's.
    """
    require(viewer, "account:let_in")
    user = account(viewer, username)
    _refuse_own(viewer, user)
    if not user.is_active or user.is_service_account:
        raise DataRejectedError("The account is closed, or is no person's.")
    about = let_in_as(user.role)
    if is_guarded(user.role) and not waits_for_agreement(viewer, username, about):
        _ask(viewer, username, about, proof)
        return None
    password = accounts.new_first_password()
    with recording(
        actor_of(viewer), "account:let_in", object_kind="account", object_ref=username,
        reason=proof,
    ) as rec:  # fmt: skip
        if is_guarded(user.role):
            agreed = agreed_about(username, about)
            use_agreement(viewer=viewer, verb=GIVE_GUARDED, object_ref=agreed)
        rec.describe(factors="dropped" if drops_factors else "kept")
        user.set_password(password)
        user.first_password_until = accounts.first_password_ends()
        user.save(update_fields=["password", "first_password_until"])
        end_sign_ins_of(user)
        if drops_factors:
            drop_factors_of(user)
    return password


def give_role(*, viewer: Viewer, username: str, role: Role, reason: str) -> bool:
    """Give an account another role in place of its own; tell whether it has it now.

    A role that reaches behind seals, or into the compartment of victims, takes two
    people: the first call asks, and once somebody else has agreed the next one does it.

    Raises:
        NotPermittedError: it is the viewer's own role, or that of another account of theirs.
        DataRejectedError: the account has that role, is closed, or is waiting for agreement.
    """
    require(viewer, "account:change")
    user = account(viewer, username)
    _refuse_own(viewer, user)
    if user.role == role.value or not user.is_active:
        raise DataRejectedError(
            "The account has this role, or is closed.", next_step="Look at it again."
        )
    if _must_wait(viewer, user, role, reason):
        return False
    verb = GIVE_GUARDED if takes_two_to_give(role) else "account:change"
    with recording(
        actor_of(viewer), verb, object_kind="account", object_ref=username, reason=reason
    ) as rec:
        if takes_two_to_give(role):
            use_agreement(viewer=viewer, verb=verb, object_ref=agreed_about(username, role))
        rec.describe(what="role", old=user.role, new=role.value)
        user.role = role.value
        user.save(update_fields=["role"])
        end_every_delegation(user)
    return True


def change_account(
    *, viewer: Viewer, username: str, team: str, leads_team: bool, email: str, reason: str
) -> None:
    """Put an account into a team, in front of it or out of any, and set where its notices go.

    Raises:
        DataRejectedError: somebody is to lead no team.
        NotPermittedError: it is the viewer's own account.
    """
    require(viewer, "account:change")
    user = account(viewer, username)
    _refuse_own(viewer, user)
    into = _team(team)
    if leads_team and into is None:
        raise DataRejectedError("Nobody can lead no team.", next_step="Choose the team.")
    old = user.team.code if user.team else "none"
    with recording(
        actor_of(viewer), "account:change", object_kind="account", object_ref=username,
        reason=reason,
    ) as rec:  # fmt: skip
        rec.describe(
            what="team", old=old, new=into.code if into else "none",
            leads="yes" if leads_team else "no",
            address="changed" if email != user.email else "as before",
        )  # fmt: skip
        user.team, user.leads_team, user.email = into, leads_team, email
        user.save(update_fields=["team", "leads_team", "email"])


def close(*, viewer: Viewer, username: str, reason: str) -> None:
    """Close an account: every sign-in and key of it ends at once; what it did stays on record.

    Raises:
        NotPermittedError: it is the viewer's own.
        DataRejectedError: it is closed already.
    """
    require(viewer, "account:close")
    user = account(viewer, username)
    _refuse_own(viewer, user)
    if not user.is_active:
        raise DataRejectedError("The account is closed already.")
    accounts.close_account(actor=actor_of(viewer), user=user, reason=reason)


def reopen(*, viewer: Viewer, username: str, reason: str) -> bool:
    """Open a closed account again; tell whether it is open now.

    With a role that takes two people to give, it takes two people.

    Raises:
        DataRejectedError: it is open, or is waiting for agreement.
    """
    require(viewer, "account:reopen")
    user = account(viewer, username)
    _refuse_own(viewer, user)
    if user.is_active:
        raise DataRejectedError("The account is open.")
    if _must_wait(viewer, user, Role(user.role), reason):
        return False
    with recording(
        actor_of(viewer), "account:reopen", object_kind="account", object_ref=username,
        reason=reason,
    ):  # fmt: skip
        if takes_two_to_give(user.role):
            about = agreed_about(username, user.role)
            use_agreement(viewer=viewer, verb=GIVE_GUARDED, object_ref=about)
        user.is_active = True
        user.save(update_fields=["is_active"])
    return True


def tie_record(*, viewer: Viewer, username: str, key: str, reason: str) -> None:
    """Say which record in the workforce data is the account-holder's own; of none, if `key` is empty.

    From then on they are kept from every case that is theirs, and looking at themselves is told.
    `key` is `HOLDER:SYSTEM:KEY`, as the record's source writes it. What stands behind a wall is
    not there for an administrator.

    Raises:
        DataRejectedError: there is no such record, or it is tied to another human being's account.
        NotPermittedError: it is the viewer's own account.
    """
    require(viewer, "account:change")
    user = account(viewer, username)
    _refuse_own(viewer, user)
    record = person_record_of(key) if key.strip() else None
    taken = User.objects.filter(person_record=record).exclude(human=user.human)
    if record is not None and taken.exists():
        raise DataRejectedError(
            "That record is tied to somebody else's account.", next_step="Check the number."
        )
    accounts.set_person_record(
        actor=actor_of(viewer), user=user, person_record=record, reason=reason
    )


def add_team(*, viewer: Viewer, code: str, name: str, reason: str) -> Team:
    """Make a team.

    Raises:
        DataRejectedError: there is one by that code.
    """
    require(viewer, "team:change")
    return accounts.make_team(actor=actor_of(viewer), code=code, name=name, reason=reason)


def _must_wait(viewer: Viewer, user: User, role: Role, reason: str) -> bool:
    """Ask others, if this role takes two people and nobody was asked; tell whether it was asked now."""
    if not takes_two_to_give(role) or waits_for_agreement(viewer, user.username, role):
        return False
    _ask(viewer, user.username, role, reason)
    return True


def _ask(viewer: Viewer, username: str, role: str, reason: str) -> None:
    ask_for_agreement(
        viewer=viewer, verb=GIVE_GUARDED, object_kind="account",
        object_ref=agreed_about(username, role), reason=reason,
    )  # fmt: skip


def _refuse_own(viewer: Viewer, user: User) -> None:
    """Refuse, and record, a change of one's own account, whichever of one's accounts asks."""
    mine = viewer.human or viewer.name
    if viewer.kind != "person" or (user.username != viewer.name and user.human != mine):
        return
    _refuse(viewer, "account:change", user.username)


def _refuse(viewer: Viewer, verb: str, username: str) -> NoReturn:
    record_consultation(
        viewer.because(viewer.reason or "none given"), verb, object_kind="account",
        object_ref=username, was_refused=True,
    )  # fmt: skip
    raise NotPermittedError(
        "Nobody makes or changes an account of their own.", next_step="Ask another administrator."
    )


def _team(code: str) -> Team | None:
    if not code:
        return None
    found = Team.objects.filter(code=code, is_open=True).first()
    if found is None:
        raise NotFoundError("There is no such team.")
    return found
