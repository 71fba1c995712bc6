"""Errors for people: what, where, what to do next."""

from __future__ import annotations

import json
from pathlib import Path

import click

from engine.errors import Problem, SpecError, WindlassError


def near(place: str) -> str:
    """A file, or a place in one, as seen from the working directory where it is below it."""
    return place.removeprefix(f"{Path.cwd()}/")


def show_error(error: WindlassError, *, as_json: bool = False) -> None:
    """Print the error to stderr, or as the last JSON line to stdout."""
    if as_json:
        click.echo(json.dumps({"event": "error", **error.to_json()}))
        return
    if isinstance(error, SpecError):
        show_problems(error.problems)
        return
    place = f"{near(str(error.where))}: " if error.where else ""
    click.echo(f"{_red('error')}[{error.code}]: {place}{error.message}", err=True)
    for detail in error.details:
        click.echo(f"  | {detail}", err=True)
    if error.hint:
        click.echo(f"  {_blue('next:')} {error.hint}", err=True)


def show_problems(problems: tuple[Problem, ...]) -> None:
    """Print every problem of a file with its place and its fix."""
    for problem in problems:
        color = _red if problem.severity == "error" else _yellow
        place = f"{near(str(problem.where))}: " if problem.where else ""
        click.echo(f"{place}{color(problem.severity)}[{problem.rule}]: {problem.message}", err=True)
        if problem.hint:
            click.echo(f"  {_blue('fix:')} {problem.hint}", err=True)


def show_defect(error: Exception) -> None:
    """Say that this is Windlass's own fault, and how to report it."""
    name = type(error).__name__
    click.echo(f"{_red('error')}[defect]: Windlass failed: {name}: {error}", err=True)
    click.echo("  next: run again as `windlass --debug VERB ...` and report what it prints.", err=True)


def _red(text: str) -> str:
    return click.style(text, fg="red", bold=True)


def _yellow(text: str) -> str:
    return click.style(text, fg="yellow", bold=True)


def _blue(text: str) -> str:
    return click.style(text, fg="blue", bold=True)
