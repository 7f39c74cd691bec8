"""One word for one thing: nouns are in the glossary, and nobody on a page is called what they are not."""

import ast
import re
from collections.abc import Iterator

import pytest

from onrecord.core.kernel.kinds import KINDS
from whole.tree import ROOT, name, text, tracked

WEB = ROOT / "src" / "onrecord" / "web"
# People complained of are subjects; cases are finalised; nobody is "cleared".
BANNED = re.compile(
    r"\b(cleared|accused|exonerat\w+|offenders?|perpetrators?|culprits?|innocent|guilty)\b",
    re.IGNORECASE,
)
PAGES = [p for p in tracked() if WEB in p.parents and p.suffix in {".jinja", ".js", ".svg"}]
SHOWN = [
    p
    for p in tracked()
    if p.suffix == ".py" and (WEB in p.parents or "verbs" in p.parts or p.parent.name == "wording")
]


def defined() -> set[str]:
    rows = [
        line.split("|")[1]
        for line in text(ROOT / "docs/glossary.md").splitlines()
        if line[:1] == "|"
    ]
    words = (re.sub(r"\(.*?\)", "", word) for row in rows for word in row.split(","))
    return {word.strip().replace("-", " ").lower() for word in words}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_fact_is_in_the_glossary(kind):
    assert kind.replace("_", " ") in defined()


def test_no_word_is_defined_twice():
    rows = re.findall(r"^\| ([^|]+) \|", text(ROOT / "docs/glossary.md"), re.MULTILINE)
    words = [word.strip() for row in rows for word in row.split(",")]
    assert sorted(words) == sorted(set(words))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_no_page_says_more_of_anybody_than_is_known(path):
    assert BANNED.findall(text(path)) == []


@pytest.mark.parametrize("path", SHOWN, ids=name)
def test_no_sentence_in_code_does_either(path):
    said = [value for value in sentences(ast.parse(text(path))) if BANNED.search(value)]
    assert said == []


def sentences(tree: ast.Module) -> Iterator[str]:
    """Return the text in `tree` that somebody may be shown: everything but names and docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    silent = {id(n.body[0].value) for n in ast.walk(tree)
              if isinstance(n, documented) and n.body and isinstance(n.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.value


def test_a_banned_word_would_be_found():
    assert BANNED.search("was Cleared of")
    assert list(sentences(ast.parse('"""about"""\nx = f"was cleared {y}"'))) == ["was cleared "]
