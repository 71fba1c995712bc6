"""Variables and secrets for the build, from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

Decorated = TypeVar("Decorated", bound="Callable[..., Any]")


def variable_options(function: Decorated) -> Decorated:
    """--var, --secret."""
    function = click.option(
        "--secret",
        "secrets",
        multiple=True,
        metavar="NAME",
        help="A variable of this shell for the build, masked.",
    )(function)
    return click.option(
        "--var", "variables", multiple=True, metavar="NAME=VALUE", help="A variable for the build."
    )(function)


def variables_of(options: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The variables and secrets, as the arguments of the engine; taken out of ``options``."""
    return {
        "variables": _pairs(options.pop("variables")),
        "secrets": _from_shell(options.pop("secrets")),
    }


def _pairs(variables: tuple[str, ...]) -> dict[str, str]:
    for variable in variables:
        if "=" not in variable:
            raise click.BadParameter(f"{variable!r} is not NAME=VALUE", param_hint="--var")
    return dict(variable.split("=", 1) for variable in variables)


def _from_shell(names: tuple[str, ...]) -> dict[str, str]:
    import os

    missing = [name for name in names if name not in os.environ]
    if missing:
        raise click.BadParameter(f"{', '.join(missing)} is not set in this shell", param_hint="--secret")
    return {name: os.environ[name] for name in names}
