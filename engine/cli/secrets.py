"""``windlass secrets``."""

from __future__ import annotations

import dataclasses
import sys
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

import click

from engine.cli.options import engine_of, json_option, project_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.cli.reporters import Reporter
    from engine.engine import Engine
    from engine.results import SecretChange, Secrets

EPILOG = """\b
Examples:
  windlass secrets set STRIPE_KEY --env prod
  windlass secrets set STRIPE_KEY --env preview < key.txt
  windlass secrets list --env prod
  windlass secrets rm STRIPE_KEY --env prod
"""
Decorated = TypeVar("Decorated", bound="Callable[..., Any]")


@click.group("secrets", epilog=EPILOG)
def command() -> None:
    """Secrets, kept in SSM Parameter Store. What asks for one by name is given it: builds by `env.secrets`.

    An environment reads its own, then (a preview) those of all previews, then those of all environments.
    """


def _of(function: Decorated) -> Decorated:
    """--env, --shared."""
    function = click.option("--shared", is_flag=True, help="Of all environments.")(function)
    return click.option(
        "--env",
        "environment",
        metavar="NAME",
        default="",
        help="Of this environment; `preview`: of all previews.",
    )(function)


@command.command("set", epilog="Example: windlass secrets set STRIPE_KEY --env prod")
@click.argument("name")
@click.argument("value", required=False, metavar="")
@click.option(
    "--file",
    metavar="FILE",
    type=click.File("rb"),
    help="Read the value from this file; - is standard input.",
)
@_of
@project_options
@json_option
def set_command(
    name: str,
    value: str | None,
    file: BinaryIO | None,
    environment: str,
    shared: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Set a secret. Its value is asked for, or read from the input or a file, never given as an argument.

    A line break at the very end is left out.
    """
    from engine.cli.running import run_verb

    if value is not None:
        raise click.UsageError(
            "A value on the command line can be read by others, and stays in the shell's history. Leave it "
            "out: it is asked for. If it is a real one, choose another."
        )
    engine = engine_of(options)
    _checked(engine, name, environment, shared)
    read = _read(file) if file else _asked(name)
    run_verb(
        lambda emit: engine.set_secret(name, read, environment=environment, shared=shared, on_event=emit),
        as_json=as_json,
        finish=_show_change,
    )


@command.command("list", epilog="Example: windlass secrets list --env prod")
@click.option("--env", "environment", metavar="NAME", default="", help="Only what this environment is given.")
@project_options
@json_option
def list_command(environment: str, as_json: bool, **options: Any) -> None:
    """List the secrets that are set, and those that builds ask for and are not. Values are never shown."""
    from engine.cli.running import run_verb

    engine = engine_of(options)
    run_verb(lambda emit: engine.secrets(environment, on_event=emit), as_json=as_json, finish=_show_secrets)


@command.command("rm", epilog="Example: windlass secrets rm STRIPE_KEY --env prod")
@click.argument("name")
@_of
@project_options
@json_option
def rm_command(name: str, environment: str, shared: bool, as_json: bool, **options: Any) -> None:
    """Remove a secret."""
    from engine.cli.running import run_verb
    from engine.errors import NotFoundError

    engine = engine_of(options)
    done = run_verb(
        lambda emit: engine.remove_secret(name, environment=environment, shared=shared, on_event=emit),
        as_json=as_json,
        finish=_show_removal,
    )
    if done is None:
        scope = "all environments" if shared else environment
        raise NotFoundError(f"there is no secret {name} of {scope}", hint="`windlass secrets list` has all.")


def _checked(engine: Engine, name: str, environment: str, shared: bool) -> None:
    """Find what is wrong with the call before anybody types a value."""
    from engine.steps.secret_place import checked_name, place_of

    checked_name(name)
    place_of(engine.settings, environment, shared=shared)


def _asked(name: str) -> str:
    if sys.stdin is None:  # it is closed
        raise click.UsageError("There is no input to read the value from: say --file FILE.")
    if not sys.stdin.isatty():
        return _read(sys.stdin.buffer)
    value: str = click.prompt(f"Value of {name}", hide_input=True, confirmation_prompt="The same again")
    return value


def _read(file: BinaryIO) -> str:
    from engine.errors import UsageError
    from engine.secrets.model import LARGEST

    data = file.read(LARGEST * 16)
    try:
        return data.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise UsageError("the value is no text in UTF-8", hint="Encode it as base64.") from None


def _show_change(reporter: Reporter, change: SecretChange) -> None:
    from engine.secrets.scopes import shown

    reporter.value("secret", dataclasses.asdict(change))
    reporter.note(f"{change.change} {change.name} of {shown(change.scope)} ({change.path})")
    if change.change == "changed":
        reporter.note("builds and functions have it from their next deployment on")


def _show_removal(reporter: Reporter, change: SecretChange | None) -> None:
    if change:
        _show_change(reporter, change)


def _show_secrets(reporter: Reporter, found: Secrets) -> None:
    from engine.secrets.scopes import shown

    stored = [
        {**dataclasses.asdict(secret), "changed": secret.changed.isoformat() if secret.changed else None}
        for secret in found.stored
    ]
    missing = [{"name": name, "environment": environment} for name, environment in found.missing]
    reporter.value("secrets", {"app": found.app, "secrets": stored, "missing": missing})
    if not found.stored and not found.missing:
        reporter.note(f"no secret of {found.app} is set")
        return
    rows: list[tuple[Any, ...]] = [
        (s.name, shown(s.scope), f"{s.changed:%Y-%m-%d %H:%M}" if s.changed else "-", s.version)
        for s in found.stored
    ]
    rows += [
        (name, environment, "not set, and builds ask for it", "-") for name, environment in found.missing
    ]
    reporter.table("", ("secret", "environment", "changed", "version"), sorted(rows, key=lambda row: row[:2]))
