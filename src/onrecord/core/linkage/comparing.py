"""What two mentions are compared by: named comparisons, each with levels in words and in SQL.

The SQL reads `NAME_l` and `NAME_r`. Where engines call a function differently, `{…}` stands
for it (`FUNCTIONS`); everything else is arithmetic that all of them share.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

type Engine = Literal["duckdb", "spark"]

FUNCTIONS: Mapping[Engine, Mapping[str, str]] = {
    "duckdb": {
        "alike": "jaro_winkler_similarity",
        "edits": "damerau_levenshtein",
        "shared": "list_intersect",
        "many": "len",
    },
    "spark": {
        "alike": "jaro_winkler",
        "edits": "levenshtein",
        "shared": "array_intersect",
        "many": "size",
    },
}


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
    """

    name: str
    title: str
    missing: str
    levels: tuple[Level, ...]

    @property
    def told_by(self) -> str:
        """Return the column without which there is nothing to compare; none if empty."""
        return {
            "names": "both_names",
            "words": "name_words",
            "born": "birth_year",
            "source": "",
        }.get(self.name, self.name)

    @property
    def columns(self) -> frozenset[str]:
        """Return the columns whose frequencies are needed."""
        return frozenset(level.by_frequency for level in self.levels if level.by_frequency)

    def as_splink(self, engine: Engine) -> dict[str, Any]:
        """Return it as Splink's settings have it."""
        names = FUNCTIONS[engine]
        levels: list[dict[str, Any]] = [
            {
                "sql_condition": _spelt(self.missing, names),
                "label_for_charts": "missing",
                "is_null_level": True,
            }
        ]
        for level in self.levels:
            made: dict[str, Any] = {
                "sql_condition": _spelt(level.sql, names), "label_for_charts": level.code,
            }  # fmt: skip
            if level.by_frequency:
                made["tf_adjustment_column"] = level.by_frequency
            levels.append(made)
        return {"output_column_name": self.name, "comparison_levels": levels}


def _spelt(sql: str, names: Mapping[str, str]) -> str:
    for name, function in names.items():
        sql = sql.replace(f"{{{name}}}", function)
    return sql


ELSE = "ELSE"


def _missing(column: str) -> str:
    return f"{column}_l is null or {column}_r is null"


def _same(column: str, *, by_frequency: bool = False) -> Level:
    return Level("same", "the same", f"{column}_l = {column}_r", column if by_frequency else "")


def _alike(column: str, least: float, code: str, words: str) -> Level:
    return Level(code, words, f"{{alike}}({column}_l, {column}_r) >= {least}")


def _differ(words: str = "different") -> Level:
    return Level("differ", words, ELSE)


def _plain(column: str, title: str, *, by_frequency: bool = False) -> Comparison:
    levels = (_same(column, by_frequency=by_frequency), _differ())
    return Comparison(column, title, _missing(column), levels)


_FAMILY = Comparison(
    "family", "Family name", _missing("family"),
    (
        _same("family", by_frequency=True),
        Level("part", "one is part of the other",
              "length(family_l) >= 4 and length(family_r) >= 4 and"
              " (starts_with(family_l, concat(family_r, ' ')) or starts_with(family_r, concat(family_l, ' ')))"),
        _alike("family", 0.92, "close", "nearly the same"),
        _alike("family", 0.85, "alike", "alike"),
        _differ(),
    ),
)  # fmt: skip

_GIVEN = Comparison(
    "given", "Given name", _missing("given"),
    (
        _same("given", by_frequency=True),
        Level("short", "a short form of the other", "given_root_l = given_root_r"),
        _alike("given", 0.9, "close", "nearly the same"),
        Level("initial", "only an initial, and it fits",
              "(length(given_l) = 1 or length(given_r) = 1) and left(given_l, 1) = left(given_r, 1)"),
        Level("begins", "the same first letter", "left(given_l, 1) = left(given_r, 1)"),
        _differ(),
    ),
)  # fmt: skip

