"""Who is looking, and why: the first argument of everything that reads."""

from dataclasses import dataclass, replace


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
        delegated: further roles, lent to them today by somebody who is away.
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
    delegated: frozenset[str] = frozenset()
    scopes: frozenset[str] | None = None
    human: str = ""
    is_fresh: bool = True

    @property
    def roles(self) -> frozenset[str]:
        """Return every role that may be counted on today: their own and those lent to them."""
        return self.delegated | {self.role}

    @property
    def eyes(self) -> str:
        """Return whose eyes the walls are asked for: the account; nobody's for a job."""
        return self.name if self.kind in {"person", "service"} else ""

    def because(self, reason: str) -> "Viewer":
        """Return the same viewer, for another reason."""
        return replace(self, reason=reason)
