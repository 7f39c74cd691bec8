"""What is at an address, and what an account has to do with it."""

from enum import StrEnum


class State(StrEnum):
    """What is at the address."""

    NONE = "no thing of its own"
    OPEN = "there"
    SEALED = "behind a seal"
    MISSING = "never was"


class Relation(StrEnum):
    """What the account has to do with it."""

    STRANGER = "nothing"
    CIRCLE = "in its circle"
    BARRED = "barred from it"
    OWN = "its own"
    OTHERS = "somebody else's"


type Situation = tuple[State, Relation]

NOTHING_OF_ITS_OWN: Situation = (State.NONE, Relation.STRANGER)
NEVER_WAS: Situation = (State.MISSING, Relation.STRANGER)
THERE: Situation = (State.OPEN, Relation.STRANGER)
BEHIND_A_SEAL: Situation = (State.SEALED, Relation.STRANGER)
