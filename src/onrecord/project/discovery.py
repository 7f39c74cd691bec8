"""Find what the tree holds, so that adding a context or a slice edits no list."""

from importlib.util import find_spec
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def installed_apps() -> list[str]:
    """Return every Django app under `onrecord.apps`: the folders with an `apps.py`."""
    found = sorted(path.parent.name for path in (PACKAGE / "apps").glob("*/apps.py"))
    return [f"onrecord.apps.{name}" for name in found]


def template_folders() -> list[Path]:
    """Return where pages and components keep their templates."""
    web = PACKAGE / "web"
    return [web, *sorted(web.glob("templates")), *sorted(web.glob("*/templates"))]


def static_folders() -> list[Path]:
    """Return where styles and scripts lie."""
    web = PACKAGE / "web"
    return [path for path in (web / "static", web / "components" / "static") if path.is_dir()]


def exists(module: str) -> bool:
    """Whether a module is there to be imported, without importing it."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # its parent is not there either
        return False
