"""Numbers by which mentions that are worth comparing are found without reading all of them."""

from collections.abc import Mapping, Sequence
from hashlib import md5
from typing import Any

from onrecord.core.linkage.specs import Rule


def keys_sql(blocking: Sequence[Rule]) -> str:
    """Return the SQL of a mention's keys, as a list: one for each rule whose columns it has.

    Two mentions that a rule would bring together have its key in common. A key is the beginning of
    a hash, in fifteen hexadecimal digits; two values of one key in a billion billion are compared
    in vain.
    """
    keys = (_key_sql(place, rule) for place, rule in enumerate(blocking))
    return f"list_filter([{', '.join(keys)}], lambda key: key is not null)"


def keys_of(shaped: Mapping[str, Any], blocking: Sequence[Rule]) -> list[int]:
    """Return the keys of one mention in one shape: what `keys_sql` says, without a database.

    DuckDB takes longer to plan that statement than one mention may take.
    """
    found = ([shaped[column] for column in rule] for rule in blocking)
    return [
        _key(place, values) for place, values in enumerate(found)
        if all(value is not None for value in values)
    ]  # fmt: skip


def _key(place: int, values: Sequence[Any]) -> int:
    text = "|".join(map(str, (place, *values)))
    return int(md5(text.encode(), usedforsecurity=False).hexdigest()[:15], 16)


def _key_sql(place: int, rule: Rule) -> str:
    there = " and ".join(f"{column} is not null" for column in rule)
    text = f"concat_ws('|', '{place}', {', '.join(rule)})"
    return f"case when {there} then cast('0x' || left(md5({text}), 15) as bigint) end"
