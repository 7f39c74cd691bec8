"""The help there is: a text for each part of the pages, in words a caseworker would use."""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Text(NamedTuple):
    """What a part of the pages, or one page, is for, and what to do when stuck."""

    slice: str
    title: str
    what: str
    stuck: str


@cache
def texts() -> dict[str, Text]:
    """Return the texts by the part of the pages, or the one page, that they are about."""
    text = files("onrecord.web.help").joinpath("texts.csv").read_text(encoding="utf-8")
    return {row["slice"]: Text(**row) for row in csv.DictReader(text.splitlines())}
