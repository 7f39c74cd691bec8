"""Words that are no part of a name, and values that stand for not knowing."""

import csv
from importlib.resources import files

RANKS = frozenset({
    "pc", "wpc", "ps", "sgt", "sergt", "sergeant", "constable", "officer", "insp", "inspector", "chief",
    "supt", "superintendent", "det", "detective", "dc", "wdc", "ds", "di", "dci", "dsupt", "dcs", "ci",
    "acting", "temporary", "special", "spc", "pcso", "lieutenant", "lt", "captain", "capt", "commander",
    "cdr", "deputy", "assistant", "commissioner", "acc", "dcc", "cc", "trainee", "probationer",
})  # fmt: skip
"""Ranks written before a name, as often as not with the word of the duty."""

TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady", "rev", "the", "messrs",
})  # fmt: skip

PARTICLES = frozenset({
    "de", "da", "do", "dos", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "ter",
    "el", "al", "bin", "ibn", "bint", "mac", "mc", "o", "st", "san", "abu", "ap",
})  # fmt: skip
"""Small words that belong to the family name they stand before."""

NO_NAME = frozenset({
    "unknown", "not known", "nk", "n k", "na", "n a", "none", "nil", "null", "test", "testing", "tbc",
    "tba", "anon", "anonymous", "x", "xx", "xxx", "male", "female", "unk", "not stated", "not recorded",
    "not given", "withheld", "refused", "no name", "name", "surname", "forename", "first name",
    "officer", "john doe", "jane doe", "unidentified", "unnamed", "redacted", "other", "various",
})  # fmt: skip
"""What is written where nobody knows a name. It never becomes a person."""

NO_DATES = frozenset(
    {"19000101", "19010101", "17530101", "19700101", "99991231", "00010101", "11111111"}
)
"""Days that systems write where nobody knows one."""


def nicknames() -> list[tuple[str, str]]:
    """Return every short form with the one name that stands for all forms of it.

    A form of several names (Chris, Pat, Sandy) goes with the first: it is compared with
    its own kind, never expanded.
    """
    text = files("onrecord.core.linkage").joinpath("nicknames.csv").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for row in csv.DictReader(text.splitlines()):
        for short in row["short"].split():
            found.setdefault(short, row["root"])
    return sorted(found.items())
