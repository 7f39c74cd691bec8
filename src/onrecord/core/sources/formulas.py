"""Read the formulas that a source description may use.

The language is closed: a formula can name columns, call the functions listed
in `formula_sql`, compare and choose. It cannot reach a file, a table or the
network, so a description from a stranger can be tried without reading it first.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onrecord.core.kernel.errors import DataRejectedError


@dataclass(frozen=True, slots=True)
class Name:
    """A column, as `column` or `table.column`."""

    column: str


@dataclass(frozen=True, slots=True)
class Text:
    """A constant; the empty text is the same as nothing."""

    value: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the closed list, applied."""

    function: str
    arguments: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """Two values compared; nothing is equal to nothing only by `is empty`."""

    operator: str
    left: "Formula"
    right: "Formula"


@dataclass(frozen=True, slots=True)
class Among:
    """A value that is one of several constants."""

    value: "Formula"
    choices: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Empty:
    """A value that is not there."""

    value: "Formula"


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    condition: "Formula"


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions joined by `and` or by `or`."""

    word: str
    conditions: tuple["Formula", ...]


type Formula = Name | Text | Call | Compare | Among | Empty | Not | Joined

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')"
    r"|(?P<number>-?\d+(?:\.\d+)?(?![\w.]))"
    r"|(?P<bracket>\[[^\]]+\])"
    r"|(?P<word>[^\W\d]\w*)"
    r"|(?P<sign><=|>=|!=|<>|[=<>(),.]))"
)
_OPENS = ("sign", "(")
_SAME = {"<>": "!="}
_COMPARISONS = {"=", "!=", "<>", "<", "<=", ">", ">="}
_KEYWORDS = {"and", "or", "not", "in", "is", "empty"}


def parse(text: str | float | bool) -> Formula:  # noqa: FBT001 - YAML hands over what was typed
    """Return the formula written as `text`.

    Raises:
        DataRejectedError: it is not a formula; the message shows where it stops being one.
    """
    if isinstance(text, bool):
        return Text("true" if text else "false")
    parser = _Parser(str(text))
    formula = parser.condition()
    parser.finish()
    return formula


def columns_in(formula: Formula) -> Iterator[str]:
    """Yield every column that `formula` names."""
    if isinstance(formula, Name):
        yield formula.column
    for part in parts_of(formula):
        yield from columns_in(part)


def lookups_in(formula: Formula) -> Iterator[tuple[str, Formula]]:
    """Yield every crosswalk that `formula` uses, with the value it translates."""
    if isinstance(formula, Call) and formula.function == "lookup":
        crosswalk = formula.arguments[0]
        if isinstance(crosswalk, Name):
            yield crosswalk.column, formula.arguments[1]
        yield from lookups_in(formula.arguments[1])
        return
    for part in parts_of(formula):
        yield from lookups_in(part)


def parts_of(formula: Formula) -> tuple[Formula, ...]:  # noqa: PLR0911 - one for each form
    """Return the formulas directly inside `formula`; a crosswalk's name is not one."""
    match formula:
        case Call("lookup", arguments):
            return arguments[1:]
        case Call(_, arguments):
            return arguments
        case Compare(_, left, right):
            return (left, right)
        case Among(value, choices):
            return (value, *choices)
        case Empty(value) | Not(value):
            return (value,)
        case Joined(_, conditions):
            return conditions
        case _:
            return ()


class _Parser:
    """Recursive descent over the tokens of one formula."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = list(_tokens(source))
        self._at = 0

    def condition(self) -> Formula:
        return self._joined("or", lambda: self._joined("and", self._negation))

    def finish(self) -> None:
        if self._at < len(self._tokens):
            raise self._mistake(f"'{self._tokens[self._at][1]}' is not expected there")

    def _joined(self, word: str, part: Callable[[], Formula]) -> Formula:
        found = [part()]
        while self._take_word(word):
            found.append(part())
        return found[0] if len(found) == 1 else Joined(word, tuple(found))

    def _negation(self) -> Formula:
        return Not(self._negation()) if self._take_word("not") else self._comparison()

    def _comparison(self) -> Formula:
        left = self._value()
        kind, token = self._peek()
        if kind == "sign" and token in _COMPARISONS:
            self._at += 1
            return Compare(_SAME.get(token, token), left, self._value())
        if self._take_word("is"):
            negated = self._take_word("not")
            self._need_word("empty")
            return Not(Empty(left)) if negated else Empty(left)
        if self._take_word("not"):
            self._need_word("in")
            return Not(Among(left, self._list()))
        return Among(left, self._list()) if self._take_word("in") else left

    def _value(self) -> Formula:
        kind, token = self._peek()
        self._at += 1
        match kind:
            case "text":
                return Text(token[1:-1].replace("''", "'"))
            case "number":
                return Text(token, is_number=True)
            case "bracket":
                return self._column(token[1:-1])
            case "word" if token.lower() not in _KEYWORDS:
                return self._column_or_call(token)
            case "sign" if (kind, token) == _OPENS:
                inside = self.condition()
                self._need_sign(")")
                return inside
        self._at -= 1
        raise self._mistake(f"a column or a value is expected before '{token or 'the end'}'")

    def _column_or_call(self, word: str) -> Formula:
        if self._peek() == ("sign", "("):
            return Call(word.lower(), self._list())
        return self._column(word)

    def _column(self, first: str) -> Name:
        if self._peek() != ("sign", "."):
            return Name(first)
        self._at += 1
        kind, token = self._peek()
        self._at += 1
        if kind == "bracket":
            return Name(f"{first}.{token[1:-1]}")
        if kind == "word":
            return Name(f"{first}.{token}")
        raise self._mistake(f"a column of {first} is expected after the full stop")

    def _list(self) -> tuple[Formula, ...]:
        self._need_sign("(")
        if self._peek() == ("sign", ")"):
            self._at += 1
            return ()
        found = [self.condition()]
        while self._peek() == ("sign", ","):
            self._at += 1
            found.append(self.condition())
        self._need_sign(")")
        return tuple(found)

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _take_word(self, word: str) -> bool:
        kind, token = self._peek()
        if kind == "word" and token.lower() == word:
            self._at += 1
            return True
        return False

    def _need_word(self, word: str) -> None:
        if not self._take_word(word):
            raise self._mistake(f"the word '{word}' is missing")

    def _need_sign(self, sign: str) -> None:
        if self._peek() != ("sign", sign):
            raise self._mistake(f"'{sign}' is missing")
        self._at += 1

    def _mistake(self, what: str) -> DataRejectedError:
        return _mistake(self._source, what)


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    at = 0
    while source[at:].strip():
        found = _TOKEN.match(source, at)
        if found is None or found.lastgroup is None:
            raise _mistake(source, f"'{source[at:].strip()[:12]}' cannot be read")
        yield found.lastgroup, found.group(found.lastgroup)
        at = found.end()


def _mistake(source: str, what: str) -> DataRejectedError:
    return DataRejectedError(
        f"The formula «{source}» is not right: {what}.",
        next_step="A column whose name has spaces is written [in brackets], a text 'in quotes'.",
    )
