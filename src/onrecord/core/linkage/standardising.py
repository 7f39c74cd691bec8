"""Bring mentions into one shape before they are compared: names, dates, numbers, places.

One SQL for every mode: a million rows at once, or the one that somebody is typing.
"""

from collections.abc import Iterable

import duckdb
import pyarrow as pa

from onrecord.core.linkage.wordlists import NO_DATES, NO_NAME, RANKS, TITLES, nicknames

RAW: dict[str, str] = {
    "mention": "varchar", "source": "varchar", "key": "varchar", "family": "varchar",
    "given": "varchar", "middle": "varchar", "suffix": "varchar", "whole_name": "varchar", "birth_date": "varchar",
    "birth_year": "integer", "sex": "varchar", "ethnicity": "varchar", "appointed": "date",
    "number": "varchar", "warrant": "varchar", "identifier": "varchar", "postcode": "varchar",
    "street": "varchar", "house": "varchar", "place": "varchar", "occupation": "varchar",
}  # fmt: skip
"""What may be given of a mention, and as what. Whatever is not given is missing."""

_BEGINNINGS = "|".join(sorted(RANKS | TITLES, key=len, reverse=True))
_ABSENT = ", ".join(f"'{word}'" for word in sorted(NO_NAME))
_NO_DAYS = ", ".join(f"'{day}'" for day in sorted(NO_DATES))

# DuckDB compiles a pattern wherever it stands in a statement, and one mention must take milliseconds:
# so values that are treated alike are treated in one place, as a list.
LETTERS, PLAIN_LETTERS = r"\p{L}\p{M}", "a-z"
"""What a letter is, in any script; and among what is written in ASCII, which is quicker to look for."""

_MACROS = f"""
create or replace temp macro letters_of(x) as
  trim(regexp_replace(regexp_replace(regexp_replace(lower(strip_accents(x)), '[''\\x{{2019}}`.]', '', 'g'),
    '[^{{letters}}]+', ' ', 'g'), ' +', ' ', 'g'));
create or replace temp macro without_rank(x) as regexp_replace(x, '^(({_BEGINNINGS}) )+', '');
create or replace temp macro name_of(letters) as left(without_rank(letters), 60);
create or replace temp macro told(x) as case when x in ('', {_ABSENT}) then null else x end;
create or replace temp macro figures_of(x) as nullif(upper(regexp_replace(x, '[^A-Za-z0-9]', '', 'g')), '');
create or replace temp macro number_of(x) as
  case when regexp_matches(x, '^(0+|9{{4,}}|X+|NA|NK|NONE|UNKNOWN|TBC)$') then null else ltrim(x, '0') end;
create or replace temp macro digits_of(x) as regexp_replace(x, '[^0-9]', '', 'g');
create or replace temp macro day_of(x) as
  case when x in ('', {_NO_DAYS}) then null when length(x) = 8 then x end;
"""

_SHAPED = """
select *, nullif(array_to_string(words, ' '), '') as name_words from (
select *,
  coalesce(roots.root, given) as given_root,
  list_sort(list_distinct(list_filter(string_split(concat_ws(' ', full_words, given, family), ' '),
    lambda word: length(word) > 1))) as words,
  left(given, 1) as given_1, left(given, 4) as given_4, left(family, 1) as family_1, left(family, 4) as family_4,
  family || ' ' || given as both_names,
  case when family is null or given is null then null
       else least(family, given) || ' ' || greatest(family, given) end as names_sorted,
  case when length(postcode) > 4 then left(postcode, length(postcode) - 3) else left(postcode, 2) end as postcode_area
from (
  select mention, source, key, names[1] as family, names[2] as given, left(names[3], 1) as middle,
    names[4] as full_words, texts[1] as suffix, birth_date,
    coalesce(birth_year, try_cast(left(birth_date, 4) as integer)) as birth_year,
    left(texts[2], 1) as sex, texts[3] as ethnicity, appointed, appointed_year,
    numbers[1] as number, numbers[2] as warrant, numbers[3] as identifier, postcode,
    texts[4] as street, numbers[4] as house, texts[5] as place, texts[6] as occupation
  from (
    select mention, source, key,
      list_transform(list_transform(letters[1:4], lambda x: name_of(x)), lambda x: told(x)) as names,
      list_transform(letters[5:], lambda x: nullif(x, '')) as texts,
      list_transform(figures[1:4], lambda x: number_of(x)) as numbers, figures[5] as postcode,
      day_of(birth_date) as birth_date, birth_year, appointed, appointed_year
    from (
      select mention, source, coalesce(key, mention) as key,
        list_transform([family, given, middle, whole_name, suffix, sex, ethnicity, street, place, occupation],
                       lambda x: letters_of(x)) as letters,
        list_transform([number, warrant, identifier, house, postcode], lambda x: figures_of(x)) as figures,
        digits_of(birth_date) as birth_date, birth_year,
        datediff('day', date '1900-01-01', appointed) as appointed, year(appointed) as appointed_year
      from ({given})))) left join nickname_roots roots on roots.short = given)
"""


def prepare(connection: duckdb.DuckDBPyConnection, letters: str = LETTERS) -> None:
    """Make known to a connection what `standardised_sql` uses.

    Where it is only asked for what is written in ASCII, `letters` may be those alone.
    """
    connection.execute(_MACROS.replace("{letters}", letters)).fetchall()
    pairs = nicknames()
    table = pa.table({"short": [short for short, _ in pairs], "root": [root for _, root in pairs]})
    connection.register("nicknames_given", table)
    connection.execute(
        "create or replace temp table nickname_roots as select * from nicknames_given"
    ).fetchall()
    connection.unregister("nicknames_given")


def standardised_sql(relation: str, given: Iterable[str]) -> str:
    """Return what selects mentions in one shape from a relation that has the `given` columns.

    Raises:
        KeyError: it has a column that nobody knows.
    """
    there = set(given)
    if unknown := there - RAW.keys():
        raise KeyError(f"No such column of a mention: {', '.join(sorted(unknown))}")
    columns = ", ".join(
        f"cast({name} as {kind}) as {name}" if name in there else f"cast(null as {kind}) as {name}"
        for name, kind in RAW.items()
    )
    return _SHAPED.format(given=f"select {columns} from {relation}")
