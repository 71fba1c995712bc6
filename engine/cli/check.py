"""``windlass check``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from engine.errors import Problem

EPILOG = """\b
Examples:
  windlass check --project apps/web
  windlass check --fix
  windlass check --explain import-case
  windlass check --sarif > windlass.sarif
"""
_FOLDER = click.Path(path_type=Path)


@click.command("check", epilog=EPILOG)
@click.option(
    "--project", "-C", type=_FOLDER, default=Path(), metavar="FOLDER", help="Folder of amplify.yml.  [.]"
)
@click.option(
    "--stacks",
    type=_FOLDER,
    metavar="FOLDER",
    help="The platform team's policies; default: stacks/ in the folder.",
)
@click.option(
    "--fix",
    is_flag=True,
    help="Mend what has only one fix, in amplify.yml and other settings; comments stay.",
)
@click.option("--fix-sources", is_flag=True, help="The same, and in the app's own code as well.")
@click.option("--strict", is_flag=True, help="Let warnings fail as well.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--sarif", "form", flag_value="sarif", help="Print SARIF 2.1.0, and the problems to stderr.")
@click.option("--list", "list_", is_flag=True, help="List all rules.")
@click.option("--explain", metavar="RULE", help="Say what a rule finds, why, and what to do.")
@click.pass_context
def command(
    ctx: click.Context,
    project: Path,
    stacks: Path | None,
    fix: bool,
    fix_sources: bool,
    strict: bool,
    form: str | None,
    list_: bool,
    explain: str | None,
) -> None:
    """Say everything that is wrong with amplify.yml, the policies and the app; exit code 2 if anything is."""
    if list_ or explain:
        from engine.cli.rules import show_rule, show_rules

        show_rule(explain) if explain else show_rules()
        return
    from engine.check import check
    from engine.cli.report import show_report

    mended = _mended(project, stacks, sources=fix_sources) if fix or fix_sources else ()
    report = check(project, stacks, os.environ)
    show_report(report, mended, project, form)
    failing = any(problem.severity == "error" or strict for problem in report.problems)
    ctx.exit(2 if failing else 0)


def _mended(project: Path, stacks: Path | None, *, sources: bool) -> tuple[Problem, ...]:
    from engine.check import check
    from engine.doctor.mend import mend
    from engine.spec import mend_file

    shapes = mend_file(project)
    return (*shapes, *mend(check(project, stacks, os.environ), sources=sources))
