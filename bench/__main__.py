"""``python -m bench [NAME ...] [--runs N] [--json]``."""

from __future__ import annotations

import importlib

import click

from bench.table import as_json, as_markdown, machine
from bench.workshop import workshop

NAMES = (
    *(
        "deploy_unchanged",
        "frontend_change",
        "rollback",
        "startup",
        "doctor",
        "detection",
        "edge",
        "overhead",
    ),
    *("reading", "second_build", "cache", "large_log", "artifacts", "backend"),
)


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES))
@click.option("--runs", default=5, show_default=True, type=click.IntRange(min=1), help="Runs of each thing.")
@click.option("--json", "json_", is_flag=True, help="Print JSON with all samples.")
def main(names: tuple[str, ...], runs: int, json_: bool) -> None:
    """Measure Windlass side by side with what a user would use instead; all of it, or NAMES."""
    figures = []
    with workshop(runs) as place:
        for name in names or NAMES:
            click.echo(f"measuring {name}", err=True)
            figures += importlib.import_module(f"bench.{name}").measure(place)
    click.echo((as_json if json_ else as_markdown)(figures, machine()))


if __name__ == "__main__":
    main()
