"""``windlass releases``."""

from __future__ import annotations

import dataclasses
from typing import Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

EPILOG = """\b
Example:
  windlass releases --env prod
"""


@click.command("releases", epilog=EPILOG)
@project_options
@choice_options
@json_option
def command(as_json: bool, **options: Any) -> None:
    """List the releases of an environment, newest first, and which one is live."""
    from engine.cli.reporters import reporter_for

    found = engine_of(options).releases(**choice_of(options))
    with reporter_for(as_json=as_json) as reporter:
        reporter.value("releases", dataclasses.asdict(found))
        rows = [
            (
                "live" if release.id == found.live else "",
                release.id,
                release.created,
                release.commit[:9] or "-",
                release.branch or "-",
                release.files,
                f"{release.bytes / 1e6:.2f} MB",
            )
            for release in reversed(found.releases)
        ]
        reporter.table("", ("", "release", "created", "commit", "branch", "files", "size"), rows)
