"""``windlass destroy``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

if TYPE_CHECKING:
    from engine.cli.reporters import Reporter

EPILOG = """\b
Examples:
  windlass destroy --pr 42             the preview of a pull request
  windlass destroy --env prod          a protected environment only by its name
  windlass destroy --env prod --delete-data    with the data that its policy retains
"""


@click.command("destroy", epilog=EPILOG)
@project_options
@choice_options
@click.option(
    "--delete-data",
    is_flag=True,
    help="Delete tables, users, files that the policy retains, too; with --env.",
)
@click.option("--yes", is_flag=True, help="Do not ask before data is deleted.")
@json_option
def command(as_json: bool, delete_data: bool, yes: bool, **options: Any) -> None:
    """Remove an environment: files, resources, stack, backups. Repeating it is no error."""
    from engine.cli.running import run_verb

    engine = engine_of(options)
    choice = choice_of(options)
    if delete_data and not yes:
        _ask(choice["environment"])
    run_verb(
        lambda emit: engine.destroy(**choice, delete_data=delete_data, on_event=emit),
        as_json=as_json,
        finish=_show,
    )


def _ask(environment: str) -> None:
    if not environment:
        raise click.UsageError("Say whose data is to be deleted: --env NAME.")
    if sys.stdin is None or not sys.stdin.isatty():
        raise click.UsageError("Nobody can be asked here whether the data may go: say --yes.")
    click.confirm(f"Delete {environment} and all of its data, for good?", abort=True, err=True)


def _show(reporter: Reporter, existed: bool) -> None:
    reporter.value("destroyed", {"existed": existed})
    reporter.note("destroyed" if existed else "there was nothing to destroy")
