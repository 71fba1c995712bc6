"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.engine import Engine

Decorated = TypeVar("Decorated", bound="Callable[..., Any]")

_FOLDER = click.Path(path_type=Path)
_PROJECT = (
    click.option(
        "--project", "-C", type=_FOLDER, default=Path(), metavar="FOLDER", help="Folder of amplify.yml.  [.]"
    ),
    click.option(
        "--target", type=click.Choice(["aws", "local"]), help="Where AWS is; default: the policy's."
    ),
    click.option(
        "--stacks",
        type=_FOLDER,
        metavar="FOLDER",
        help="The platform team's policies; default: stacks/ in the folder.",
    ),
    click.option(
        "--state", metavar="URL", help="State backend: file:///folder or s3://bucket/prefix?region=REGION."
    ),
    click.option("--app-root", metavar="FOLDER", help="The application of a monorepo (`appRoot`)."),
)
_CHOICE = (
    click.option(
        "--branch", metavar="NAME", default="", help="The branch to resolve; default: the checkout's."
    ),
    click.option("--pr", metavar="NUMBER", type=click.IntRange(min=1), help="The pull request to resolve."),
    click.option("--env", "environment", metavar="NAME", default="", help="The environment by its own name."),
)
_JSON = (click.option("--json", "as_json", is_flag=True, help="Print JSON (events as JSON lines)."),)


def project_options(function: Decorated) -> Decorated:
    """--project, --target, --stacks, --state, --app-root."""
    return _decorated(function, _PROJECT)


def choice_options(function: Decorated) -> Decorated:
    """--branch, --pr, --env."""
    return _decorated(function, _CHOICE)


def json_option(function: Decorated) -> Decorated:
    """--json."""
    return _decorated(function, _JSON)


def engine_of(options: dict[str, Any], **more: Any) -> Engine:
    """The engine that the project options of a verb ask for; takes them out of ``options``."""
    from engine.engine import Engine
    from engine.errors import UsageError

    project: Path = options.pop("project")
    if not project.is_dir():
        raise UsageError(
            f"there is no folder {project}", hint="Say --project FOLDER, the one of amplify.yml."
        )
    return Engine(
        project,
        target=options.pop("target"),
        stacks=options.pop("stacks"),
        state=options.pop("state"),
        app_root=options.pop("app_root"),
        **more,
    )


def choice_of(options: dict[str, Any]) -> dict[str, Any]:
    """What names the environment, as the arguments of the engine's verbs; taken out of ``options``."""
    return {
        "branch": options.pop("branch"),
        "pull_request": options.pop("pr"),
        "environment": options.pop("environment"),
    }


def _decorated(function: Decorated, options: tuple[Any, ...]) -> Decorated:
    for option in reversed(options):
        function = option(function)
    return function