_NAMES = Comparison(
    "names", "Names", "(family_l is null and given_l is null) or (family_r is null and given_r is null)",
    (
        Level("same", "both the same", "both_names_l = both_names_r", "both_names"),
        Level("swapped", "the same, the other way round", "family_l = given_r and given_l = family_r"),
        Level("close", "both nearly the same",
              "{alike}(family_l, family_r) >= 0.88 and {alike}(given_l, given_r) >= 0.88"),
        Level("close_swapped", "nearly the same, the other way round",
              "{alike}(family_l, given_r) >= 0.88 and {alike}(given_l, family_r) >= 0.88"),
        Level("family_fits", "the family name the same, and the given name could be",
              "family_l = family_r and ({alike}(given_l, given_r) >= 0.75 or given_1_l = given_1_r)"),
        Level("given_fits", "the given name the same, and the family name could be",
              "given_l = given_r and ({alike}(family_l, family_r) >= 0.75 or family_1_l = family_1_r)"),
        Level("family_alone", "the family name the same, a given name is missing",
              "family_l = family_r and (given_l is null or given_r is null)"),
        Level("given_alone", "the given name the same, a family name is missing",
              "given_l = given_r and (family_l is null or family_r is null)"),
        Level("family", "the family name the same", "family_l = family_r", "family"),
        Level("given", "the given name the same", "given_l = given_r", "given"),
        Level("one_close", "one of them nearly the same",
              "{alike}(family_l, family_r) >= 0.88 or {alike}(given_l, given_r) >= 0.88"
              " or {alike}(family_l, given_r) >= 0.88 or {alike}(given_l, family_r) >= 0.88"),
        _differ(),
    ),
)  # fmt: skip

_WORDS = Comparison(
    "words", "All names", "{many}(words_l) = 0 or {many}(words_r) = 0",
    (
        Level("all", "every word of both the same", "name_words_l = name_words_r", "name_words"),
        Level("three", "three or more words shared", "{many}({shared}(words_l, words_r)) >= 3"),
        Level("within", "all words of the shorter are in the longer",
              "{many}({shared}(words_l, words_r)) >= 2 and"
              " {many}({shared}(words_l, words_r)) >= least({many}(words_l), {many}(words_r))"),
        Level("two", "two words shared", "{many}({shared}(words_l, words_r)) >= 2"),
        Level("close", "both names nearly the same",
              "{alike}(family_l, family_r) >= 0.88"
              " and (given_root_l = given_root_r or {alike}(given_l, given_r) >= 0.88)"),
        Level("family", "the family name nearly the same, and the first letter",
              "{alike}(family_l, family_r) >= 0.9 and given_1_l = given_1_r"),
        Level("one", "one word shared", "{many}({shared}(words_l, words_r)) >= 1"),
        Level("alike", "one name nearly the same",
              "{alike}(family_l, family_r) >= 0.88 or {alike}(given_l, given_r) >= 0.9"
              " or {alike}(family_l, given_r) >= 0.88 or {alike}(given_l, family_r) >= 0.88"),
        _differ(),
    ),
)  # fmt: skip

_BIRTH_DATE = Comparison(
    "birth_date", "Date of birth", _missing("birth_date"),
    (
        _same("birth_date"),
        Level("swapped", "day and month the other way round",
              "left(birth_date_l, 4) = left(birth_date_r, 4) and"
              " substr(birth_date_l, 5, 2) = substr(birth_date_r, 7, 2) and"
              " substr(birth_date_l, 7, 2) = substr(birth_date_r, 5, 2)"),
        Level("one_off", "one figure differs, or two next to each other are swapped",
              "{edits}(birth_date_l, birth_date_r) <= 1"),
        Level("two_off", "two figures differ", "{edits}(birth_date_l, birth_date_r) <= 2"),
        Level("year", "the same year", "left(birth_date_l, 4) = left(birth_date_r, 4)"),
        _differ(),
    ),
)  # fmt: skip

_BIRTH_YEAR = Comparison(
    "birth_year", "Year of birth", _missing("birth_year"),
    (
        _same("birth_year"),
        Level("within_one", "within a year, as an age tells", "abs(birth_year_l - birth_year_r) <= 1"),
        _differ(),
    ),
)  # fmt: skip

