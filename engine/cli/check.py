"""``windlass check``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from engine.errors import Problem

EPILOG = """\b
Examples:
  windlass check --project apps/web
  windlass check --fix
"""


@click.command("check", epilog=EPILOG)
@click.option("--project", "-C", type=click.Path(path_type=Path), default=Path(), help="Folder.  [.]")
@click.option("--stacks", type=click.Path(path_type=Path), help="The platform team's policies.")
@click.option("--fix", is_flag=True, help="Mend in the file what has only one meaning; comments stay.")
@click.option("--strict", is_flag=True, help="Let warnings fail as well.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(
    ctx: click.Context, project: Path, stacks: Path | None, fix: bool, strict: bool, as_json: bool
) -> None:
    """Say everything that is wrong with amplify.yml and the policies; exit code 2 if anything is."""
    from engine.check import check

    mended = _mended(project) if fix else ()
    problems = check(project, stacks)
    errors = [problem for problem in problems if problem.severity == "error" or strict]
    if as_json:
        keys = ("rule", "severity", "message", "hint", "key")
        found = [
            {**{key: getattr(p, key) for key in keys}, "where": str(p.where) if p.where else None}
            for p in problems
        ]
        click.echo(json.dumps({"event": "checked", "problems": found, "mended": len(mended)}))
    else:
        from engine.cli.errors import show_problems

        for problem in mended:
            click.echo(f"mended {problem.where}: {problem.message}")
        show_problems(problems)
        warnings = len(problems) - len(errors)
        counts = f"{_counted(len(errors), 'error')}, {_counted(warnings, 'warning')}"
        click.echo(counts if problems else "nothing is wrong")
    ctx.exit(2 if errors else 0)


def _mended(project: Path) -> tuple[Problem, ...]:
    from engine.spec import mend_file

    return mend_file(project)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
