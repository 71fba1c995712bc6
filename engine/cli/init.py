"""``windlass init``."""

from __future__ import annotations

from pathlib import Path

import click

EPILOG = """\b
Example:
  windlass init --project apps/web
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
@click.option("--print", "only_print", is_flag=True, help="Print the file instead of writing it.")
@click.option("--force", is_flag=True, help="Write over an amplify.yml that is there.")
def command(project: Path, only_print: bool, force: bool) -> None:
    """Write an explicit, commented amplify.yml for the app found in the folder."""
    from engine.errors import UsageError
    from engine.spec.init import detect, render

    if not project.is_dir():
        raise UsageError(f"there is no folder {project}", hint="Say --project FOLDER.")
    found = detect(project)
    text = render(found)
    if only_print:
        click.echo(text, nl=False)
        return
    file = project / "amplify.yml"
    if file.exists() and not force:
        raise UsageError(
            f"{file} is there already", hint="Read it with `windlass check`, or write over it with --force."
        )
    file.write_text(text)
    for evidence in found.evidence:
        click.echo(f"  {evidence}")
    click.echo(f"wrote {file}; next: windlass deploy --target local")
