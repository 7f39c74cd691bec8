import pytest
from django.core.management import call_command


def test_every_change_to_a_model_has_its_migration(store):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_django_has_nothing_to_complain_of(store):
    call_command("check", databases=["default"], fail_level="WARNING")


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_health_is_told_without_signing_in(store, client, path):
    assert client.get(path).status_code == 200
