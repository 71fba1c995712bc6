"""What each role of an environment may do, from the stack's state alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.provision.checkpoint import Resource

_ROLE = "aws:iam/role:Role"
_INLINE = "aws:iam/rolePolicy:RolePolicy"
_ATTACHED = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"


@dataclass(frozen=True, slots=True)
class Permission:
    """A statement of a policy. ``policy`` is its name, or the ARN of a managed one, whose statements are not
    in the state; ``conditions`` are in words: ``StringLike s3:prefix is public/*``.
    """

    policy: str
    effect: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RolePermissions:
    """``role`` is its name in the program, ``name`` that at AWS; ``taken_on_by`` says who may act as it."""

    role: str
    name: str
    taken_on_by: tuple[str, ...]
    permissions: tuple[Permission, ...]


def permissions(resources: tuple[Resource, ...]) -> tuple[RolePermissions, ...]:
    """Every role among ``resources``, with all that its policies say."""
    return tuple(
        RolePermissions(
            role=role.name,
            name=role.id,
            taken_on_by=tuple(_principals(_document(role.inputs.get("assumeRolePolicy")))),
            permissions=tuple(_permissions(role, resources)),
        )
        for role in resources
        if role.type == _ROLE
    )


def _permissions(role: Resource, resources: Iterable[Resource]) -> Iterator[Permission]:
    for resource in resources:
        if resource.inputs.get("role") not in (role.id, role.inputs.get("name")):
            continue
        if resource.type == _INLINE:
            policy = str(resource.inputs.get("name", resource.name))
            yield from (_permission(policy, s) for s in _statements(_document(resource.inputs["policy"])))
        elif resource.type == _ATTACHED:
            yield Permission(str(resource.inputs["policyArn"]), "Allow", (), ())


def _permission(policy: str, statement: dict[str, Any]) -> Permission:
    return Permission(
        policy=policy,
        effect=statement["Effect"],
        actions=_texts(statement.get("Action", ())),
        resources=_texts(statement.get("Resource", ())),
        conditions=tuple(_conditions(statement)),
    )


def _principals(trust: dict[str, Any]) -> Iterator[str]:
    for statement in _statements(trust):
        principal = statement.get("Principal", {})
        named = principal if isinstance(principal, dict) else {"AWS": principal}
        conditions = tuple(_conditions(statement))
        where = f" where {' and '.join(conditions)}" if conditions else ""
        yield from (f"{text}{where}" for value in named.values() for text in _texts(value))


def _conditions(statement: dict[str, Any]) -> Iterator[str]:
    for operator, tests in statement.get("Condition", {}).items():
        for key, value in tests.items():
            yield f"{operator} {key} is {' or '.join(_texts(value))}"


def _statements(document: dict[str, Any]) -> list[dict[str, Any]]:
    found = document.get("Statement", [])
    return found if isinstance(found, list) else [found]


def _document(value: object) -> dict[str, Any]:
    """A policy as the state has it: JSON text; what is encrypted there is passed over."""
    try:
        found = json.loads(value) if isinstance(value, str) else {}
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(map(str, value))
