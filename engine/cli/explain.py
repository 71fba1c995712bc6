"""``windlass explain``."""

from __future__ import annotations

import dataclasses
from typing import Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

EPILOG = """\b
Examples:
  windlass explain
  windlass explain --branch feature/login --json
"""


@click.command("explain", epilog=EPILOG)
@project_options
@choice_options
@json_option
def command(as_json: bool, **options: Any) -> None:
    """Show what was resolved for a branch or pull request, and where each value comes from."""
    from engine.cli.errors import near
    from engine.cli.reporters import reporter_for

    found = engine_of(options).explain(**choice_of(options))
    with reporter_for(as_json=as_json) as reporter:
        reporter.value("explanation", {"values": [dataclasses.asdict(value) for value in found]})
        rows = [(value.key, _shown(value.value), near(value.origin)) for value in found]
        reporter.table("", ("what", "value", "from"), rows)


def _shown(value: Any) -> str:
    if value is None or value == {}:
        return "-"
    return str(value).lower() if isinstance(value, bool) else str(value)
