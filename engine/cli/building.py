"""Options about how a build runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

Decorated = TypeVar("Decorated", bound="Callable[..., Any]")


def building_options(function: Decorated) -> Decorated:
    """--isolation, --no-cache, --fork."""
    function = click.option(
        "--fork/--no-fork",
        default=None,
        help="Whether the pull request comes from a fork, and so is given no secrets; default: what CI says.",
    )(function)
    function = click.option(
        "--no-cache",
        is_flag=True,
        help="Build without what earlier builds kept (cache.paths); what this one leaves takes its place.",
    )(function)
    return click.option(
        "--isolation",
        type=click.Choice(["none", "bubblewrap"]),
        help="What the build is kept apart with, where the policy does not demand more.",
    )(function)


def building_of(options: dict[str, Any]) -> dict[str, Any]:
    """How to build, as the arguments of the engine; taken out of ``options``."""
    return {
        "isolation": options.pop("isolation"),
        "cache": not options.pop("no_cache"),
        "fork": options.pop("fork"),
    }
