"""``windlass open``."""

from __future__ import annotations

from typing import Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, project_options

EPILOG = """\b
Example:
  windlass open --pr 42
"""


@click.command("open", epilog=EPILOG)
@project_options
@choice_options
@click.option("--print", "only_print", is_flag=True, help="Print the URL instead of opening it.")
def command(only_print: bool, **options: Any) -> None:
    """Open the environment in the browser."""
    url = engine_of(options).outputs(**choice_of(options))["url"]
    click.echo(url)
    if not only_print:
        click.launch(url)
