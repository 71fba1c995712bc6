"""``windlass status``."""

from __future__ import annotations

import dataclasses
import time
from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

if TYPE_CHECKING:
    from engine.results import Status

EPILOG = """\b
Examples:
  windlass status                      all environments of the app
  windlass status --env pr-42 --json
  windlass status --env prod --refresh   what others changed at AWS
"""


@click.command("status", epilog=EPILOG)
@click.option(
    "--refresh", is_flag=True, help="Ask AWS what others have changed of one environment; changes nothing."
)
@project_options
@choice_options
@json_option
def command(refresh: bool, as_json: bool, **options: Any) -> None:
    """Show the environments of the app: where they answer, what is live, until when, who works on them."""
    from engine.cli.reporters import reporter_for

    engine, choice = engine_of(options), choice_of(options)
    if refresh:
        from engine.cli.drift import show_drift

        show_drift(engine, choice, as_json=as_json)
        return
    found = engine.status(**choice)
    with reporter_for(as_json=as_json) as reporter:
        reporter.value("status", {"environments": [dataclasses.asdict(status) for status in found]})
        if not found:
            reporter.note("no environment is deployed in this state (on this machine: --target local)")
            return
        columns = ("environment", "branch", "live", "last deployment", "expires", "url")
        reporter.table("", columns, [_row(status) for status in found])


def _row(status: Status) -> tuple[str, ...]:
    return (
        status.environment,
        status.branch or "-",
        status.live or "-",
        _last(status),
        time.strftime("%Y-%m-%d", time.localtime(status.expires)) if status.expires else "never",
        status.url or "-",
    )


def _last(status: Status) -> str:
    from engine.inspect import age

    if status.locked_by:
        return f"locked by {status.locked_by}"
    if status.last is None:
        return "-"
    # A deployment that was killed could not say how it ended.
    ended = "interrupted" if status.last.status == "running" else status.last.status
    return f"{ended}, {age(status.last.started)} ago"
