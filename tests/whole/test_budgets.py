"""How long things may be, and that what can be called says what it means."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
LONGEST_FILE, LONGEST_TEST_FILE, LONGEST_FUNCTION = 350, 500, 50


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [p for p in SOURCES if "migrations" not in p.parts], ids=name)
def test_files_and_functions_stay_short(path):
    text = path.read_text()
    assert len(text.splitlines()) <= LONGEST_FILE
    too_long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert too_long == []


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("*.py")), ids=name)
def test_test_files_stay_short(path):
    assert len(path.read_text().splitlines()) <= LONGEST_TEST_FILE


@pytest.mark.parametrize("path", [p for p in SOURCES if "migrations" not in p.parts], ids=name)
def test_everything_public_says_what_it_means(path):
    tree = ast.parse(path.read_text())
    silent = [] if ast.get_docstring(tree) or not tree.body else ["the module"]
    assert silent + list(undocumented(tree)) == []


def undocumented(node, inside=""):
    """Return the public classes, functions and methods under `node` that say nothing."""
    for each in node.body:
        if not isinstance(each, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        # What a language or a framework names (`__str__`, `Meta`) is explained there.
        if each.name.startswith("_") or each.name == "Meta" or is_variant(each):
            continue
        if not ast.get_docstring(each):
            yield inside + each.name
        if isinstance(each, ast.ClassDef):
            yield from undocumented(each, f"{inside}{each.name}.")


def is_variant(function):
    """Tell whether it repeats another: an overload, a setter, or a method explained above it."""
    names = {ast.unparse(decorator).split(".")[-1] for decorator in function.decorator_list}
    return bool(names & {"overload", "setter", "override"})
