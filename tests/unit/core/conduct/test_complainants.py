"""Whether two complainants are one person; what is too little cannot be told. Every name is invented."""

import uuid

import pytest

from onrecord.core.conduct.complainants import Told, answered, compared
from onrecord.core.conduct.distinct import Answer

SAME, DIFFERENT, CANNOT_TELL = Answer.SAME, Answer.DIFFERENT, Answer.CANNOT_TELL
ONE, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (("Ottoline Quarrendon", 1980), ("Ottoline Quarrendon", 1980), SAME),
        (("Ottoline Quarrendon", 1980), ("QUARRENDON, Ottoline", 1981), SAME),
        (("Ottoline Quarrendon", 1980), ("Ms Ottoline Jane Quarrendon", 1980), SAME),
        (("Ottoline Quarrendon", 1980), ("Ottoline Quarendon", 1980), SAME),
        (("Ottoline Quarrendon", 1980), ("Ottolnie Quarrendon", 1980), SAME),
        (("Ottoline Quarrendon", 1980), ("Ottoline Quarrendon", None), CANNOT_TELL),
        (("Ottoline Quarrendon", 1980), ("Ottoline Quarrendon", 1991), CANNOT_TELL),
        (("Ottoline Quarrendon", 1980), ("O Quarrendon", 1980), CANNOT_TELL),
        (("Ottoline Quarrendon", 1980), ("Ottoline Vane", 1980), CANNOT_TELL),
        (("Ottoline Quarrendon", 1980), ("Ottoline Vane", 1960), CANNOT_TELL),
        (("Ottoline Quarrendon", 1980), ("Perdita Vane", 1980), CANNOT_TELL),
        (("Ottoline Quarrendon", 1980), ("Perdita Vane", 1960), DIFFERENT),
        (("Ottoline Quarrendon", 1980), ("Victim", 1960), CANNOT_TELL),
        (("Ottoline Quarrendon", 1980), ("", None), CANNOT_TELL),
        (("Zoë O\u2019Dare", 1980), ("Zoe ODare", 1980), SAME),
        (("Vane Vane", 1980), ("Perdita Quarrendon", 1960), CANNOT_TELL),
    ],
)
def test_a_name_and_a_year_tell_and_less_does_not(one, other, answer):
    assert compared(Told(*one), Told(*other)) is answer
    assert compared(Told(*other), Told(*one)) is answer


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [("perdita", "perdtia", True), ("perdita", "pertida", False), ("perdita", "perdit", True),
     ("perdita", "erdita", True), ("perdita", "perdira", True), ("vane", "vanes", False),
     ("perdita", "perdi", False)],
)  # fmt: skip
def test_one_letter_of_a_long_word_may_be_wrong(one, other, is_same):
    answer = compared(Told(f"{one} quarrendon", 1980), Told(f"{other} quarrendon", 1980))
    assert (answer is SAME) is is_same


def test_who_is_of_the_workforce_is_told_by_whose_record_it_is():
    assert compared(Told(person=ONE), Told("Perdita Vane", 1980, ONE)) is SAME
    assert compared(Told(person=ONE), Told(person=OTHER)) is CANNOT_TELL


TOLD = {
    uuid.UUID(int=number): Told(*said)
    for number, said in enumerate(
        [
            ("Ottoline Quarrendon", 1980),
            ("Ottoline Quarrendon", 1980),
            ("Perdita Vane", 1960),
            ("", None),
        ]
    )
}
A, SAME_AS_A, B, NOT_NAMED = TOLD


@pytest.mark.parametrize(
    ("ones", "others", "answer"),
    [
        ([A], [SAME_AS_A, B], SAME), ([A], [A], SAME), ([A], [B], DIFFERENT), ([], [A], CANNOT_TELL),
        ([], [], CANNOT_TELL), ([A, NOT_NAMED], [B], CANNOT_TELL), ([uuid.UUID(int=9)], [A], CANNOT_TELL),
    ],
)  # fmt: skip
def test_two_cases_are_answered_by_whoever_is_in_both(ones, others, answer):
    assert answered(ones, others, TOLD, {}) is answer


@pytest.mark.parametrize("answer", Answer)
def test_what_a_person_answered_is_believed_first(answer):
    assert answered([A], [SAME_AS_A], TOLD, {frozenset((A, SAME_AS_A)): answer}) is answer
