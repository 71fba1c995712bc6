"""``windlass explain``."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

EPILOG = """\b
Examples:
  windlass explain
  windlass explain --branch feature/login --json
  windlass explain frontend.artifacts.baseDirectory
  windlass explain policy.retention
"""


@click.command("explain", epilog=EPILOG)
@click.argument("key", required=False)
@project_options
@choice_options
@json_option
def command(key: str | None, as_json: bool, **options: Any) -> None:
    """Show what was resolved for a branch or pull request, and where each value comes from.

    With KEY: what that key of amplify.yml or of a policy takes, what Amplify does with it, and what this
    project has for it.
    """
    if key is None:
        _resolved(as_json, options)
    else:
        _described(key, as_json, options)


def _resolved(as_json: bool, options: dict[str, Any]) -> None:
    from engine.cli.errors import near
    from engine.cli.reporters import reporter_for

    found = engine_of(options).explain(**choice_of(options))
    with reporter_for(as_json=as_json) as reporter:
        reporter.value("explanation", {"values": [dataclasses.asdict(value) for value in found]})
        rows = [(value.key, _shown(value.value), near(value.origin)) for value in found]
        reporter.table("", ("what", "value", "from"), rows)


def _described(key: str, as_json: bool, options: dict[str, Any]) -> None:
    here = engine_of(options).describe(key)
    if as_json:
        click.echo(json.dumps({"event": "key", **dataclasses.asdict(here)}))
    else:
        from engine.cli.key import show_key

        show_key(here)


def _shown(value: Any) -> str:
    if value is None or value == {}:
        return "-"
    return str(value).lower() if isinstance(value, bool) else str(value)
