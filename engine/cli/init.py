"""``windlass init``."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.options import json_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.detection.model import Detection

_NAMES = ("amplify.yml", "amplify.yaml")
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
    """Write an explicit, commented amplify.yml for the app found in the folder."""
    from engine.detection.applications import applications
    from engine.detection.render import render
    from engine.errors import UsageError
    from engine.spec.names import default_app

    if not project.is_dir():
        raise UsageError(f"there is no folder {project}", hint="Say --project FOLDER.")
    asking = not as_json and at_a_terminal()
    file = project / "amplify.yml"
    if not only_print:
        _refuse_overwriting(project, force=force, asking=asking)
    found = list(applications(project, app_root))
    if asking and len(found) > 1:
        found = _chosen(found)
    found = [_with_output(one, output, asking=asking) for one in found]
    text = render(found, default_app(project))
    if not only_print:
        file.write_text(text, encoding="utf-8")
    if as_json:
        _print_json(found, text, None if only_print else file)
    elif only_print:
        click.echo(text, nl=False)
    else:
        _show(found, file)


def at_a_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _refuse_overwriting(project: Path, *, force: bool, asking: bool) -> None:
    from engine.errors import UsageError

    file = next((project / name for name in _NAMES if (project / name).exists()), None)
    if file is None or (force and file.name == _NAMES[0]):
        return
    if asking and file.name == _NAMES[0] and click.confirm(f"{file} is there already; write over it?"):
        return
    hint = "Read it with `windlass check`, see the new one with --print"
    more = ", or write over it with --force." if file.name == _NAMES[0] else ", or rename it to amplify.yml."
    raise UsageError(f"{file} is there already", hint=hint + more)


def _chosen(found: Sequence[Detection]) -> list[Detection]:
    roots = [one.app_root or "." for one in found]
    for one, root in zip(found, roots, strict=True):
        click.echo(f"  {root}: {one.framework.name if one.framework else 'no framework known'}")
    answer = click.prompt("Which app?", type=click.Choice([*roots, "all"]), default="all")
    return [one for one, root in zip(found, roots, strict=True) if answer in (root, "all")]


def _with_output(one: Detection, output: str, *, asking: bool) -> Detection:
    from engine.detection.model import Evidence
    from engine.detection.render import GUESS

    if output or (asking and not one.output):
        name = one.app_root or "the app"
        told = output or click.prompt(f"Which folder does the build of {name} write?", default=GUESS)
        kept = tuple(e for e in one.evidence if e.noun != "output folder")
        return replace(one, output=told, evidence=(*kept, Evidence("output folder", told, "as you said")))
    if one.output:
        return one
    return replace(one, advice=(*one.advice, f"the output folder `{GUESS}` is a guess: say --output FOLDER"))


def _print_json(found: Sequence[Detection], text: str, file: Path | None) -> None:
    apps = [{**asdict(one), "framework": one.framework.id if one.framework else None} for one in found]
    about = {"event": "initialized", "file": str(file) if file else None, "applications": apps}
    click.echo(json.dumps({**about, "text": text}))


def _show(found: Sequence[Detection], file: Path) -> None:
    for one in found:
        if one.app_root:
            click.echo(f"{one.app_root}:")
        for evidence in one.evidence:
            click.echo(f"  {evidence}")
    for advice in dict.fromkeys(advice for one in found for advice in one.advice):
        click.echo(f"{click.style('note:', fg='yellow')} {advice}")
    click.echo(f"wrote {file}; next: windlass deploy --target local")
