"""``windlass local``."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import time
from pathlib import Path

import click

from engine.cli.options import json_option

EPILOG = """\b
Examples:
  windlass local status
  windlass local reset                 forget everything of the local target
  eval "$(windlass local env)"         lead this shell's aws, SDKs and Node to it
"""

_PROJECT = click.option(
    "--project",
    "-C",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    metavar="FOLDER",
    help="Folder of amplify.yml.  [.]",
)


@click.group("local", epilog=EPILOG)
def command() -> None:
    """The embedded AWS of this project: an emulator on this machine, bound to loopback."""


@command.command("start", epilog="Example: windlass local start")
@_PROJECT
@click.option(
    "--port",
    metavar="NUMBER",
    type=click.IntRange(1, 65535),
    help="Where it listens; default: as before, else 4610 or the next that is free.",
)
@json_option
def start_command(project: Path, port: int | None, as_json: bool) -> None:
    """Start the embedded AWS. `windlass deploy --target local` does so by itself."""
    from engine.cli.reporters import reporter_for
    from engine.local.emulator import start

    with reporter_for(as_json=as_json) as reporter:
        target = asyncio.run(start(project, port=port, emit=reporter.event))
        reporter.value("local", {"endpoint": target.endpoint})
        reporter.note(f"running at {target.endpoint}, sites at http://localhost:{target.port}/")


@command.command("stop", epilog="Example: windlass local stop")
@_PROJECT
@json_option
def stop_command(project: Path, as_json: bool) -> None:
    """Stop the embedded AWS. What is deployed in it stays, and answers again when it is started."""
    from engine.local.emulator import stop

    _say(as_json, "stopped" if asyncio.run(stop(project)) else "it did not run")


@command.command("status", epilog="Example: windlass local status")
@_PROJECT
@json_option
def status_command(project: Path, as_json: bool) -> None:
    """Say whether the embedded AWS runs, where, and since when."""
    from engine.cli.reporters import reporter_for
    from engine.local.emulator import status

    found = status(project)
    with reporter_for(as_json=as_json) as reporter:
        reporter.value("local", dataclasses.asdict(found) if found else {"running": False})
        if found is None:
            reporter.note("it does not run; `windlass deploy --target local` starts it")
            return
        since = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(found.since))
        shown = {**dataclasses.asdict(found), "since": since, "size": f"{found.size / 1e6:.1f} MB"}
        reporter.table("", ("what", "value"), list(shown.items()))


@command.command("env", epilog='Example: eval "$(windlass local env --project .)"')
@_PROJECT
@json_option
def env_command(project: Path, as_json: bool) -> None:
    """Print variables that lead a shell's programs to the embedded AWS: SDKs, `aws`, fetch in Node."""
    from engine.errors import LocalTargetError
    from engine.local.emulator import local_target
    from engine.local.shell import exports, shell_variables

    target = local_target(project)
    if target is None:
        raise LocalTargetError("the local target does not run", hint="windlass local start")
    variables = shell_variables(target)
    click.echo(json.dumps(variables, indent=2) if as_json else exports(variables))


@command.command("reset", epilog="Example: windlass local reset")
@_PROJECT
@json_option
def reset_command(project: Path, as_json: bool) -> None:
    """Stop the embedded AWS and delete all that is in it."""
    from engine.local.emulator import reset

    asyncio.run(reset(project))
    _say(as_json, "the local target is empty")


def _say(as_json: bool, text: str) -> None:
    from engine.cli.reporters import reporter_for

    with reporter_for(as_json=as_json) as reporter:
        reporter.note(text)
