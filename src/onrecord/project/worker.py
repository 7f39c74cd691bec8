"""The process that does jobs: `python -m onrecord.project.worker`."""

import os

import django
from django.core.management import call_command


def main() -> None:
    """Take jobs from the database and do them until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onrecord.project.settings.production")
    django.setup()
    call_command("procrastinate", "worker")


if __name__ == "__main__":
    main()
