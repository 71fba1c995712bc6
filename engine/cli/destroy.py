"""``windlass destroy``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

if TYPE_CHECKING:
    from engine.cli.reporters import Reporter

EPILOG = """\b
Examples:
  windlass destroy --pr 42             the preview of a pull request
  windlass destroy --env prod          a protected environment only by its name
"""


@click.command("destroy", epilog=EPILOG)
@project_options
@choice_options
@json_option
def command(as_json: bool, **options: Any) -> None:
    """Remove an environment: files, resources, stack, backups. Repeating it is no error."""
    from engine.cli.running import run_verb

    engine = engine_of(options)
    choice = choice_of(options)
    run_verb(lambda emit: engine.destroy(**choice, on_event=emit), as_json=as_json, finish=_show)


def _show(reporter: Reporter, existed: bool) -> None:
    reporter.value("destroyed", {"existed": existed})
    reporter.note("destroyed" if existed else "there was nothing to destroy")
