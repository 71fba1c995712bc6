"""Help: every verb has an example, and an option of one name is written the same everywhere."""

from collections import defaultdict

import click
import pytest

from tools.docs.verbs import contexts

CONTEXTS = {context.command_path: context for context in contexts()}
VAGUE = {"TEXT", "INTEGER", "INTEGER RANGE", "FILENAME", "DIRECTORY"}


def options():
    for path, context in CONTEXTS.items():
        for option in context.command.params:
            if isinstance(option, click.Option):
                yield pytest.param(option, context, id=f"{path} {option.opts[0]}")


@pytest.mark.parametrize("path", CONTEXTS)
def test_every_verb_has_an_example_of_itself(path):
    assert f"{path} " in f"{CONTEXTS[path].command.epilog} "


@pytest.mark.parametrize(("option", "context"), [*options()])
def test_every_option_says_what_it_does_and_what_it_takes(option, context):
    shown, text = option.get_help_record(context)
    assert text.split("  [")[0]
    assert not VAGUE & {shown.partition(" ")[2], shown.rpartition(" ")[2]}


def test_shared_options_are_written_the_same():
    written = defaultdict(set)
    for param in options():
        option, context = param.values
        written[option.name].add(option.get_help_record(context)[0])
    for name in ("project", "target", "stacks", "state", "app_root", "branch", "pr", "environment"):
        assert len(written[name]) == 1, written[name]
