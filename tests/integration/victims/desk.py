"""A case with victims in it, and those who may be told of them. Every name is invented."""

import uuid

from tests.journeys.desk import account
from tests.worlds.building import World

from onrecord.apps.access.circles import put_in_circle
from onrecord.apps.access.selectors import user_named, viewer_for_user
from onrecord.core.kernel.ids import new_lineage, public_reference

REASON = "review 2026/014, case 311"
NAME, PHONE = "Ottoline Quarrendon", "07700 900417"


def viewer(name, role, *, is_fresh=True):
    """Make an account of that role, and return it as somebody who looks."""
    account(name, role=role)
    return viewer_for_user(user_named(name), reason=REASON, page="test", is_fresh=is_fresh)


class Harm:
    """A case, its victims, and an officer for contact with them."""

    def __init__(self, people=1):
        self.world = World()
        self.case = self.world.case("NSP:PSD", "CO/1", "2020-01-01")
        self.reference = public_reference("C", self.case)
        self.parties = [self.party(place) for place in range(people)]
        self.world.settle()
        self.officer = viewer("vc.officer", "victim_contact")
        self.authority = viewer("an.authority", "appropriate_authority")
        self.admit("vc.officer")

    def party(self, place=0, *, case=None, role="victim", **identity):
        """Add somebody harmed: their part in the case outside, who they are inside."""
        party, case = new_lineage(), case or self.case
        said = {"name": f"{NAME} {place}", "contact": PHONE, **identity}
        self.world.add(
            "party_identity", "NSP:PSD", "2020-01-01", lineage=party, case_lineage=case, **said
        )
        self.world.add(
            "party_role", "NSP:PSD", "2020-01-01", case_lineage=case, party=party, role=role,
            pseudonym=f"Victim {place + 1}",
        )  # fmt: skip
        return party

    def admit(self, name, case=None):
        """Put an account into the circle of the case."""
        put_in_circle(
            viewer=self.authority, user=user_named(name), thing_kind="case",
            lineage=case or self.case, part="victim_contact", reason=REASON,
        )  # fmt: skip


def nobody():
    """Return a party that is in no case."""
    return uuid.UUID(int=99)
