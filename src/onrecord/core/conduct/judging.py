"""What several judgements of one pair come to.

A source's own list and a person at the desk may both have spoken of two records, or two cases.
Whoever says that they are two is believed before whoever says that they are one: a wrong link
puts another person's allegation on a record, a missing one can be made at any time.
"""

from collections.abc import Iterable

from onrecord.core.kernel.facts import Fact

HELD_SQL = "bool_or(judgement = 'same') and not bool_or(judgement = 'not_same')"
"""The same in SQL, of the judgements of one pair."""


def held_same(judgements: Iterable[Fact], one: str, other: str) -> list[Fact]:
    """Return the judgements that hold two to be one, of pairs that nobody holds to be two.

    `one` and `other` are the columns in which a judgement names its pair.
    """
    found = list(judgements)
    apart = {(f[one], f[other]) for f in found if f["judgement"] == "not_same"}
    return [f for f in found if f["judgement"] == "same" and (f[one], f[other]) not in apart]
