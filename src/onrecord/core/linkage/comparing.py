"""What two mentions are compared by: named comparisons, each with levels in words and in SQL.

The SQL reads `NAME_l` and `NAME_r`, as Splink hands them over; what there is to compare by stands
in `comparisons`.
"""

from dataclasses import dataclass
from typing import Any

MISSING = "missing"
"""The code of the level at which there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which two mentions may agree or differ.

    Attributes:
        code: what the model file calls it.
        words: what a person reads at the desk.
        sql: when it holds, unless a level before it does.
        by_frequency: the column by whose rarity agreement counts for more; none if empty.
    """

    code: str
    words: str
    sql: str
    by_frequency: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, and its levels from agreement to difference.

    Attributes:
        missing: when there is nothing to compare: it counts neither way.
        told_by: the column without which there is nothing to compare; none if empty.
    """

    name: str
    title: str
    missing: str
    levels: tuple[Level, ...]
    told_by: str

    @property
    def columns(self) -> frozenset[str]:
        """Return the columns whose frequencies are needed."""
        return frozenset(level.by_frequency for level in self.levels if level.by_frequency)

    def as_splink(self) -> dict[str, Any]:
        """Return it as Splink's settings have it."""
        levels: list[dict[str, Any]] = [
            {"sql_condition": self.missing, "label_for_charts": MISSING, "is_null_level": True}
        ]
        for level in self.levels:
            made: dict[str, Any] = {"sql_condition": level.sql, "label_for_charts": level.code}
            if level.by_frequency:
                made["tf_adjustment_column"] = level.by_frequency
            levels.append(made)
        return {"output_column_name": self.name, "comparison_levels": levels}


ELSE = "ELSE"
"""The condition of a level that holds where none before it does."""


def comparison(column: str, title: str, *between: Level, by_frequency: bool = False) -> Comparison:
    """Return a comparison of one column: the same, levels `between`, different."""
    same = Level("same", "the same", f"{column}_l = {column}_r", column if by_frequency else "")
    return Comparison(column, title, missing(column), (same, *between, differ()), column)


def missing(column: str) -> str:
    """Return the condition that either lacks a column."""
    return f"{column}_l is null or {column}_r is null"


def alike(column: str, least: float, code: str = "close", words: str = "nearly the same") -> Level:
    """Return the level at which two texts are alike by Jaro and Winkler's measure."""
    return Level(code, words, like(column, column, least))


def like(column: str, other: str, least: float) -> str:
    """Return the condition that a column of the one is so much like a column of the other."""
    return f"jaro_winkler_similarity({column}_l, {other}_r) >= {least}"


def edits(column: str, most: int, code: str, words: str) -> Level:
    """Return the level at which so many changes, or swaps of neighbours, make one of the other."""
    return Level(code, words, f"damerau_levenshtein({column}_l, {column}_r) <= {most}")


def differ() -> Level:
    """Return the level that is left."""
    return Level("differ", "different", ELSE)
