"""Accounts of people who are themselves on record, for tests of conflicts."""

from tests.worlds.building import World, day

from onrecord.apps.access.models import User
from onrecord.apps.access.roles import Role
from onrecord.apps.access.selectors import viewer_for_user
from onrecord.apps.access.services import create_user
from onrecord.core.ledger.actors import LOCAL_OPERATOR


def account(name, role=Role.APPROPRIATE_AUTHORITY, **more):
    return create_user(
        actor=LOCAL_OPERATOR, reason="a test", username=name, display_name=name.title(),
        organisation_code="NSP", role=role, password=None, **more,
    )  # fmt: skip


def sees(name, reason="a test"):
    return viewer_for_user(User.objects.get(username=name), reason=reason, page="test")


def unit(world, record, **more):
    """Put somebody into one unit, the same for all unless told otherwise."""
    given = {
        "employer": "NSP", "unit": "Harbour", "happened_from": day("2015-01-01"),
        "happened_to": day("2019-01-01"), "is_service": False,
    } | more  # fmt: skip
    return world.add("service_spell", "NSP:HR", "2015-01-01", record_lineage=record, **given)


def about(world, record, key, occurred="2017-05-01", **more):
    """Make a case with one allegation about somebody."""
    case = world.case("NSP:PSD", key, "2018-02-01", case_type="complaint",
                      reported_on=day("2018-02-01"), **more)  # fmt: skip
    world.add("allegation", "NSP:PSD", "2018-02-01", case_lineage=case, record_lineage=record,
              category="Rudeness", occurred_on=day(occurred))  # fmt: skip
    return case


def staff(world, *keys):
    """Write a person record for each key, and return them."""
    return [
        world.person("NSP:HR", key, "2014-01-01", given_names=f"Given{key}", family_name=f"Fam{key}",
                     service_number=key)
        for key in keys
    ]  # fmt: skip


def new_world():
    """Return an empty world."""
    return World()
