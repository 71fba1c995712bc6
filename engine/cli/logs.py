"""``windlass logs``."""

from __future__ import annotations

import json
from typing import Any

import click

from engine.cli.options import engine_of, json_option, project_options

EPILOG = """\b
Examples:
  windlass logs                        the last deployment from this folder
  windlass logs 20260314T101500Z-3fa9
"""


@click.command("logs", epilog=EPILOG)
@click.argument("deployment", required=False)
@project_options
@json_option
def command(deployment: str | None, as_json: bool, **options: Any) -> None:
    """Show the log of a deployment: its steps, the build's output, resources, checks."""
    from engine.cli.reporters.words import words

    _, lines = engine_of(options).logs(deployment)
    for line in lines:
        text = line if as_json else words(_event(line))
        if text is not None:
            click.echo(text)


def _event(line: str) -> Any:
    from engine import events

    data = json.loads(line)
    kind = "".join(part.title() for part in data.pop("event").split("-"))
    if "keys" in data:
        data["keys"] = tuple(data["keys"])
    return getattr(events, kind)(**data)
