"""Accounts, teams, circles, walls and the agreements that take more than one person."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models

from onrecord.apps.access.roles import Role
from onrecord.core.kernel import clock
from onrecord.core.ledger.actors import Actor, ActorKind


class UserManager(BaseUserManager["User"]):
    """Finds accounts. They are made by `services.create_user`."""


class Team(models.Model):
    """People who share a desk: work can be a team's, and a team has somebody who leads it."""

    code = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class User(AbstractBaseUser):
    """Somebody, or some system, that may sign in."""

    username = models.CharField(max_length=150, unique=True)
    display_name = models.CharField(max_length=200)
    organisation_code = models.CharField(max_length=64)
    role = models.CharField(max_length=32, choices=[(role.value, role.label) for role in Role])
    # Whose hands these are: two accounts of one human never make two people of them.
    human = models.CharField(max_length=150, db_index=True, default="")
    # Their own record in the workforce data: what they may never look up themselves.
    person_record = models.UUIDField(null=True, blank=True)
    email = models.CharField(max_length=254, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT)
    leads_team = models.BooleanField(default=False)
    is_service_account = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    # The password is one that the system made, and until when somebody may first sign in with it.
    first_password_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    # Django would change the row at every sign-in; that is a ledger event of its own here.
    last_login = None

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name", "organisation_code", "role"]

    class Meta:
        ordering = ("username",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]),
                name="access_user_role_is_known",
            ),
            # The operating-system owner acts without an account and never signs in.
            models.CheckConstraint(
                condition=~models.Q(role=Role.LOCAL_OPERATOR.value),
                name="access_user_is_not_local_operator",
            ),
        )

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """Return the name that pages show."""
        return self.display_name

    def get_short_name(self) -> str:
        """Return the name that pages show."""
        return self.display_name

    def check_password(self, raw_password: str | None) -> bool:
        """Tell whether this is the password. A stronger hash waits for the next change of it."""
        return check_password(raw_password, self.password)

    @property
    def actor(self) -> Actor:
        """Return who the ledger says acted."""
        kind = ActorKind.SERVICE if self.is_service_account else ActorKind.PERSON
        return Actor(self.username, kind, self.organisation_code)


class Delegation(models.Model):
    """Somebody lent their duty, or some acts of it, to somebody else for some days, and said why."""

    giver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_given")
    taker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="delegations_taken")
    role = models.CharField(max_length=32)
    from_on = models.DateField()
    until_on = models.DateField()
    reason = models.TextField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # Columns that came later are empty in earlier rows, whose digests on the ledger so still hold.
    # Which acts of that role, one a line; every act if there is none.
    verbs = models.TextField(null=True, blank=True)  # noqa: DJ001
    # The taker reads fewer cases in their own right than this lets them.
    widens_sight = models.BooleanField(null=True)
    ended_by = models.CharField(max_length=150, null=True, blank=True)  # noqa: DJ001

    class Meta:
        indexes = (models.Index(fields=("taker", "until_on"), name="access_delegation_taker"),)

    def __str__(self) -> str:
        return f"{self.giver_id} to {self.taker_id}"


class Leave(models.Model):
    """Somebody is away, and who covers what falls due meanwhile."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="leaves")
    from_on = models.DateField()
    until_on = models.DateField()
    cover = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="covers"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("user", "until_on"), name="access_leave_user"),)

    def __str__(self) -> str:
        return f"{self.user_id} from {self.from_on}"


class CircleMember(models.Model):
    """Somebody works on one case or about one person, in a stated part, for a time."""

    thing_kind = models.CharField(max_length=16, choices=[("case", "Case"), ("person", "Person")])
    lineage = models.UUIDField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="circles")
    part = models.CharField(max_length=32)
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField(default=clock.now)
    reason = models.TextField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=150, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("user", "lineage"), name="access_circle_user"),
            models.Index(fields=("lineage",), name="access_circle_lineage"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} in {self.thing_kind}"


class Wall(models.Model):
    """Who may see some things. A *seal* is a wall with no shadow; any other is a *restriction*."""

    kind = models.CharField(
        max_length=16, choices=[("seal", "Seal"), ("restriction", "Restriction")]
    )
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="walls_owned", null=True)
    reason = models.TextField()
    handling_conditions = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    opened_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"wall {self.pk}"


class WallMember(models.Model):
    """Somebody is let behind a wall."""

    wall = models.ForeignKey(Wall, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="walls")
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("wall", "user"), name="access_wallmember_user"),)

    def __str__(self) -> str:
        return f"{self.user_id} behind {self.wall_id}"


class WallThing(models.Model):
    """Something stands behind a wall, and with it everything that belongs to it.

    `lineage` is that of a case, incident, person record, document, intelligence
    report, or of a single fact.
    """

    wall = models.ForeignKey(Wall, on_delete=models.PROTECT, related_name="things")
    thing_kind = models.CharField(max_length=32)
    lineage = models.UUIDField()
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("lineage",), name="access_wallthing_lineage"),)

    def __str__(self) -> str:
        return f"{self.thing_kind} behind {self.wall_id}"


class WallHolder(models.Model):
    """A whole source system stands behind a wall: whatever it first held."""

    wall = models.ForeignKey(Wall, on_delete=models.PROTECT, related_name="holders")
    holder_id = models.IntegerField()
    added_by = models.CharField(max_length=150)
    added_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"holder {self.holder_id} behind {self.wall_id}"


class Bar(models.Model):
    """One account may not see one thing because of who they are; `conflicts` decides and writes.

    To that account the thing does not exist.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="bars")
    thing_kind = models.CharField(max_length=32)
    lineage = models.UUIDField()
    cause = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("user", "lineage"), name="access_bar_user"),)

    def __str__(self) -> str:
        return f"bar {self.pk}"


class TwoPersonAsk(models.Model):
    """An act that takes more than one person, asked for and waiting for others."""

    verb = models.CharField(max_length=64)
    object_kind = models.CharField(max_length=32)
    object_ref = models.CharField(max_length=200)
    reason = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="two_person_asks")
    asked_at = models.DateTimeField(default=clock.now)
    others_needed = models.SmallIntegerField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    # A seal's questions go to its owner alone: an ask behind a wall is seen by its members.
    wall = models.ForeignKey(Wall, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ("-asked_at",)
        indexes = (models.Index(fields=("verb", "object_ref"), name="access_ask_object"),)

    def __str__(self) -> str:
        return f"{self.verb} asked"


class TwoPersonAnswer(models.Model):
    """One other person agreed, or did not, with reasons. Never changed."""

    ask = models.ForeignKey(TwoPersonAsk, on_delete=models.PROTECT, related_name="answers")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="two_person_answers")
    agrees = models.BooleanField()
    reason = models.TextField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("ask", "by"), name="access_answer_once"),)

    def __str__(self) -> str:
        return f"answer {self.pk}"
