"""``windlass outputs``."""

from __future__ import annotations

import json
from typing import Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

EPILOG = """\b
Example:
  windlass outputs --env prod --json
"""


@click.command("outputs", epilog=EPILOG)
@click.argument("name", required=False)
@project_options
@choice_options
@json_option
def command(name: str | None, as_json: bool, **options: Any) -> None:
    """Print the outputs of the environment's stack and its URL; with NAME, only that value."""
    from engine.errors import NotFoundError

    found = engine_of(options).outputs(**choice_of(options))
    if name is not None and name not in found:
        raise NotFoundError(f"there is no output {name!r}", hint=f"Outputs: {', '.join(sorted(found))}.")
    if name is not None:
        click.echo(found[name])
    elif as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        for key, value in found.items():
            click.echo(f"{key}={value}")
