"""``windlass outputs``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

if TYPE_CHECKING:
    from engine import Engine

EPILOG = """\b
Examples:
  windlass outputs --env prod --json
  windlass outputs --format amplify > amplify_outputs.json
  windlass outputs --format dotenv > .env.local
"""
_FORMATS = ("json", "dotenv", "ts", "amplify")


@click.command("outputs", epilog=EPILOG)
@click.argument("name", required=False)
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    help="json, ts: all. dotenv: the public ones, named for the bundler. amplify: amplify_outputs.json.",
)
@project_options
@choice_options
@json_option
def command(name: str | None, format_: str | None, as_json: bool, **options: Any) -> None:
    """Print the outputs of the environment's stack and its URL; with NAME, only that value."""
    engine, choice = engine_of(options), choice_of(options)
    chosen = format_ or ("json" if as_json else "")
    click.echo(_one(engine, choice, name) if name is not None else _all(engine, choice, chosen))


def _one(engine: Engine, choice: dict[str, Any], name: str) -> str:
    from engine.errors import NotFoundError

    found = engine.outputs(**choice)
    if name not in found:
        raise NotFoundError(f"there is no output {name!r}", hint=f"Outputs: {', '.join(sorted(found))}.")
    return found[name]


def _all(engine: Engine, choice: dict[str, Any], chosen: str) -> str:
    from engine.link.formats import as_dotenv, as_json, as_typescript

    match chosen:
        case "json":
            return as_json(engine.outputs(**choice))
        case "ts":
            return as_typescript(engine.outputs(**choice))
        case "dotenv":
            return as_dotenv(engine.public_variables(**choice))
        case "amplify":
            return as_json(engine.amplify_outputs(**choice))
    return "\n".join(f"{key}={value}" for key, value in engine.outputs(**choice).items())
