import pytest
from django.core.exceptions import FieldFetchBlocked

from onrecord.apps.access.models import User
from onrecord.apps.access.roles import Role
from onrecord.apps.organisations.models import Holder
from onrecord.apps.organisations.services import ensure_holder
from stores import acting


def test_a_field_that_was_not_asked_for_is_not_fetched_behind_the_scenes(store):
    with acting():
        User.objects.create(username="r.okafor", display_name="R. Okafor", role=Role.REVIEWER.value)
    with pytest.raises(FieldFetchBlocked):
        _ = User.objects.defer("display_name").get().display_name


def test_nor_is_a_row_of_another_table(store):
    ensure_holder("NSP:HR")
    with pytest.raises(FieldFetchBlocked):
        _ = Holder.objects.get().organisation.name
    assert Holder.objects.select_related("organisation").get().organisation.code == "NSP"
