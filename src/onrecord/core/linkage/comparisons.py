"""What people are compared by: each comparison, from agreement to difference, in words and in SQL."""

from collections.abc import Mapping

from onrecord.core.linkage.comparing import (
    ELSE,
    Comparison,
    Level,
    alike,
    comparison,
    differ,
    edits,
    like,
    missing,
)

_FAMILY = comparison(
    "family", "Family name",
    Level("part", "one is part of the other",
          "length(family_l) >= 4 and length(family_r) >= 4 and"
          " (starts_with(family_l, concat(family_r, ' ')) or starts_with(family_r, concat(family_l, ' ')))"),
    alike("family", 0.92), alike("family", 0.85, "alike", "alike"),
    by_frequency=True,
)  # fmt: skip

_GIVEN = comparison(
    "given", "Given name",
    Level("short", "a short form of the other", "given_root_l = given_root_r"),
    alike("given", 0.9),
    Level("initial", "only an initial, and it fits",
          "(length(given_l) = 1 or length(given_r) = 1) and given_1_l = given_1_r"),
    Level("begins", "the same first letter", "given_1_l = given_1_r"),
    by_frequency=True,
)  # fmt: skip

_NAMES = Comparison(
    "names", "Names", "(family_l is null and given_l is null) or (family_r is null and given_r is null)",
    (
        Level("same", "both the same", "both_names_l = both_names_r", "both_names"),
        Level("swapped", "the same, the other way round", "family_l = given_r and given_l = family_r"),
        Level("close", "both nearly the same",
              f"{like('family', 'family', 0.88)} and {like('given', 'given', 0.88)}"),
        Level("close_swapped", "nearly the same, the other way round",
              f"{like('family', 'given', 0.88)} and {like('given', 'family', 0.88)}"),
        Level("family_fits", "the family name the same, and the given name could be",
              f"family_l = family_r and ({like('given', 'given', 0.75)} or given_1_l = given_1_r)"),
        Level("given_fits", "the given name the same, and the family name could be",
              f"given_l = given_r and ({like('family', 'family', 0.75)} or family_1_l = family_1_r)"),
        Level("family_alone", "the family name the same, a given name is missing",
              "family_l = family_r and (given_l is null or given_r is null)"),
        Level("given_alone", "the given name the same, a family name is missing",
              "given_l = given_r and (family_l is null or family_r is null)"),
        Level("family", "the family name the same", "family_l = family_r", "family"),
        Level("given", "the given name the same", "given_l = given_r", "given"),
        Level("one_close", "one of them nearly the same",
              f"{like('family', 'family', 0.88)} or {like('given', 'given', 0.88)}"
              f" or {like('family', 'given', 0.88)} or {like('given', 'family', 0.88)}"),
        differ(),
    ),
    told_by="both_names",
)  # fmt: skip

_WORDS = Comparison(
    "words", "All names", "len(words_l) = 0 or len(words_r) = 0",
    (
        Level("all", "every word of both the same", "name_words_l = name_words_r", "name_words"),
        Level("three", "three or more words shared", "len(list_intersect(words_l, words_r)) >= 3"),
        Level("within", "all words of the shorter are in the longer",
              "len(list_intersect(words_l, words_r)) >= 2 and"
              " len(list_intersect(words_l, words_r)) >= least(len(words_l), len(words_r))"),
        Level("two", "two words shared", "len(list_intersect(words_l, words_r)) >= 2"),
        Level("close", "both names nearly the same",
              f"{like('family', 'family', 0.88)}"
              f" and (given_root_l = given_root_r or {like('given', 'given', 0.88)})"),
        Level("family", "the family name nearly the same, and the first letter",
              f"{like('family', 'family', 0.9)} and given_1_l = given_1_r"),
        Level("one", "one word shared", "len(list_intersect(words_l, words_r)) >= 1"),
        Level("alike", "one name nearly the same",
              f"{like('family', 'family', 0.88)} or {like('given', 'given', 0.9)}"
              f" or {like('family', 'given', 0.88)} or {like('given', 'family', 0.88)}"),
        differ(),
    ),
    told_by="name_words",
)  # fmt: skip

