"""Serve one home: its database, its secrets."""

import os
import secrets

from onrecord.project.database import (
    administrator,
    django_databases,
    is_prepared,
    unset_databases,
)
from onrecord.project.home import find_home
from onrecord.project.secret_store import existing_secret
from onrecord.project.settings.base import *  # noqa: F403 (Django's way of layering settings)

HOME = find_home()
# A home not yet opened has no secrets: tools may load settings, sessions would not last.
SECRET_KEY = (
    os.environ.get("ONRECORD_SECRET_KEY")
    or existing_secret(HOME, "django")
    or secrets.token_urlsafe(50)
)
# What is being uploaded lies where only this account can read it, not in a shared folder.
FILE_UPLOAD_TEMP_DIR = HOME.documents if HOME.documents.is_dir() else None
DATABASES = (
    django_databases(HOME, administrator(HOME), pool=os.environ.get("ONRECORD_POOL") == "1")
    if is_prepared(HOME)
    else unset_databases()
)
