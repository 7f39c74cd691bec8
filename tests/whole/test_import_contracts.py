"""The import contracts hold, and each refuses the breach it was written for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports_command as c; c()"

BREACHES = {
    "django in core": ("core/kernel/ids.py", "import django"),
    "core on apps": ("core/kernel/ids.py", "import onrecord.apps.access.roles"),
    "kernel on ledger": ("core/kernel/ids.py", "import onrecord.core.ledger.canonical"),
    "a core folder nobody declared": ("core/newcomer/__init__.py", ""),
    "apps on web": ("apps/access/services.py", "import onrecord.web.urls"),
    "audit on access": ("apps/audit/services.py", "import onrecord.apps.access.roles"),
    "models on services": ("apps/access/models.py", "import onrecord.apps.access.services"),
    "an app nobody declared": ("apps/newcomer/__init__.py", ""),
    "pages on tables": ("web/accounts/views.py", "import onrecord.apps.access.models"),
    "pages on the command line": ("web/accounts/views.py", "import onrecord.cli.output"),
    "the command line on pages": ("cli/output.py", "import onrecord.web.urls"),
    "a slice on a slice": ("web/people/views.py", "import onrecord.web.search.views"),
    "a slice nobody declared": ("web/newcomer/__init__.py", ""),
    "a component on the trade": (
        "web/components/tag/component.py",
        "import onrecord.core.kernel.ids",
    ),
    "web on project": ("web/accounts/views.py", "import onrecord.project.home"),
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tree")
    shutil.copytree(
        ROOT / "src" / "onrecord",
        folder / "onrecord",
        ignore=lambda _folder, names: [
            n
            for n in names
            if n == "node_modules" or ("." in n and not n.endswith((".py", ".typed")))
        ],
    )
    shutil.copy(ROOT / ".importlinter", folder)
    return folder


def lint(folder):
    return subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_tree_keeps_every_contract(tree):
    done = lint(tree)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("breach", BREACHES)
def test_a_planted_breach_is_refused(tree, breach):
    path, line = BREACHES[breach]
    file = tree / "onrecord" / path
    before = file.read_text() if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text((before or "") + f"\n{line}\n")
    try:
        assert lint(tree).returncode != 0
    finally:
        if before is None:
            shutil.rmtree(file.parent)
        else:
            file.write_text(before)