_DAYS_SWAPPED = Level(
    "swapped", "day and month the other way round",
    "left(birth_date_l, 4) = left(birth_date_r, 4) and"
    " substr(birth_date_l, 5, 2) = substr(birth_date_r, 7, 2) and"
    " substr(birth_date_l, 7, 2) = substr(birth_date_r, 5, 2)",
)  # fmt: skip
_ONE_FIGURE = edits(
    "birth_date", 1, "one_off", "one figure differs, or two next to each other are swapped"
)
_TWO_FIGURES = edits("birth_date", 2, "two_off", "two figures differ")
_WITHIN_A_YEAR = "abs(birth_year_l - birth_year_r) <= 1"

_BIRTH_DATE = comparison(
    "birth_date", "Date of birth", _DAYS_SWAPPED, _ONE_FIGURE, _TWO_FIGURES,
    Level("year", "the same year", "left(birth_date_l, 4) = left(birth_date_r, 4)"),
)  # fmt: skip

_BIRTH_YEAR = comparison(
    "birth_year", "Year of birth",
    Level("within_one", "within a year, as an age tells", _WITHIN_A_YEAR),
)  # fmt: skip

_BORN = Comparison(
    "born", "Born", missing("birth_year"),
    (
        Level("same", "the same", "birth_date_l = birth_date_r"), _DAYS_SWAPPED, _ONE_FIGURE,
        Level("year", "the same year, no more is known of one",
              f"birth_year_l = birth_year_r and ({missing('birth_date')})"),
        Level("within_one", "within a year, as an age tells",
              f"{_WITHIN_A_YEAR} and ({missing('birth_date')})"),
        _TWO_FIGURES,
        Level("same_year", "the same year, another day", "birth_year_l = birth_year_r"),
        differ(),
    ),
    told_by="birth_year",
)  # fmt: skip

_APPOINTED = comparison(
    "appointed", "Date of appointment",
    Level("near", "the same year or within a month",
          "abs(appointed_l - appointed_r) <= 31 or appointed_year_l = appointed_year_r"),
    by_frequency=True,
)  # fmt: skip

_SUFFIX = Comparison(
    "suffix", "Suffix", "suffix_l is null and suffix_r is null",
    (
        Level("same", "the same", "suffix_l = suffix_r"),
        Level("one", "only one has one", "suffix_l is null or suffix_r is null"),
        differ(),
    ),
    told_by="suffix",
)  # fmt: skip

_SOURCE = Comparison(
    "source", "Source", "false",
    (
        Level("two_keys", "one source has them as two", "source_l = source_r and key_l <> key_r"),
        Level("another", "two sources", ELSE),
    ),
    told_by="",
)  # fmt: skip

_POSTCODE = comparison(
    "postcode", "Postcode", edits("postcode", 1, "one_off", "one figure differs"),
    Level("area", "the same area", "postcode_area_l = postcode_area_r"),
    by_frequency=True,
)  # fmt: skip

_IDENTIFIER = comparison(
    "identifier", "Official number", edits("identifier", 1, "one_off", "one figure differs"),
    edits("identifier", 2, "two_off", "two figures differ"),
)  # fmt: skip

COMPARISONS: Mapping[str, Comparison] = {
    each.name: each
    for each in (
        _FAMILY, _GIVEN, _NAMES, _WORDS, _BIRTH_DATE, _BIRTH_YEAR, _BORN, _APPOINTED, _SUFFIX, _SOURCE,
        _POSTCODE, _IDENTIFIER,
        comparison("middle", "Middle name"),
        comparison("sex", "Sex"),
        comparison("ethnicity", "Ethnicity"),
        comparison("number", "Collar number"),
        comparison("warrant", "Warrant number"),
        comparison("street", "Street", alike("street", 0.88), by_frequency=True),
        comparison("place", "Place", alike("place", 0.88), by_frequency=True),
        comparison("house", "House number", by_frequency=True),
        comparison("occupation", "Occupation", by_frequency=True),
    )
}  # fmt: skip
