"""``windlass domain``."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

if TYPE_CHECKING:
    from engine.cli.reporters import Reporter
    from engine.results import DomainStatus

EPILOG = """\b
Examples:
  windlass domain                      the environment of the checkout's branch
  windlass domain --env prod --json
"""


@click.command("domain", epilog=EPILOG)
@project_options
@choice_options
@json_option
def command(as_json: bool, **options: Any) -> None:
    """Show how it stands with the environment's domain: certificate, names, records to set by hand."""
    from engine.cli.running import run_verb

    engine = engine_of(options)
    choice = choice_of(options)
    run_verb(lambda emit: engine.domain(**choice, on_event=emit), as_json=as_json, finish=_show)


def _show(reporter: Reporter, status: DomainStatus) -> None:
    reporter.value("domain", dataclasses.asdict(status))
    canonical = status.names[0]
    rows = [
        (
            name,
            "answers" if name == canonical else f"redirects to {canonical}",
            "yes" if name in status.live else "not yet",
            zone or "elsewhere",
        )
        for name, zone in zip(status.names, status.zones, strict=True)
    ]
    reporter.table("", ("name", "", "on the distribution", "DNS"), rows)
    reporter.note(f"certificate: {status.status.lower().replace('_', ' ')}")
    if status.records:
        records = [(record.name, record.type, record.value) for record in status.records]
        reporter.table("Records to set", ("name", "type", "value"), records)
    if status.next:
        reporter.note(status.next)
