"""Every verb explains itself, and prints JSON where it has something to tell a script."""

from collections.abc import Iterator

import click
import pytest

from onrecord.cli.command import onrecord

# What `serve` does is its result. A checkpoint is text with a form of its own, to be kept as it is.
WITHOUT_RESULT = {"serve", "audit checkpoint"}


def verbs(group: click.Group = onrecord, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Return every verb, and the verbs under verbs."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, f"{before}{name}: its file holds no command"
        yield f"{before}{name}", command
        if isinstance(command, click.Group):
            yield from verbs(command, f"{before}{name} ")


VERBS = dict(verbs())


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_says_what_it_does_and_each_option_what_it_is_for(verb):
    command = VERBS[verb]
    first = (command.help or "").strip().splitlines()
    assert first
    assert first[0].endswith((".", ":", ","))
    unexplained = [
        option.name
        for option in command.params
        if isinstance(option, click.Option) and not option.help and not _explains_itself(option)
    ]
    assert unexplained == []


def _explains_itself(option: click.Option) -> bool:
    """A choice lists what it may be; a port is a port."""
    return isinstance(option.type, click.Choice) or option.name == "port"


@pytest.mark.parametrize("verb", [v for v, c in VERBS.items() if not isinstance(c, click.Group)])
def test_a_verb_with_a_result_prints_it_as_json(verb):
    has_json = any("--json" in option.opts for option in VERBS[verb].params)
    assert has_json is (verb not in WITHOUT_RESULT)
