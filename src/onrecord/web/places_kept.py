"""Where this installation keeps what is not in the database."""

from pathlib import Path

from django.conf import settings

from onrecord.apps.programmes.selectors import Shelves


def shelves() -> Shelves:
    """Return the folders of snapshots and of frozen cohorts."""
    return Shelves.of_home(settings.HOME.root)


def imports_folder() -> Path:
    """Return the folder in which imports leave their rejects files."""
    folder: Path = settings.HOME.imports
    return folder
