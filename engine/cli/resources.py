"""``windlass resources``."""

from __future__ import annotations

import dataclasses
from typing import Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

EPILOG = """\b
Example:
  windlass resources --env staging
"""


@click.command("resources", epilog=EPILOG)
@project_options
@choice_options
@json_option
def command(as_json: bool, **options: Any) -> None:
    """List the resources of an environment that exist at AWS, and why each does."""
    from engine.cli.reporters import reporter_for
    from engine.cli.reporters.words import short_type

    found = engine_of(options).resources(**choice_of(options))
    with reporter_for(as_json=as_json) as reporter:
        reporter.value("resources", {"resources": [dataclasses.asdict(resource) for resource in found]})
        rows = [(resource.name, short_type(resource.type), resource.id, resource.why) for resource in found]
        reporter.table("", ("resource", "type", "id", "why"), rows)
