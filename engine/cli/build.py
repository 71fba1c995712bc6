"""``windlass build``."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.cli.building import building_of, building_options
from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options
from engine.cli.variables import variable_options, variables_of

if TYPE_CHECKING:
    from engine.cli.reporters import Reporter
    from engine.results import BuiltBundle

EPILOG = """\b
Examples:
  windlass build                       a bundle for the environment of the branch
  windlass build --env staging --output bundle.tar.zst
  windlass deploy --env staging --bundle bundle.tar.zst
"""


@click.command("build", epilog=EPILOG)
@project_options
@choice_options
@variable_options
@building_options
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="A folder, or a file that ends with .tar.zst.  [.windlass/bundles/RELEASE]",
)
@click.option("--verbose", "-v", is_flag=True, help="Keep every line of the build's output on the screen.")
@json_option
def command(output: Path | None, as_json: bool, verbose: bool, **options: Any) -> None:
    """Make a bundle without deploying it. Needs no AWS account and starts no emulator.

    The build is told the URL and the outputs of the environment as they were when it was last provisioned.
    """
    from engine.cli.running import run_verb

    engine = engine_of(options, **variables_of(options), **building_of(options))
    choice = choice_of(options)
    run_verb(
        lambda emit: engine.build(**choice, output=output, on_event=emit),
        as_json=as_json,
        verbose=verbose,
        finish=_show,
    )


def _show(reporter: Reporter, built: BuiltBundle) -> None:
    reporter.value("built", {**dataclasses.asdict(built), "path": str(built.path)})
    reporter.note(f"{built.path}: release {built.release}, {built.files} files, {built.bytes / 1e6:.1f} MB")
    if built.inlined:
        reporter.note(f"built in, so good for {built.environment} alone: {', '.join(built.inlined)}")
    reporter.note(f"next: windlass deploy --env {built.environment} --bundle {built.path}")
