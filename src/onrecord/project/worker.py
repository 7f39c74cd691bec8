"""The process that does jobs: `python -m onrecord.project.worker`."""

import os
from typing import TYPE_CHECKING, cast

import django

if TYPE_CHECKING:
    from procrastinate.contrib.django.django_connector import DjangoConnector


def main() -> None:
    """Take jobs from the database and do them until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onrecord.project.settings.production")
    django.setup()
    # Not the management command: its own logging writes what jobs were called with.
    from procrastinate.contrib.django import app  # noqa: PLC0415 (needs Django set up)

    connector = cast("DjangoConnector", app.connector).get_worker_connector()
    with app.replace_connector(connector) as working:
        working.run_worker(install_signal_handlers=True)


if __name__ == "__main__":
    main()
