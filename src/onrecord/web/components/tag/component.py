"""A short label. Its words carry the meaning; its colour only helps the eye."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["blue", "yellow", "red", "green", "grey", "open"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A label and the tone it is painted in."""

    text: str
    tone: Tone = "grey"
