"""What the pages of settings say."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from django.urls import reverse

from onrecord.apps.administration.setting_reads import Standing
from onrecord.apps.settings.declared import Looser, Setting
from onrecord.apps.settings.policies import loosens, worded
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.summary.component import Line
from onrecord.web.components.tag.component import Tag
from onrecord.web.wording.dates import uk_moment

if TYPE_CHECKING:
    from onrecord.apps.settings.models import SettingValue

_BY_OPERATOR = Tag("Set by the operator", "blue")
_LOOSENED = Tag("Loosened by two people", "yellow")


def settings(found: Sequence[Standing]) -> DataTable:
    """Return every setting as a table, in groups."""
    rows: list[Row] = []
    for group, inside in groupby(found, key=lambda each: each.setting.group):
        rows.append(Row(heading=group))
        rows.extend(map(_setting, inside))
    return DataTable("Settings", columns("Setting", "Now", "Last changed"), tuple(rows))


def about(found: Standing) -> tuple[Line, ...]:
    """Return what a setting is, what holds and what it may be."""
    setting = found.setting
    lines = [
        Line("Now", found.words, note="Set by the operator" if found.operator else ""),
        Line("To begin with", worded(setting, setting.default)),
    ]
    if found.operator:
        lines.append(Line("Set here", worded(setting, found.kept),
                          note="It holds again when the operator's is taken away."))  # fmt: skip
    if setting.options:
        lines.append(Line("It may be", "; ".join(words for _, words in setting.options)))
    else:
        lines.append(Line("It may be", f"{setting.lowest:,} to {setting.highest:,} {setting.unit}"))
    return (*lines, Line("Takes two people", _takes_two(setting)),
            Line("Operator's variable", setting.environment))  # fmt: skip


def warning(setting: Setting) -> str:
    """Return what to know before changing a setting."""
    if setting.looser is Looser.NEITHER:
        return ""
    return f"{_takes_two(setting)}. The first time, others are asked to agree."


def changes(setting: Setting, found: "Sequence[SettingValue]") -> DataTable:
    """Return every change of a setting as a table."""
    return DataTable(
        "Changes, newest first", columns("When", "From", "To", "By", "Why"),
        tuple(_change(setting, each) for each in found),
        empty="Nobody has changed this. What it was to begin with holds.",
    )  # fmt: skip


def _takes_two(setting: Setting) -> str:
    if setting.options:
        return "A less strict choice takes two people"
    return {
        Looser.HIGHER: "A higher number takes two people",
        Looser.LOWER: "A lower number takes two people",
        Looser.NEITHER: "Never; it guards nothing",
    }[setting.looser]


def _setting(found: Standing) -> Row:
    setting, last = found.setting, found.last
    return Row((
        Cell(setting.title, href=reverse("administration:setting", args=[setting.key]),
             note=setting.meaning),
        Cell(found.words, tag=_BY_OPERATOR if found.operator else None),
        short(uk_moment(last.at), note=f"by {last.by}") if last else Cell("Never"),
    ))  # fmt: skip


def _change(setting: Setting, row: "SettingValue") -> Row:
    is_looser = loosens(setting, row.before, row.value)
    return Row((
        short(uk_moment(row.at)), Cell(worded(setting, row.before)),
        Cell(worded(setting, row.value), tag=_LOOSENED if is_looser else None),
        Cell(row.by, note=f"agreed by {row.agreed_by}" if row.agreed_by else ""),
        Cell(row.reason),
    ))  # fmt: skip
