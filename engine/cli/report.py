"""What ``windlass check`` found: for people, as JSON, as SARIF."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path

    from engine.check import Report
    from engine.errors import Problem

_KEYS = ("rule", "severity", "message", "hint", "key")


def show_report(report: Report, mended: tuple[Problem, ...], project: Path, form: str | None) -> None:
    """Print ``report`` in ``form``: ``json``, ``sarif`` (and for people to stderr), or None for people."""
    if form == "json":
        click.echo(json.dumps(_values(report, mended)))
        return
    if form == "sarif":
        from engine.doctor.sarif import sarif

        click.echo(json.dumps(sarif(report, project), indent=2))
    _show(report, mended, to_stderr=form == "sarif")


def _values(report: Report, mended: tuple[Problem, ...]) -> dict[str, Any]:
    silenced = [{**_value(silenced.problem), "reason": silenced.reason} for silenced in report.silenced]
    problems = [_value(problem) for problem in report.problems]
    return {"event": "checked", "problems": problems, "silenced": silenced, "mended": len(mended)}


def _value(problem: Problem) -> dict[str, Any]:
    place = str(problem.where) if problem.where else None
    return {**{key: getattr(problem, key) for key in _KEYS}, "where": place}


def _show(report: Report, mended: tuple[Problem, ...], *, to_stderr: bool) -> None:
    from engine.cli.errors import near, show_problems

    for problem in mended:
        click.echo(f"mended {near(str(problem.where))}: {problem.message}", err=to_stderr)
    show_problems(report.problems)
    errors = sum(problem.severity == "error" for problem in report.problems)
    counts = [_counted(errors, "error"), _counted(len(report.problems) - errors, "warning")]
    counts += [f"{len(report.silenced)} silenced"] if report.silenced else []
    click.echo(", ".join(counts) if report.problems or report.silenced else "nothing is wrong", err=to_stderr)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
