"""Of which kind the thing at each address is, and whose such things are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from onrecord.cli.proving.situations import (
    BEHIND_A_SEAL,
    NEVER_WAS,
    NOTHING_OF_ITS_OWN,
    THERE,
    Relation,
    Situation,
    State,
)


class Whose(StrEnum):
    """To whom things of a kind are there."""

    NOBODYS = "there is no thing at the address"
    A_CASES = "those whom a case is there for, and whose duties reach it"
    A_TASKS = "as a case's; whose an open task is, its own tests ask"
    ONES_OWN = "the account that it is about"
    EVERYBODYS = "every account whose duties reach it"
    A_SEALS = "those behind a seal"


_SITUATIONS: dict[Whose, tuple[Situation, ...]] = {
    Whose.NOBODYS: (NOTHING_OF_ITS_OWN,),
    Whose.A_CASES: (
        NEVER_WAS, BEHIND_A_SEAL, (State.SEALED, Relation.CIRCLE), THERE,
        (State.OPEN, Relation.CIRCLE), (State.OPEN, Relation.BARRED),
    ),
    Whose.A_TASKS: (NEVER_WAS, BEHIND_A_SEAL, (State.OPEN, Relation.BARRED)),
    Whose.ONES_OWN: (NEVER_WAS, (State.OPEN, Relation.OWN), (State.OPEN, Relation.OTHERS)),
    Whose.EVERYBODYS: (NEVER_WAS, THERE),
    Whose.A_SEALS: (NEVER_WAS, BEHIND_A_SEAL),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing.

    Attributes:
        reads: the act that must reach as far as the thing too, where a role has that act at all.
        needs: an act that a role must have besides, or the thing is not there for it.
        refuses: whether a role without that act is refused, whatever is at the address.
    """

    name: str
    whose: Whose
    reads: str = ""
    needs: str = ""
    refuses: bool = False

    @property
    def situations(self) -> tuple[Situation, ...]:
        """Return the states and relations in which such a thing is tried."""
        return _SITUATIONS[self.whose]


NO_THING = Kind("", Whose.NOBODYS)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("case", Whose.A_CASES, "case:read"),
        Kind("person", Whose.A_CASES, "person:read"),
        Kind("incident", Whose.A_CASES, "incident:read"),
        Kind("link", Whose.A_CASES, "identity:explain"),
        Kind("unknown role", Whose.A_CASES, "role:settle"),
        Kind("two cases", Whose.A_CASES, "incident:judge"),
        Kind("document", Whose.A_CASES, "document:read"),
        Kind("file", Whose.A_CASES, "file:read"),
        Kind("letter", Whose.A_CASES, "letter:read"),
        Kind("victim", Whose.A_CASES, "victim:list"),
        Kind("victim spoken to", Whose.A_CASES, "victim:list"),
        Kind("member", Whose.A_CASES, "case:read"),
        Kind("colleague", Whose.A_CASES, "case:read"),
        Kind("subject", Whose.A_CASES, "case:read"),
        Kind("agreement", Whose.A_CASES, needs="export:take_large"),
        Kind("override", Whose.A_CASES),
        Kind("task", Whose.A_TASKS, "task:read"),
        Kind("sign-in", Whose.ONES_OWN),
        Kind("factor", Whose.ONES_OWN),
        Kind("delegation", Whose.ONES_OWN),
        Kind("leave", Whose.ONES_OWN),
        Kind("declaration", Whose.ONES_OWN),
        Kind("saved search", Whose.ONES_OWN),
        Kind("asked look", Whose.ONES_OWN),
        Kind("pack", Whose.ONES_OWN),
        Kind("account", Whose.EVERYBODYS),
        Kind("setting", Whose.EVERYBODYS),
        Kind("template", Whose.EVERYBODYS),
        Kind("choice", Whose.EVERYBODYS),
        Kind("help page", Whose.EVERYBODYS),
        Kind("pattern rule", Whose.EVERYBODYS),
        Kind("batch", Whose.EVERYBODYS),
        Kind("definition", Whose.EVERYBODYS),
        Kind("result", Whose.EVERYBODYS, needs="cohort:read", refuses=True),
        Kind("alert", Whose.EVERYBODYS),
        Kind("seal", Whose.A_SEALS),
        Kind("report", Whose.A_SEALS),
        Kind("question", Whose.A_SEALS),
    )
}

_ADDRESSES: dict[str, str] = {
    "case": """
        cases:case cases:bundle circles:circle circles:let-in conflicts:case conflicts:let-work
        conflicts:outside conflicts:covert conflicts:known-again disclosing:case victims:case
        work:case-notes work:case-tasks work:policy-file work:policy-file-print work:policy-entry
        work:letters work:letter-new looks:thing identity:cases-of""",
    "person": "people:person identity:links",
    "link": """
        identity:link identity:judge identity:second identity:contest identity:take-back""",
    "unknown role": "identity:settle",
    "two cases": "identity:two-cases identity:take-back-cases",
    "incident": "incidents:incident",
    "document": """
        documents:document documents:page documents:original documents:redact documents:scan""",
    "file": """
        file_desk:file file_desk:chased file_desk:destroyed file_desk:located file_desk:not-found
        file_desk:note file_desk:received file_desk:requested file_desk:scanned""",
    "letter": "work:letter work:letter-answer",
    "victim": "victims:victim victims:who victims:compare victims:record",
    "victim spoken to": "victims:contact",
    "member": "circles:put-out",
    "colleague": "conflicts:decide conflicts:override conflicts:choose",
    "subject": "disclosing:service disclosing:release disclosing:withdraw",
    "agreement": "work:ask",
    "override": "conflicts:ask conflicts:use",
    "task": """
        work:task work:allocate work:due work:escalate work:hand-over work:note work:result
        work:review work:withdraw""",
    "sign-in": "accounts:end-session",
    "factor": "accounts:remove-factor",
    "delegation": "delegating:end",
    "leave": "work:leave-cancel",
    "declaration": "conflicts:take-back",
    "saved search": "search:saved search:remove",
    "asked look": "looks:said",
    "pack": "disclosing:pack disclosing:contest",
    "account": """
        administration:user administration:role administration:record administration:team
        administration:close administration:let-in administration:reopen""",
    "setting": "administration:setting administration:change-setting",
    "template": """
        administration:template administration:template-version administration:change-template
        administration:retire-template administration:restore-template""",
    "choice": """
        administration:vocabulary administration:add-term administration:rename-term
        administration:retire-term administration:restore-term""",
    "help page": "help:page",
    "pattern rule": "patterns:rule",
    "batch": "imports:batch imports:rejects",
    "definition": "cohorts:run",
    "result": "cohorts:result cohorts:ask cohorts:export",
    "alert": "looks:alert",
    "seal": """
        seals:seal seals:take-out seals:end-member seals:dealt-with seals:seal-thing seals:let-behind
        seals:review seals:develop""",
    "report": "seals:report",
    "question": "seals:question",
}
"""Which addresses are about a thing of each kind; an address with no thing in it is in none."""

_OF_ROUTE = {route: KINDS[name] for name, routes in _ADDRESSES.items() for route in routes.split()}


def kinds_of_routes(parts: Mapping[str, Iterable[object]]) -> dict[str, Kind]:
    """Return of which kind the thing at each address is. `parts` are what stands in each address.

    Raises:
        KeyError: something stands in an address, and nobody said of which kind it is.
    """
    return {route: _OF_ROUTE[route] if list(names) else NO_THING for route, names in parts.items()}
