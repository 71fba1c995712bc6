"""``windlass invoke``."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

if TYPE_CHECKING:
    from engine.cli.reporters import Reporter
    from engine.invoke import FunctionFailure, Invocation

EPILOG = """\b
Examples:
  windlass invoke notes-api --data '{"text": "hello"}'
  windlass invoke notes-api --data @event.json --log
  jq .event < recorded.json | windlass invoke notes-api --data - --json
"""


@click.command("invoke", epilog=EPILOG)
@click.argument("name")
@click.option(
    "--data", metavar="JSON|@FILE|-", default="{}", help="What it is called with; - is stdin.  [{}]"
)
@click.option("--log", is_flag=True, help="Show the end of what it wrote, too.")
@project_options
@choice_options
@json_option
def command(name: str, data: str, log: bool, as_json: bool, **options: Any) -> None:
    """Call a function of amplify.yml at AWS and print its answer; exit code 12 if it fails."""
    from engine.cli.running import run_verb

    engine, choice, payload = engine_of(options), choice_of(options), _payload(data)

    def show(reporter: Reporter, done: Invocation) -> None:
        reporter.value("invoked", dataclasses.asdict(done))
        if not as_json:
            _show(done, log=log)

    done = run_verb(
        lambda emit: engine.invoke(name, payload, **choice, on_event=emit), as_json=as_json, finish=show
    )
    if done.failure:
        raise _error(name, done.failure)


def _payload(data: str) -> Any:
    from engine.errors import UsageError

    try:
        return json.loads(_text(data))
    except ValueError as error:
        raise UsageError(
            f"--data is no JSON: {error}", hint="Write JSON, @file for a file with it, or - for stdin."
        ) from None


def _text(data: str) -> str:
    from engine.errors import UsageError

    if data == "-":
        return sys.stdin.read()
    if not data.startswith("@"):
        return data
    try:
        return Path(data[1:]).read_text()
    except OSError as error:
        raise UsageError(f"{data[1:]} cannot be read: {error.strerror}", hint="Name a file.") from None


def _show(done: Invocation, *, log: bool) -> None:
    for line in done.log if log else ():
        click.echo(click.style(line, dim=True), err=True)
    if done.failure is None:
        click.echo(done.answer if isinstance(done.answer, str) else json.dumps(done.answer, indent=2))


def _error(name: str, failure: FunctionFailure) -> Exception:
    from engine.errors import InvokeError

    return InvokeError(
        f"{name} failed: {failure.type}: {failure.message}",
        hint=f"`windlass logs {name}` has what it wrote.",
        details=failure.trace,
    )
