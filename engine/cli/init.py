"""``windlass init``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.errors import near
from engine.cli.options import json_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.detection.model import Detection

_NAME = "amplify.yml"
EPILOG = """\b
Example:
  windlass init
  windlass init --app-root apps/web --print
"""


@click.command("init", epilog=EPILOG)
@click.option(
    "--project",
    "-C",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help="Folder of the app.  [.]",
)
@click.option(
    "--app-root",
    metavar="FOLDER",
    multiple=True,
    help="An app of a monorepo, by its folder; may be repeated.",
)
@click.option(
    "--output",
    metavar="FOLDER",
    default="",
    help="The folder that the build writes, where it cannot be told.",
)
@click.option("--print", "only_print", is_flag=True, help="Print the file instead of writing it.")
@click.option("--force", is_flag=True, help="Write over an amplify.yml that is there.")
@json_option
def command(
    project: Path, app_root: tuple[str, ...], output: str, only_print: bool, force: bool, as_json: bool
) -> None:
    """Write an explicit, commented amplify.yml for the app found in the folder, and say why it is so.

    Nothing of the app is run. In a terminal it asks what no file says; elsewhere it never asks.
    """
    from engine.cli.questions import chosen, located
    from engine.detection.applications import applications
    from engine.detection.render import render
    from engine.errors import UsageError
    from engine.spec.names import default_app

    if not project.is_dir():
        raise UsageError(f"there is no folder {project}", hint="Say --project FOLDER.")
    telling = not (as_json or only_print)
    asking = telling and at_a_terminal()
    file = project / _NAME
    if not only_print:
        _refuse_overwriting(project, force=force, asking=asking)
    found = list(applications(project, app_root))
    if asking and len(found) > 1:
        found = chosen(found)
    if telling:
        _show(found)
    found = located(found, output, asking=asking)
    text = render(found, default_app(project))
    if not only_print:
        _write(file, text)
    if as_json:
        _print_json(found, text, None if only_print else file)
    elif only_print:
        click.echo(text, nl=False)
    else:
        _advise(found)
        click.echo(f"wrote {near(str(file))}; next: {_next(found)}")


def at_a_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _refuse_overwriting(project: Path, *, force: bool, asking: bool) -> None:
    from engine.errors import UsageError

    file = _existing(project)
    if file is None or (force and file.name == _NAME):
        return
    if asking and file.name == _NAME and click.confirm(f"{file} is there already; write over it?"):
        return
    hint = "Read it with `windlass check`, see the new one with --print"
    more = ", or write over it with --force." if file.name == _NAME else f", or rename it to {_NAME}."
    raise UsageError(f"{file} is there already", hint=hint + more)


def _existing(project: Path) -> Path | None:
    """The spec that is there, by one of the names that it is found by."""
    from engine.errors import UsageError
    from engine.spec.files import find

    try:
        return find(project).spec
    except UsageError:
        return None


def _write(file: Path, text: str) -> None:
    from engine.errors import UsageError

    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}", hint="See it with --print.") from None


def _print_json(found: Sequence[Detection], text: str, file: Path | None) -> None:
    apps = [{**asdict(one), "framework": one.framework.id if one.framework else None} for one in found]
    about = {"event": "initialized", "file": str(file) if file else None, "applications": apps}
    click.echo(json.dumps({**about, "text": text}))


def _show(found: Sequence[Detection]) -> None:
    for one in found:
        if one.app_root:
            click.echo(f"{one.app_root}:")
        for evidence in one.evidence:
            click.echo(f"  {evidence}")


def _advise(found: Sequence[Detection]) -> None:
    for advice in dict.fromkeys(advice for one in found for advice in one.advice):
        click.echo(f"{click.style('note:', fg='yellow')} {advice}")


def _next(found: Sequence[Detection]) -> str:
    """What to do next: a deployment, where it can go well."""
    certain = all(one.rendering == "static" and one.output for one in found)
    if not certain:
        return "windlass check"
    return "windlass deploy --target local" + (f" --app-root {found[0].app_root}" if len(found) > 1 else "")
