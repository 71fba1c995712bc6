"""``windlass promote``."""

from __future__ import annotations

from typing import Any

import click

from engine.cli.options import engine_of, json_option, project_options
from engine.cli.variables import variable_options, variables_of

EPILOG = """\b
Example:
  windlass promote --from staging --to prod
"""


@click.command("promote", epilog=EPILOG)
@project_options
@click.option("--from", "source", required=True, metavar="ENV", help="Where the release is live.")
@click.option("--to", required=True, metavar="ENV", help="Where it is to go live as well.")
@variable_options
@click.option(
    "--allow-inlined", is_flag=True, help="Let values of the environment it was built for be in its files."
)
@click.option(
    "--refresh", is_flag=True, help="Provision, and compare with AWS, even if the plan is unchanged."
)
@click.option("--allow-replace", is_flag=True, help="Let resources that hold data be replaced or deleted.")
@json_option
def command(as_json: bool, **options: Any) -> None:
    """Make the very release that is live in one environment live in another. Nothing is built.

    Refused where values of the one, such as its URL, were built into the files. --var and --secret tell what
    the other would be built with.
    """
    from engine.cli.running import run_verb
    from engine.cli.summary import Summary

    engine = engine_of(options, **variables_of(options))
    summary = Summary()
    run_verb(
        lambda emit: engine.promote(**options, on_event=summary.following(emit)),
        as_json=as_json,
        finish=summary.show,
    )
