"""What sources say in free text: sentences from a small grammar of our own.

Plain and short. Nothing graphic, no names, no place that exists.
"""

import numpy as np

from onrecord.core.world.streams import Streams, Texts, pick_even

_WHO = (
    "The complainant states that",
    "It is reported that",
    "A colleague reports that",
    "A neighbour told the call handler that",
    "The caller, a relative, says that",
    "The reporting person, who does not wish to be named, says that",
)
_REVIEWED = (
    "the officer shouted at and threatened a former partner",
    "the officer repeatedly sent unwanted messages after a relationship ended",
    "there was an argument at home during which a door was damaged",
    "the subject controlled money and telephone use",
    "the subject followed a former partner on several days",
    "the officer made sexual remarks to a junior colleague",
    "the officer touched a colleague without consent at a social event",
    "the officer contacted a person met on duty in order to begin a relationship",
    "the subject assaulted a partner, who was later seen by a doctor",
    "the subject made a partner afraid to leave",
)
_ORDINARY = (
    "the officer was rude during a stop",
    "no update was given for several weeks",
    "more force was used than was needed during an arrest",
    "property was returned damaged",
    "a record was looked at without a policing purpose",
    "an entry in a notebook was not accurate",
    "the officer did not attend as arranged",
    "a remark was made that caused offence",
)
_WHEN = (
    "late in the evening",
    "while off duty",
    "on a date that cannot be given exactly",
    "over several months",
    "after a shift",
    "at a private address",
)
_THEN = (
    "An account was obtained.",
    "No statement was taken.",
    "A first account was recorded by telephone.",
    "The person did not wish to say more.",
    "Messages were seen but not copied.",
    "No enquiries with neighbours are recorded.",
    "Body-worn video was requested.",
)


def tell(streams: Streams, name: str, reviewed: np.ndarray) -> Texts:
    """Return one short account for each row, in keeping with what the case is about."""
    rng = streams.named("narratives", name)
    size = len(reviewed)
    what = np.where(reviewed, pick_even(rng, _REVIEWED, size), pick_even(rng, _ORDINARY, size))
    who, when = pick_even(rng, _WHO, size), pick_even(rng, _WHEN, size)
    then = pick_even(rng, _THEN, size)
    return np.asarray(who + " " + what + " " + when + ". " + then)
