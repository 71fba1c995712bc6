"""``windlass env``."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options
from engine.cli.variables import variable_options, variables_of

if TYPE_CHECKING:
    from engine.environment.given import GivenVariable
    from engine.environment.variables import Setting

EPILOG = """\b
Examples:
  windlass env                         of the branch of the checkout
  windlass env --pr 42 --json
  windlass env docs --output ENVIRONMENTS.md
"""


@click.group("env", epilog=EPILOG, invoke_without_command=True)
@project_options
@choice_options
@variable_options
@json_option
@click.pass_context
def command(ctx: click.Context, /, as_json: bool, **options: Any) -> None:
    """Show what the builds of an environment are given: each value, where it goes, the file and line it comes
    from, and what it overrides. Secrets are shown by name.

    The layers, the strongest last: app, policy, environment, branch, pull request, command line.
    """
    if ctx.invoked_subcommand is not None:
        return
    from engine.cli.reporters import reporter_for
    from engine.spec.node import short

    engine = engine_of(options, **variables_of(options))
    found = engine.variables(**choice_of(options))
    with reporter_for(as_json=as_json) as reporter:
        reporter.value("variables", _plain(found))
        if not found.variables and not found.secrets:
            reporter.note(
                f"builds of {found.environment} are given no variables but Amplify's and Windlass's own"
            )
            return
        rows = [
            (v.variable.name, short(v.shown), ", ".join(v.to), _from(v.variable), _over(v))
            for v in found.variables
        ]
        rows += [
            (s.name, _secret(found.withheld), ", ".join(s.to), _place(s.origin), "") for s in found.secrets
        ]
        reporter.table("", ("variable", "value", "goes to", "from", "overrides"), rows)
        if found.secrets and found.withheld:
            reporter.note(f"{found.environment} is given no secrets: {found.withheld}")


@command.command("docs", epilog="Example: windlass env docs -o ENVIRONMENTS.md")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write.  [standard output]",
)
@project_options
def docs_command(output: Path | None, **options: Any) -> None:
    """Write the map of environments, variables, secrets and backends as Markdown, for people who are new.

    It is made of the files alone, so it is the same on every machine.
    """
    text = engine_of(options).environment_map()
    if output is None:
        click.echo(text, nl=False)
        return
    output.write_text(text)
    click.echo(f"written: {output}")


def _plain(found: Any) -> dict[str, Any]:
    return {
        "app": found.app,
        "environment": found.environment,
        "variables": [_plain_variable(given) for given in found.variables],
        "secrets": [dataclasses.asdict(secret) for secret in found.secrets],
        "withheld": found.withheld,
    }


def _plain_variable(given: GivenVariable) -> dict[str, Any]:
    from engine.environment.given import masked

    variable = given.variable
    over = [
        {"value": masked(variable.name, setting.value), "layer": setting.layer, "origin": setting.origin}
        for setting in variable.over
    ]
    return {
        "name": variable.name,
        "value": given.shown,
        "to": given.to,
        "layer": variable.layer,
        "origin": variable.origin,
        "overrides": over,
    }


def _from(setting: Setting) -> str:
    place = _place(setting.origin)
    return place if setting.layer == "command line" else f"{setting.layer}, {place}"


def _over(given: GivenVariable) -> str:
    return "; ".join(_from(setting) for setting in given.variable.over)


def _secret(withheld: str) -> str:
    return "(withheld)" if withheld else "(secret)"


def _place(origin: str) -> str:
    from engine.cli.errors import near

    return near(origin)
