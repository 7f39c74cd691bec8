"""Styles and scripts, served under names made from their content.

A browser may then keep a file for ever: changed content has another name, so
nobody ever sees a new page in an old style.
"""

from pathlib import Path

from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

STATIC_ROOT_VARIABLE = "ONRECORD_STATIC_ROOT"


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # ships no types
    """Named by content, compressed once, and scripts import each other by those names."""

    support_js_module_import_aggregation = True


def collect(into: Path) -> None:
    """Bring all static files together in `into`; files of earlier versions stay.

    The settings of this process do not matter: it may itself serve nothing.
    """
    into.mkdir(parents=True, exist_ok=True)
    collecting = Command()
    collecting.storage = HashedFiles(location=into, base_url="/static/")
    call_command(collecting, interactive=False, verbosity=0)
