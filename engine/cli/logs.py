"""``windlass logs``."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import re
import time
from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

if TYPE_CHECKING:
    from engine import Engine
    from engine.events import DeploymentFailed
    from engine.logs.model import LogEntry

EPILOG = """\b
Examples:
  windlass logs                        the last deployment from this folder
  windlass logs 20260314T101500Z-3fa9
  windlass logs notes-api --follow     a function of amplify.yml, as it writes
  windlass logs api.rest --since 1h    a line for each request to the API
"""
_DEPLOYMENT = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{4}")
_AGE = re.compile(r"(\d+)([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


class Age(click.ParamType[float]):
    """``30s``, ``10m``, ``2h``, ``1d`` as seconds."""

    name = "age"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The seconds."""
        if isinstance(value, float):
            return value
        if not (found := _AGE.fullmatch(value)):
            self.fail(f"{value!r} is no time; write 30s, 10m, 2h or 1d", param, ctx)
        return float(found[1]) * _SECONDS[found[2]]


@click.command("logs", epilog=EPILOG)
@click.argument("name", required=False)
@click.option("--follow", "-f", is_flag=True, help="Go on with what comes, until Ctrl-C.")
@click.option("--since", type=Age(), metavar="AGE", default="10m", show_default=True, help="How far back.")
@click.option("--all", "everything", is_flag=True, help="Also what Lambda writes: START, END, REPORT.")
@project_options
@choice_options
@json_option
def command(
    name: str | None, follow: bool, since: float, everything: bool, as_json: bool, **options: Any
) -> None:
    """Show the log of a deployment (NAME is its id; default: the last), or of a function or API.

    NAME of a function of amplify.yml shows what it writes at AWS, api.rest the requests to the API.
    """
    engine, choice = engine_of(options), choice_of(options)
    if name is None or _DEPLOYMENT.fullmatch(name):
        _show_deployment(engine, name, as_json=as_json)
        return
    wanted = {"since": since, "follow": follow, "everything": everything, **choice}
    asyncio.run(_show_entries(engine, name, wanted, as_json=as_json))


async def _show_entries(engine: Engine, name: str, wanted: dict[str, Any], *, as_json: bool) -> None:
    some = False
    async for entry in engine.tail(name, **wanted):
        click.echo(_as_json(entry) if as_json else _as_text(entry))
        some = True
    if not some:
        click.echo("nothing was written in that time; --since 1d looks further back", err=True)


def _as_json(entry: LogEntry) -> str:
    return json.dumps({"event": "log-entry", **dataclasses.asdict(entry)})


def _as_text(entry: LogEntry) -> str:
    clock = time.strftime("%H:%M:%S", time.localtime(entry.time)) + f".{int(entry.time * 1000) % 1000:03d}"
    text = f"{clock} {entry.message}"
    return (
        click.style(text, dim=True) if entry.platform else f"{click.style(clock, dim=True)} {entry.message}"
    )


def _show_deployment(engine: Engine, deployment: str | None, *, as_json: bool) -> None:
    from engine.cli.reporters.words import words
    from engine.events import DeploymentFailed

    _, lines = engine.logs(deployment)
    for line in lines:
        event = None if as_json else _event(line)
        if isinstance(event, DeploymentFailed):
            _show_failure(event)
        elif (text := words(event) if event else line) is not None:
            click.echo(text)


def _show_failure(event: DeploymentFailed) -> None:
    place = f"{event.where}: " if event.where else ""
    click.echo(f"error[{event.code}]: {place}{event.message}")
    for detail in event.details:
        click.echo(f"  | {detail}")
    if event.hint:
        click.echo(f"  next: {event.hint}")


def _event(line: str) -> Any:
    from engine import events

    data = json.loads(line)
    kind = "".join(part.title() for part in data.pop("event").split("-"))
    if "keys" in data:
        data["keys"] = tuple(data["keys"])
    return getattr(events, kind)(**data)
