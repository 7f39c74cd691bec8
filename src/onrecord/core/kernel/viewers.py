"""Who is looking, and why: the first argument of everything that reads."""

from dataclasses import dataclass


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
    """

    name: str
    kind: str
    organisation_code: str
    role: str
    reason: str
    page: str
