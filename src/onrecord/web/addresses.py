"""Which verb each address takes: one table, `addresses.csv`, asked before any page is made.

An address that is not in the table is not served, so a page nobody thought about
cannot be reached. What an address may show of a *thing* is the selector's to say.
"""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from onrecord.core.permissions.table import permissions

OPEN = "open"
"""Stands in the table for an address that needs no sign-in."""


@cache
def verbs_by_address() -> Mapping[tuple[str, str], str]:
    """Return the verb of each (route, method).

    Raises:
        ValueError: an address stands there twice, or names a verb that is not in the table.
    """
    text = files("onrecord.web").joinpath("addresses.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], str] = {}
    for row in csv.DictReader(text.splitlines()):
        address = row["route"], row["method"]
        if address in found or (row["verb"] != OPEN and row["verb"] not in permissions()):
            raise ValueError(
                f"{address} stands twice, or names a verb that is not permitted to any"
            )
        found[address] = row["verb"]
    return found


@cache
def without_personal_data() -> frozenset[str]:
    """Return the routes whose pages show nobody's personal data, each with a reason in its table."""
    text = files("onrecord.web").joinpath("no_personal_data.csv").read_text(encoding="utf-8")
    return frozenset(row["route"] for row in csv.DictReader(text.splitlines()))


def methods_of(route: str) -> list[str]:
    """Return the methods that a route answers."""
    return sorted(method for name, method in verbs_by_address() if name == route)
