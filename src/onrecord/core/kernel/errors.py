"""What can go wrong, each with what a person can do next.

Raised anywhere, caught once at the edge: the command line turns a class into an
exit code, the web turns it into a page. Messages never carry a name, a
narrative or any other personal value: they may end up in a log.
"""

from typing import ClassVar


class OnrecordError(Exception):
    """Something a person must know about, in one sentence, with a next step."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500

    def __init__(self, message: str, *, next_step: str = "") -> None:
        """Say what happened (`message`) and what to do about it (`next_step`)."""
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        """Return the sentence, and the next step after it."""
        return f"{self.message} {self.next_step}".strip()


class UsageError(OnrecordError):
    """A command or request was put in a way that cannot be carried out."""

    exit_code = 2
    http_status = 400


class DataRejectedError(OnrecordError):
    """What was offered (a file, a row, a form) was refused and nothing was written."""

    exit_code = 3
    http_status = 422


class NotPermittedError(OnrecordError):
    """This viewer may not do this, or this thing is not theirs to do."""

    exit_code = 4
    http_status = 403


class TooFastError(OnrecordError):
    """This account asks for more within a minute than anybody reads.

    Attributes:
        seconds: after how long it may ask again.
    """

    exit_code = 4
    http_status = 429

    def __init__(self, message: str, *, next_step: str = "", seconds: int = 60) -> None:
        """Say what happened, what to do, and after how many seconds it may be asked again."""
        super().__init__(message, next_step=next_step)
        self.seconds = seconds


class NotFoundError(OnrecordError):
    """There is nothing by that reference, or nothing that this viewer may see.

    The two are never told apart.
    """

    exit_code = 2
    http_status = 404


class VerificationFailedError(OnrecordError):
    """A proof did not hold: something on record was changed outside the system."""

    exit_code = 5
    http_status = 500
