"""What the pages of rules say."""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from onrecord.core.patterns.prices import AtLevel, Price
from onrecord.core.patterns.replaying import TOO_FEW
from onrecord.core.patterns.rules import Rule
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns
from onrecord.web.wording.dates import uk_date
from onrecord.web.wording.numbers import counted, grouped

NOT_YET = "Not counted yet"


def rules_table(rules: Iterable[Rule], prices: Mapping[str, Price]) -> DataTable:
    """Return every rule, and how many people met it when people were counted last."""
    rows = tuple(
        Row((
            Cell(rule.title, reverse("patterns:rule", args=[rule.id]), note=rule.label),
            Cell(rule.question), Cell(_meeting(rule, prices.get(rule.id))),
        ))
        for rule in rules
    )  # fmt: skip
    return DataTable("Rules", columns("Rule", "What it asks", "#People who meet it"), rows)


def _meeting(rule: Rule, price: Price | None) -> str:
    if price is None or price.hash != rule.content_hash:
        return NOT_YET
    return grouped(price.meeting[-1][1]) if price.meeting else "0"


def price_table(rule: Rule, price: Price) -> DataTable:
    """Return what each threshold would have prompted, and what came of it."""
    least = rule.at_least.get(price.measure, 0)
    rows = tuple(_level(each, price.measure, is_own=each.least == least) for each in price.levels)
    when = f", as known on {uk_date(price.meeting[-1][0])}" if price.meeting else ""
    return DataTable(
        f"The price of each threshold{when}",
        columns("Threshold", "#People prompted", "#Something further within five years",
                "#Nothing further", "#Nothing, for each something", "#Half had waited, days"),
        rows, empty="Nobody on this record ever met it.",
    )  # fmt: skip


def _level(level: AtLevel, measure: str, *, is_own: bool) -> Row:
    name = Cell(counted(level.least, measure.removesuffix("s")), note="this rule" if is_own else "")
    if level.prompted < TOO_FEW:
        return Row((name, Cell(f"fewer than {TOO_FEW}"), *[Cell("not told")] * 4))
    ratio = level.false_per_true
    return Row((
        name, Cell(grouped(level.prompted)), Cell(grouped(level.true)),
        Cell(grouped(level.prompted - level.true)), Cell("none" if ratio is None else f"{ratio:.1f}"),
        Cell("none" if level.warning_days is None else grouped(level.warning_days)),
    ))  # fmt: skip
