"""The SQL of one fact mapping while it is put together.

Texts, in which every formula is text; the dates among them; the typed values; and
*marks*: what is wrong with a row, by column, and whether that rejects the row or
is only noted.
"""

from dataclasses import dataclass, field

from onrecord.core.sources.describing import Description, FactMapping
from onrecord.core.sources.formula_sql import Resolve, quoted, value_sql
from onrecord.core.sources.formulas import Formula


@dataclass(slots=True)
class Layers:
    """The SQL of one mapping while it is put together."""

    description: Description
    mapping: FactMapping
    resolve: Resolve
    texts: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def text(self, name: str, formula: Formula) -> str:
        """Add a text and return its name."""
        self.texts[name] = value_sql(formula, self.resolve)
        return name

    def mark(
        self, when: str, column: str, value: str, sentence: str, *, rejects: bool = True
    ) -> None:
        """Add something to say of rows where `when` is true."""
        self.faults.append(f"({when})")
        self.marks.append(
            f"case when {when} then {{'rejects': {str(rejects).lower()}, 'column': {quoted(column)},"
            f" 'value': {value}, 'sentence': {quoted(sentence)}}} end"
        )
