"""``windlass verify``."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

if TYPE_CHECKING:
    from engine.cli.reporters import Reporter
    from engine.results import Verification

EPILOG = """\b
Examples:
  windlass verify                      the environment of the checkout's branch
  windlass verify --env staging --json
"""


@click.command("verify", epilog=EPILOG)
@project_options
@choice_options
@json_option
def command(as_json: bool, **options: Any) -> None:
    """Look at a deployed environment as its visitors do, and use its backend as a throw-away user.

    Signs up and in, calls the API with and without a token, keeps a file and reads it back, and removes all
    of it. Exit code 7 if anything is not as it should be.
    """
    from engine.cli.running import run_verb

    engine, choice = engine_of(options), choice_of(options)
    run_verb(lambda emit: engine.verify(**choice, on_event=emit), as_json=as_json, finish=_show)


def _show(reporter: Reporter, done: Verification) -> None:
    reporter.value("verified", dataclasses.asdict(done))
    reporter.note(f"{len(done.checks)} checks of {done.environment} passed: {done.url}")
