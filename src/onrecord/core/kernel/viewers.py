"""Who is looking, and why: the first argument of everything that reads."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Lent:
    """What somebody lets another do for them today.

    Attributes:
        giver: the account of whoever lent it; `name` is what pages call them.
        role: the duty that is lent.
        verbs: which acts of that duty; all of them if none is named.
    """

    giver: str
    role: str
    verbs: frozenset[str] = frozenset()
    name: str = ""

    def covers(self, verb: str) -> bool:
        """Tell whether `verb` was lent. The right to lend never is."""
        return verb != "delegation:give" and (not self.verbs or verb in self.verbs)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks at the record, with the reason they gave for it.

    Attributes:
        name: the account, as the ledger writes it.
        kind: `person`, `local_operator`, `service` or `system`.
        organisation_code: the organisation they belong to.
        role: what they are here to do (`product.md`, who uses it).
        reason: why they are looking, remembered for the task at hand.
        page: the page or command through which they look.
        lent: what others let them do in their stead today.
        scopes: for a service account, the verbs its key is good for; `None` for anybody else.
        human: the human being behind the account; two accounts of one human are one pair of eyes.
        is_fresh: the password or key was asked for a short while ago.
    """

    name: str
    kind: str
    organisation_code: str
    role: str
    reason: str
    page: str
    lent: tuple[Lent, ...] = ()
    scopes: frozenset[str] | None = None
    human: str = ""
    is_fresh: bool = True

    @property
    def roles(self) -> frozenset[str]:
        """Return every role that may be counted on today: their own and those lent to them whole."""
        return frozenset(each.role for each in self.lent if not each.verbs) | {self.role}

    def roles_for(self, verb: str) -> frozenset[str]:
        """Return the roles that may be counted on for one act."""
        return frozenset(each.role for each in self.lent if each.covers(verb)) | {self.role}

    @property
    def eyes(self) -> str:
        """Return whose eyes the walls are asked for: the account; nobody's for a job."""
        return self.name if self.kind in {"person", "service"} else ""

    def because(self, reason: str) -> "Viewer":
        """Return the same viewer, for another reason."""
        return replace(self, reason=reason)
