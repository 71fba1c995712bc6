"""``windlass local``."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from pathlib import Path

import click

from engine.cli.options import json_option

EPILOG = """\b
Examples:
  windlass local status
  windlass local reset                 forget everything of the local target
"""

_PROJECT = click.option(
    "--project",
    "-C",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    help="[.]",
)


@click.group("local", epilog=EPILOG)
def command() -> None:
    """The embedded AWS of this project: an emulator on this machine, bound to loopback."""


@command.command("start")
@_PROJECT
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Default: the one used before, else from 4610 on."
)
@json_option
def start_command(project: Path, port: int | None, as_json: bool) -> None:
    """Start it; nothing happens where it runs. Example: windlass local start"""
    from engine.cli.reporters import reporter_for
    from engine.local.emulator import start

    with reporter_for(as_json=as_json) as reporter:
        target = asyncio.run(start(project, port=port, emit=reporter.event))
        reporter.value("local", {"endpoint": target.endpoint})
        reporter.note(f"running at {target.endpoint}, sites at http://localhost:{target.port}/")


@command.command("stop")
@_PROJECT
@json_option
def stop_command(project: Path, as_json: bool) -> None:
    """Stop it; what it holds stays. Example: windlass local stop"""
    from engine.local.emulator import stop

    _say(as_json, "stopped" if asyncio.run(stop(project)) else "it did not run")


@command.command("status")
@_PROJECT
@json_option
def status_command(project: Path, as_json: bool) -> None:
    """Say whether it runs, where, since when. Example: windlass local status"""
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


@command.command("reset")
@_PROJECT
@json_option
def reset_command(project: Path, as_json: bool) -> None:
    """Stop it and forget all it holds. Example: windlass local reset"""
    from engine.local.emulator import reset

    asyncio.run(reset(project))
    _say(as_json, "the local target is empty")


def _say(as_json: bool, text: str) -> None:
    from engine.cli.reporters import reporter_for

    with reporter_for(as_json=as_json) as reporter:
        reporter.note(text)
