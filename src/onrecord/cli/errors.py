"""What ends a command, as a sentence on stderr and an exit code."""

import os
import sys
import traceback
from collections.abc import Callable
from enum import IntEnum
from typing import Any

import click

from onrecord.core.kernel.errors import OnrecordError


class Exit(IntEnum):
    """What the number means to a script."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    DATA_REJECTED = 3
    NOT_PERMITTED = 4
    VERIFICATION_FAILED = 5
    INTERRUPTED = 130


def run_to_exit_code(act: Callable[[], Any]) -> int:
    """Do `act`; return the exit code that says how it went.

    An unexpected error is told by its type and place alone: its text may quote
    a row. `ONRECORD_DEBUG=1` shows all of it.
    """
    try:
        returned = act()
    except OnrecordError as problem:
        _tell(problem.message, problem.next_step)
        return problem.exit_code
    except click.ClickException as problem:
        problem.show()
        return Exit.USAGE
    except (click.Abort, KeyboardInterrupt):
        _tell("Interrupted.")
        return Exit.INTERRUPTED
    except BrokenPipeError:  # `onrecord … | head`: the reader has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except Exception as problem:  # noqa: BLE001 (the edge of the program)
        return _unexpected(problem)
    return returned if isinstance(returned, int) else Exit.DONE


def _unexpected(problem: Exception) -> int:
    if os.environ.get("ONRECORD_DEBUG") == "1":
        traceback.print_exception(problem)
    else:
        frame = traceback.extract_tb(problem.__traceback__)[-1]
        _tell(
            f"Something unexpected happened: {type(problem).__name__} "
            f"at {os.path.basename(frame.filename)}:{frame.lineno}.",  # noqa: PTH119 (a name only)
            "Set ONRECORD_DEBUG=1 to see all of it; it may quote personal data.",
        )
    return Exit.UNEXPECTED


def _tell(sentence: str, next_step: str = "") -> None:
    click.echo(f"onrecord: {sentence}", err=True)
    if next_step:
        click.echo(f"  {next_step}", err=True)
