"""``windlass resources``."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click

from engine.cli.options import choice_of, choice_options, engine_of, json_option, project_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.cli.reporters import Reporter
    from engine.permissions import Permission, RolePermissions
    from engine.results import ResourceInfo

EPILOG = """\b
Examples:
  windlass resources --env staging
  windlass resources --policies        what each role may do, and on what
"""


@click.command("resources", epilog=EPILOG)
@click.option("--policies", is_flag=True, help="Show the IAM policies of every role instead.")
@project_options
@choice_options
@json_option
def command(policies: bool, as_json: bool, **options: Any) -> None:
    """List the resources of an environment that exist at AWS, and why each does."""
    from engine.cli.reporters import reporter_for

    engine, choice = engine_of(options), choice_of(options)
    with reporter_for(as_json=as_json) as reporter:
        if policies:
            _show_policies(reporter, engine.permissions(**choice))
        else:
            _show_resources(reporter, engine.resources(**choice))


def _show_resources(reporter: Reporter, found: tuple[ResourceInfo, ...]) -> None:
    from engine.cli.reporters.words import short_type

    reporter.value("resources", {"resources": [dataclasses.asdict(resource) for resource in found]})
    rows = [(resource.name, short_type(resource.type), resource.id, resource.why) for resource in found]
    reporter.table("", ("resource", "type", "id", "why"), rows)


def _show_policies(reporter: Reporter, roles: tuple[RolePermissions, ...]) -> None:
    reporter.value("policies", {"roles": [dataclasses.asdict(role) for role in roles]})
    for role in roles:
        reporter.note(f"\n{role.role} ({role.name})")
        for who in role.taken_on_by:
            reporter.note(f"  taken on by {who}")
        for permission in role.permissions:
            for line in _lines(permission):
                reporter.note(f"  {line}")


def _lines(permission: Permission) -> Iterator[str]:
    """``allow dynamodb:GetItem, Query`` and below it on what, and where."""
    if not permission.actions:
        yield f"{permission.effect.lower()} what is in {permission.policy}"
        return
    yield f"{permission.effect.lower()} {_short(permission.actions)}"
    yield from (f"    on {resource}" for resource in permission.resources)
    yield from (f"    where {condition}" for condition in permission.conditions)


def _short(actions: tuple[str, ...]) -> str:
    """The service is written once for actions of one: ``s3:GetObject, PutObject``."""
    services = {action.partition(":")[0] for action in actions}
    first, *others = actions
    shown = [other.partition(":")[2] for other in others] if len(services) == 1 else others
    return ", ".join((first, *shown))