_BORN = Comparison(
    "born", "Born", _missing("birth_year"),
    (
        _same("birth_date"),
        Level("swapped", "day and month the other way round",
              "left(birth_date_l, 4) = left(birth_date_r, 4) and"
              " substr(birth_date_l, 5, 2) = substr(birth_date_r, 7, 2) and"
              " substr(birth_date_l, 7, 2) = substr(birth_date_r, 5, 2)"),
        Level("one_off", "one figure differs, or two next to each other are swapped",
              "{edits}(birth_date_l, birth_date_r) <= 1"),
        Level("year", "the same year, no more is known of one",
              "birth_year_l = birth_year_r and (birth_date_l is null or birth_date_r is null)"),
        Level("within_one", "within a year, as an age tells",
              "abs(birth_year_l - birth_year_r) <= 1 and (birth_date_l is null or birth_date_r is null)"),
        Level("two_off", "two figures differ", "{edits}(birth_date_l, birth_date_r) <= 2"),
        Level("same_year", "the same year, another day", "birth_year_l = birth_year_r"),
        _differ(),
    ),
)  # fmt: skip

_APPOINTED = Comparison(
    "appointed", "Date of appointment", _missing("appointed"),
    (
        _same("appointed", by_frequency=True),
        Level("near", "the same year or within a month",
              "abs(appointed_l - appointed_r) <= 31 or appointed_year_l = appointed_year_r"),
        _differ(),
    ),
)  # fmt: skip

_SUFFIX = Comparison(
    "suffix", "Suffix", "suffix_l is null and suffix_r is null",
    (
        Level("same", "the same", "suffix_l = suffix_r"),
        Level("one", "only one has one", "suffix_l is null or suffix_r is null"),
        _differ(),
    ),
)  # fmt: skip

_SOURCE = Comparison(
    "source", "Source", "false",
    (
        Level("two_keys", "one source has them as two", "source_l = source_r and key_l <> key_r"),
        Level("another", "two sources", ELSE),
    ),
)  # fmt: skip

_POSTCODE = Comparison(
    "postcode", "Postcode", _missing("postcode"),
    (
        _same("postcode", by_frequency=True),
        Level("one_off", "one figure differs", "{edits}(postcode_l, postcode_r) <= 1"),
        Level("area", "the same area", "postcode_area_l = postcode_area_r"),
        _differ(),
    ),
)  # fmt: skip

_STREET = Comparison(
    "street", "Street", _missing("street"),
    (
        _same("street", by_frequency=True),
        _alike("street", 0.88, "close", "nearly the same"),
        _differ(),
    ),
)  # fmt: skip

_PLACE = Comparison(
    "place", "Place", _missing("place"),
    (
        _same("place", by_frequency=True),
        _alike("place", 0.88, "close", "nearly the same"),
        _differ(),
    ),
)  # fmt: skip

_NUMBER = Comparison(
    "number", "Collar number", _missing("number"),
    (_same("number"), _differ()),
)  # fmt: skip

_IDENTIFIER = Comparison(
    "identifier", "Official number", _missing("identifier"),
    (
        _same("identifier"),
        Level("one_off", "one figure differs", "{edits}(identifier_l, identifier_r) <= 1"),
        Level("two_off", "two figures differ", "{edits}(identifier_l, identifier_r) <= 2"),
        _differ(),
    ),
)  # fmt: skip

COMPARISONS: Mapping[str, Comparison] = {
    each.name: each
    for each in (
        _FAMILY, _GIVEN, _NAMES, _WORDS, _BIRTH_DATE, _BIRTH_YEAR, _BORN, _APPOINTED, _SUFFIX, _SOURCE, _POSTCODE,
        _STREET, _PLACE, _NUMBER, _IDENTIFIER, _plain("middle", "Middle name"),
        _plain("sex", "Sex"), _plain("ethnicity", "Ethnicity"),
        _plain("house", "House number", by_frequency=True),
        _plain("occupation", "Occupation", by_frequency=True),
        _plain("warrant", "Warrant number"),
    )
}  # fmt: skip
