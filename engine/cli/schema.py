"""``windlass schema``."""

from __future__ import annotations

import json

import click

EPILOG = """\b
Example, for an editor with the YAML language server:
  windlass schema > amplify.schema.json
  # first line of amplify.yml: # yaml-language-server: $schema=amplify.schema.json
"""


@click.command("schema", epilog=EPILOG)
def command() -> None:
    """Print the JSON Schema of amplify.yml."""
    from engine.spec import json_schema

    click.echo(json.dumps(json_schema(), indent=2))
