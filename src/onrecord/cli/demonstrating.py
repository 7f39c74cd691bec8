"""What makes the demonstration a desk to sit down at: an account, and a cohort that has been run."""

import secrets

from onrecord.cli import session
from onrecord.cli.demonstration_desk import people_the_desk
from onrecord.cli.viewing import viewer_for
from onrecord.project.home import Home
from onrecord.project.secret_store import existing_secret, keep_secret

USERNAME = "demo"
COHORT = "reported-review"
_SECRET = "demonstration-account"  # noqa: S105 - the name of a secret


def demonstration_account(home: Home) -> tuple[str, str]:
    """Return the name and password of the review lead of the demonstration; make all accounts once.

    The password is drawn at random and kept in the home's file of secrets, so that a
    second run prints the same one.
    """
    password = existing_secret(home, _SECRET) or secrets.token_urlsafe(12)
    keep_secret(home, _SECRET, password)
    people_the_desk(password, USERNAME)
    return USERNAME, password


def run_review(store: session.Store) -> dict[str, int]:
    """Run the cohort of the reported review and return its counts."""
    from onrecord.apps.programmes.selectors import Shelves, definition_text
    from onrecord.apps.programmes.services import run_cohort

    viewer = viewer_for("demo", reason="the demonstration")
    result = run_cohort(
        viewer=viewer,
        shelves=Shelves.of_home(store.home.root),
        yaml=definition_text(viewer, COHORT),
    )
    return {name: result.as_json()[name] for name in ("people", "cases", "items")}
