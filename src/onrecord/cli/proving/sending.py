"""Send what is no address: lists taken out, bundles, words looked for in documents, asks by key."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from onrecord.cli.proving.people import signed_in, viewer_of_role
from onrecord.cli.proving.visiting import Answer, asked

if TYPE_CHECKING:
    from django.test import Client

BY_KEY = ("person:read", "case:read", "person:search", "task:read")
"""What the keys are good for: everything that there is an interface for."""

OF_NOTHING, OF_ONE = ("my-work", "team-work", "unallocated"), {"C": "case", "P": "person"}
"""Lists that are of no thing, and those of one, by the first letter of its reference."""

type Sent = tuple[str, Answer]


def make_keys(roles: Sequence[str]) -> dict[str, str]:
    """Make a service account and a key for each of these roles; return the keys by role."""
    from onrecord.apps.access.roles import Role
    from onrecord.apps.access.services import create_user
    from onrecord.apps.signing_in.services import make_key
    from onrecord.cli.proving.people import ORGANISATION
    from onrecord.core.ledger.actors import LOCAL_OPERATOR

    keys = {}
    for role in roles:
        user = create_user(
            actor=LOCAL_OPERATOR, reason="proving", username=f"service.{role}",
            display_name=f"Service of {role}", organisation_code=ORGANISATION, role=Role(role),
            password=None, is_service_account=True,
        )  # fmt: skip
        keys[role] = make_key(
            viewer=viewer_of_role("administrator"), user=user, name="proving", verbs=BY_KEY,
            lasts=timedelta(days=9),
        )  # fmt: skip
    return keys


def send(
    role: str, key: str, *, references: Sequence[str], words: Sequence[str]
) -> dict[str, Answer]:
    """Send everything there is to be sent as one role, and by its key; return each answer by what it was."""
    client = signed_in(role)
    return dict([
        *_taken_out(client, references),
        *_bundles(client, references),
        *((f"DOCUMENTS {word}", asked(client.post, "/documents/search", {"words": word})[0])
          for word in words),
        *_by_key(key, references, words),
    ])  # fmt: skip


def _taken_out(client: "Client", references: Sequence[str]) -> Iterator[Sent]:
    wanted = [(what, "") for what in OF_NOTHING]
    wanted += [(OF_ONE[of[0]], of) for of in references if of[0] in OF_ONE]
    for what, of in wanted:
        given = {"what": what, "of": of, "file_format": "csv", "reason": "proving"}
        yield f"TAKE OUT {what} {of}".strip(), asked(client.post, "/exports/take", given)[0]


def _bundles(client: "Client", references: Sequence[str]) -> Iterator[Sent]:
    """Take out bundles. Their proofs hang on the whole ledger's length; the facts in them are compared."""
    for of in references:
        if of.startswith("C"):
            answer, _ = asked(client.post, f"/cases/{of}/bundle", {}, only=_facts_of_bundle)
            yield f"BUNDLE {of}", answer


def _facts_of_bundle(text: str) -> str:
    try:
        found = json.loads(text)
    except ValueError:
        return text
    facts = [{"version": one["version"], "content": one["content"]} for one in found["facts"]]
    return json.dumps(facts, indent=1, sort_keys=True)


def _by_key(key: str, references: Sequence[str], words: Sequence[str]) -> Iterator[Sent]:
    from django.test import Client

    client = Client(
        headers={"host": "127.0.0.1", "authorization": f"Bearer {key}", "x-reason": "proving"},
        raise_request_exception=False,
    )
    spaces: Mapping[str, str] = {"C": "cases", "P": "people", "T": "tasks"}
    paths = ["whoami", "tasks"]
    paths += [f"{spaces[of[0]]}/{of}" for of in references if of[0] in spaces]
    for path in paths:
        yield f"KEY GET {path}", asked(client.get, f"/api/v1/{path}")[0]
    for word in words:
        yield f"KEY SEARCH {word}", asked(_posting(client), "/api/v1/search", {"text": word})[0]


def _posting(client: "Client") -> Callable[..., Any]:
    def post(path: str, data: dict[str, str]) -> Any:
        return client.post(path, data, content_type="application/json")

    return post
