"""Where this installation keeps what is not in the database."""

from pathlib import Path

from django.conf import settings

from onrecord.apps.programmes.selectors import Shelves
from onrecord.core.documents.shelf import DocumentShelf


def shelves() -> Shelves:
    """Return the folders of snapshots and of frozen cohorts."""
    return Shelves.of_home(settings.HOME.root)


def documents_kept() -> DocumentShelf:
    """Return the stores of documents, with the scanner that is set up, if one is."""
    return DocumentShelf.at(settings.HOME.documents, scanner=settings.SCANNER)


def imports_folder() -> Path:
    """Return the folder in which imports leave their rejects files."""
    folder: Path = settings.HOME.imports
    return folder
