"""Which CloudWatch log group belongs to a name of the spec."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import NotFoundError

if TYPE_CHECKING:
    from engine.provision.checkpoint import Resource

_TYPE = "aws:cloudwatch/logGroup:LogGroup"
_FUNCTIONS, _LOGS = "functions-", "-logs"


def log_groups(resources: tuple[Resource, ...]) -> dict[str, str]:
    """Name -> log group, of all that writes logs: functions by their names, APIs as ``api.rest``."""
    logical = {r.name.removesuffix(_LOGS): r.id for r in resources if r.type == _TYPE}
    return {_named(name): group for name, group in sorted(logical.items())}


def log_group(resources: tuple[Resource, ...], name: str) -> str:
    """The log group of ``name``. Raises NotFoundError, with the names there are."""
    groups = log_groups(resources)
    if name not in groups:
        there = ", ".join(groups) or "none"
        raise NotFoundError(
            f"nothing that is called {name} writes logs",
            hint=f"There are: {there}. Without a name: the log of the last deployment.",
        )
    return groups[name]


def _named(logical: str) -> str:
    if logical.startswith(_FUNCTIONS):
        return logical.removeprefix(_FUNCTIONS)
    return logical.replace("-", ".", 1)
