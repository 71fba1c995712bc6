"""Every ``windlass ...`` that a page shows is one that the command line takes."""

import re
import shlex
from pathlib import Path

import click
import pytest

from engine.cli.main import cli
from tools.docs.verbs import contexts

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(windlass(?:\s[^`]*)?)`")
LINE = re.compile(r"(?:^|[|(] ?|run: |\$ )(windlass [^\n|#<>)]+)", re.MULTILINE)


def shown():
    for page in PAGES:
        text = page.read_text()
        blocks = "\n".join(FENCE.findall(text))
        inline = INLINE.findall(FENCE.sub("", text))
        for command in sorted({*LINE.findall(blocks), *inline}):
            yield pytest.param(" ".join(command.split()), id=f"{page.name}: {command}")


def examples():
    for context in contexts():
        for line in (context.command.epilog or "").splitlines():
            example = line.strip().removeprefix("Example: ")
            if example.startswith("windlass"):
                command = re.split(r"\s{3,}", example)[0]
                yield pytest.param(command, id=f"{context.command_path}: {command}")


def taken(command):
    """Let click read the command as it would, and run nothing."""
    _, *words = shlex.split(re.split(r" [<>|] ", command)[0].replace("$PR", "42"))
    group, context = cli, click.Context(cli, info_name="windlass")
    while words and isinstance(group, click.Group) and not words[0].startswith("-"):
        name = words.pop(0)
        found = group.get_command(context, name)
        assert found is not None, f"there is no verb {name}"
        group, context = found, click.Context(found, info_name=name, parent=context)
    named_alone = not words
    try:
        group.make_context(group.name, words, parent=context.parent)
    except click.exceptions.Exit:
        pass
    except (click.MissingParameter, click.exceptions.NoArgsIsHelpError):
        assert named_alone


@pytest.mark.parametrize("command", [*shown()])
def test_a_command_of_a_page_is_one(command):
    if not re.match(r"windlass (VERB|--debug)", command):
        taken(command)


@pytest.mark.parametrize("command", [*examples()])
def test_an_example_of_help_is_one(command):
    taken(command)


def test_commands_are_found():
    found = [param.values[0] for param in shown()]
    assert {"windlass init", "windlass deploy --target local", "windlass explain KEY"} <= set(found)


@pytest.mark.parametrize(
    "command", ["windlass deplyo", "windlass deploy --no-such-option", "windlass local strat"]
)
def test_one_that_is_not_is_noticed(command):
    with pytest.raises((AssertionError, click.UsageError)):
        taken(command)
