"""``windlass logs``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import engine_of, json_option, project_options

if TYPE_CHECKING:
    from engine.events import DeploymentFailed

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
    from engine.events import DeploymentFailed

    _, lines = engine_of(options).logs(deployment)
    for line in lines:
        event = None if as_json else _event(line)
        if isinstance(event, DeploymentFailed):
            _show_failure(event)
        elif (text := words(event) if event else line) is not None:
            click.echo(text)


def _show_failure(event: DeploymentFailed) -> None:
    place = f"{event.where}: " if event.where else ""
    click.echo(f"error[{event.code}]: {place}{event.message}")
    for detail in event.details:
        click.echo(f"  | {detail}")
    if event.hint:
        click.echo(f"  next: {event.hint}")


def _event(line: str) -> Any:
    from engine import events

    data = json.loads(line)
    kind = "".join(part.title() for part in data.pop("event").split("-"))
    if "keys" in data:
        data["keys"] = tuple(data["keys"])
    return getattr(events, kind)(**data)
