"""The process that gives ledger events their positions."""

import os
from importlib import import_module

import django

SEQUENCER = "onrecord.apps.audit.sequencer"


def main() -> None:
    """Run the sequencer until told to stop."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onrecord.project.settings.production")
    django.setup()
    import_module(SEQUENCER).run_forever()


if __name__ == "__main__":
    main()
