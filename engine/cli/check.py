"""``windlass check``."""

from __future__ import annotations

import json
from pathlib import Path

import click

EPILOG = """\b
Example:
  windlass check --project apps/web
"""


@click.command("check", epilog=EPILOG)
@click.option("--project", "-C", type=click.Path(path_type=Path), default=Path(), help="Folder.  [.]")
@click.option("--stacks", type=click.Path(path_type=Path), help="The platform team's policies.")
@click.option("--strict", is_flag=True, help="Let warnings fail as well.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, project: Path, stacks: Path | None, strict: bool, as_json: bool) -> None:
    """Say everything that is wrong with amplify.yml and the policies; exit code 2 if anything is."""
    from engine.check import check

    problems = check(project, stacks)
    errors = [problem for problem in problems if problem.severity == "error" or strict]
    if as_json:
        keys = ("rule", "severity", "message", "hint", "key")
        found = [
            {**{key: getattr(p, key) for key in keys}, "where": str(p.where) if p.where else None}
            for p in problems
        ]
        click.echo(json.dumps({"event": "checked", "problems": found}))
    else:
        from engine.cli.errors import show_problems

        show_problems(problems)
        warnings = len(problems) - len(errors)
        click.echo(f"{len(errors)} errors, {warnings} warnings" if problems else "nothing is wrong")
    ctx.exit(2 if errors else 0)
