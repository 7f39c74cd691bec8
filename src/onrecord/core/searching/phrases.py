"""Make phrases of a search quick: look up the pairs of neighbouring words that they are made of.

PostgreSQL finds a phrase by trying it on every text in which its words stand anywhere. Of
common words that is nearly every text. Each text therefore has its pairs of neighbouring
words beside its words, and a phrase asks for those first.
"""

import re

LONG = "'...'"
"""What marks a text too long for its pairs: on such a one a phrase is tried out."""

_LEXEME = r"'(?:[^'\\]|''|\\\\)*'"
_STEP = r" <(-|\d+)> "
_CHAIN = re.compile(rf"{_LEXEME}(?:{_STEP}{_LEXEME})+")
_LINK = re.compile(rf"{_STEP}({_LEXEME})")
_FIRST = re.compile(_LEXEME)


def with_pairs(query: str) -> str:
    """Return a search, as PostgreSQL writes a `tsquery`, whose phrases ask for their pairs as well.

    What it finds is the same but where another word stands in the place of a stop word:
    "assault of a child" does not find "assault upon tall child".
    """
    return _CHAIN.sub(lambda found: f"( {found[0]} & ( {_pairs(found[0])} | {LONG} ) )", query)


def _pairs(chain: str) -> str:
    first = _FIRST.match(chain)
    before = first[0] if first else ""
    pairs = []
    for gap, lexeme in _LINK.findall(chain):
        pairs.append(f"'{before[1:-1]} {1 if gap == '-' else gap} {lexeme[1:-1]}'")
        before = lexeme
    return " & ".join(pairs)
