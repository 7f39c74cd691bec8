"""Numbers by which mentions that are worth comparing are found without reading all of them."""

from collections.abc import Sequence

from onrecord.core.linkage.specs import Rule


def keys_sql(blocking: Sequence[Rule]) -> str:
    """Return the SQL of a mention's keys, as a list: one for each rule whose columns it has.

    Two mentions that a rule would bring together have its key in common. A key is the beginning of
    a hash, in fifteen hexadecimal digits; two values of one key in a billion billion are compared
    in vain.
    """
    keys = (_key_sql(place, rule) for place, rule in enumerate(blocking))
    return f"list_filter([{', '.join(keys)}], lambda key: key is not null)"


def _key_sql(place: int, rule: Rule) -> str:
    there = " and ".join(f"{column} is not null" for column in rule)
    text = f"concat_ws('|', '{place}', {', '.join(rule)})"
    return f"case when {there} then cast('0x' || left(md5({text}), 15) as bigint) end"
