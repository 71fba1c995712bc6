"""``windlass plan``."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

if TYPE_CHECKING:
    from engine.cli.reporters import Reporter
    from engine.results import PlanPreview

EPILOG = """\b
Examples:
  windlass plan
  windlass plan --env staging --json
"""


@click.command("plan", epilog=EPILOG)
@project_options
@choice_options
@click.option("--refresh", is_flag=True, help="Compare with what is at AWS, not with what is remembered.")
@json_option
def command(as_json: bool, **options: Any) -> None:
    """Show what a deployment would do to AWS. Nothing is touched."""
    from engine.cli.running import run_verb

    engine = engine_of(options)
    choice = choice_of(options)
    run_verb(
        lambda emit: engine.plan(**choice, **options, on_event=emit if as_json else _only_long(emit)),
        as_json=as_json,
        finish=_show,
    )


def _only_long(emit: Any) -> Any:
    """The table at the end says all about resources; before it only progress and warnings are shown."""
    from engine.events import ResourceChanged

    return lambda event: None if isinstance(event, ResourceChanged) else emit(event)


def _show(reporter: Reporter, plan: PlanPreview) -> None:
    from engine.cli.reporters.words import short_type
    from engine.plan.why import why

    reporter.value("plan", dataclasses.asdict(plan))
    reporter.note(f"{plan.stack} ({plan.target}), plan {plan.digest[:12]}")
    if not plan.changes:
        reporter.note("nothing to do: AWS is as the plan says")
        return
    rows = [
        (
            change.operation,
            change.name,
            short_type(change.type),
            ", ".join(change.keys) or why(change.name),
        )
        for change in plan.changes
    ]
    reporter.table("", ("will", "resource", "type", "why, or what differs"), rows)
