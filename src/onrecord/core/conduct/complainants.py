"""Whether whoever complained or was harmed in two cases is one person: the compartment's question.

It is asked inside the compartment, of what lies there; out of it goes one of three words. *Same*
and *different* both need a name of two words and a year of birth on either side: whatever is
less than that cannot be told.
"""

import re
import unicodedata
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from itertools import product

from onrecord.core.conduct.distinct import Answer

_LONG = 5
"""From so many letters on, a word may have one letter wrong and still be the same word."""
_TITLES = frozenset({"mr", "mrs", "miss", "ms", "mx", "dr", "sir", "the", "unknown", "victim"})


@dataclass(frozen=True, slots=True)
class Told:
    """What sources say of who a complainant is, as far as they can be compared by it.

    Attributes:
        person: whom their own record is of, for somebody of the workforce.
    """

    name: str = ""
    born: int | None = None
    person: uuid.UUID | None = None


def compared(one: Told, other: Told) -> Answer:
    """Return whether two complainants are one person, as far as it can be told."""
    if one.person is not None and one.person == other.person:
        return Answer.SAME
    words, others = _words(one.name), _words(other.name)
    if min(len(words), len(others)) < 2 or one.born is None or other.born is None:  # noqa: PLR2004 - two names
        return Answer.CANNOT_TELL
    fewer, more = sorted((words, others), key=len)
    found = [word for word in fewer if any(_is_word(word, each) for each in more)]
    is_near = abs(one.born - other.born) <= 1  # an age says a year more or less
    if len(found) == len(fewer) and is_near:
        return Answer.SAME
    return Answer.CANNOT_TELL if found or is_near else Answer.DIFFERENT


def answered(
    ones: Collection[uuid.UUID],
    others: Collection[uuid.UUID],
    told: dict[uuid.UUID, Told],
    judged: dict[frozenset[uuid.UUID], Answer],
) -> Answer:
    """Return what is answered of two cases, by the parties of each and what is told of these.

    The same, where one and the same person complained or was harmed in both. Different, only where
    nobody in the one can be anybody in the other. What a person answered of two parties is
    believed before what is told of them.
    """
    if set(ones) & set(others):
        return Answer.SAME
    found = [
        judged.get(frozenset((one, other)))
        or compared(told.get(one, _NOTHING), told.get(other, _NOTHING))
        for one, other in product(ones, others)
    ]
    if Answer.SAME in found:
        return Answer.SAME
    is_different = bool(found) and all(each is Answer.DIFFERENT for each in found)
    return Answer.DIFFERENT if is_different else Answer.CANNOT_TELL


_NOTHING = Told()


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = re.findall(r"[a-z]{2,}", plain.replace("'", ""))
    return [word for word in dict.fromkeys(found) if word not in _TITLES]


def _is_word(one: str, other: str) -> bool:
    if one == other:
        return True
    return min(len(one), len(other)) >= _LONG and _is_one_letter_off(*sorted((one, other), key=len))


def _is_one_letter_off(shorter: str, longer: str) -> bool:
    """Tell whether one letter was left out, another, or swapped with the next."""
    if len(longer) - len(shorter) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), None)
    if at is None:
        return True
    if len(longer) > len(shorter):
        return shorter[at:] == longer[at + 1 :]
    swapped = shorter[at + 1 : at + 2] + shorter[at : at + 1]
    return shorter[at + 1 :] == longer[at + 1 :] or (
        swapped == longer[at : at + 2] and shorter[at + 2 :] == longer[at + 2 :]
    )
