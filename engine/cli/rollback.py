"""``windlass rollback``."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

if TYPE_CHECKING:
    from engine.cli.reporters import Reporter
    from engine.results import Deployment

EPILOG = """\b
Examples:
  windlass rollback                    the release that was live before
  windlass rollback 3fa9c1d2           this one (`windlass releases` lists them)
"""


@click.command("rollback", epilog=EPILOG)
@click.argument("release", required=False)
@project_options
@choice_options
@json_option
def command(release: str | None, as_json: bool, **options: Any) -> None:
    """Make an earlier release live again. One write at the edge; nothing is built or uploaded."""
    from engine.cli.running import run_verb

    engine = engine_of(options)
    choice = choice_of(options)
    run_verb(lambda emit: engine.rollback(release, **choice, on_event=emit), as_json=as_json, finish=_show)


def _show(reporter: Reporter, deployment: Deployment) -> None:
    reporter.value("rolled-back", dataclasses.asdict(deployment))
    before = f" (was {deployment.previous})" if deployment.previous else ""
    reporter.note(f"live: release {deployment.release}{before}, {deployment.seconds:.1f} s")
    reporter.note(deployment.url)
