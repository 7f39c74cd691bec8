"""For tests: a home in which nothing is, and a database that `tests/stores.py` fills in."""

from pathlib import Path

from onrecord.project.database import unset_databases
from onrecord.project.home import Home
from onrecord.project.settings.base import *  # noqa: F403 (Django's way of layering settings)
from onrecord.project.signing_in import second_factor_for

SECRET_KEY = "only-for-tests-and-never-served"  # noqa: S105 (guards nothing)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DATABASES = unset_databases()
# What looks for a file finds none; what would write has to be given a home of its own.
HOME = Home(Path("/nonexistent/a-test-must-not-open-a-home"))
# Argon2 is slow on purpose; a test signs in many times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Most tests sign in with a password alone; those of second factors say so.
SECOND_FACTOR = second_factor_for("none")
# A test may type at the edge of a half-minute.
CODE_STEPS_EITHER_SIDE = 1
# Manifest storage answers 404 in a live server, and axe then passes an unstyled page.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
