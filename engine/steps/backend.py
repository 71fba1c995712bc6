"""What the backend of an environment will be, worked out from the spec, the policy and where the site is."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.context import url_of
from engine.environment.given import place_of
from engine.errors import GuardError, LocalTargetError, Where
from engine.secrets.access import paths_for
from engine.spec.backend.secrets import asked_secrets

if TYPE_CHECKING:
    from engine.context import Context, Settings
    from engine.environment.model import Environment
    from engine.plan.backend import BackendPlan
    from engine.spec.model import Spec
    from engine.target import Target


def planned_backend(
    spec: Spec, environment: Environment, target: Target, settings: Settings | None
) -> BackendPlan | None:
    """The backend's plan, None where the spec asks for no resource or another environment lends them.

    Without ``settings`` no code is read: what is only taken away, or rolled back, needs none.
    Raises SpecError for missing code, LocalTargetError for what the embedded AWS does not have, GuardError
    where the policy has no VPC for what must be in one.
    """
    if not spec.backend.resources or environment.lender:
        return None
    from engine.plan.backend import make_backend

    origins = known_origins(environment, target)
    if settings is None:
        return make_backend(spec.backend, environment, origins, {})
    _refuse_impossible(spec, environment)
    from engine.steps.functions import packages_of
    from engine.steps.graphql import graphql_files, key_expiry

    folder = settings.project / spec.app_root
    return make_backend(
        spec.backend,
        environment,
        origins,
        packages_of(spec, folder, settings.host),
        graphql_files(spec, folder),
        key_expiry(time.time()) if _has_key(spec) else "",
    )


async def with_secret_paths(context: Context) -> Context:
    """The context whose plan knows where the secrets are that the backend reads by itself.

    Raises PrerequisiteError for one that is not set. A pull request that is to have none gets none.
    """
    backend = context.plan.backend
    asked = asked_secrets(context.spec.backend) if backend else ()
    if backend is None or not asked:
        return context
    file, _, line = place_of(context.spec, asked[0].key).rpartition(":")
    names = [secret.name for secret in asked]
    paths = await asyncio.to_thread(paths_for, context, names, Where(file, int(line)))
    return replace(context, plan=replace(context.plan, backend=replace(backend, secrets=paths)))


def _has_key(spec: Spec) -> bool:
    api = spec.backend.api.graphql
    return api is not None and "api_key" in api.authorizers


def known_origins(environment: Environment, target: Target) -> tuple[str, ...]:
    """The URLs of the site, without a trailing slash, that are known before the distribution is."""
    found = (
        url_of(target, environment, {}),
        f"https://{environment.domain.name}" if environment.domain else "",
    )
    return tuple(url.rstrip("/") for url in found if url)


def _refuse_impossible(spec: Spec, environment: Environment) -> None:
    databases = [f"sql.{name}" for name in spec.backend.sql]
    if environment.policy.target == "local":
        if databases:
            raise LocalTargetError(
                f"the embedded AWS has no SQL databases: {', '.join(databases)}",
                where=_where(spec, databases[0]),
                hint="Deploy to an AWS account; or keep to `database` (DynamoDB), which is here as well.",
            )
        return
    functions = (f"functions.{name}" for name, function in spec.backend.functions.items() if function.vpc)
    inside, policy = [*databases, *functions], environment.policy_name
    if inside and environment.policy.vpc is None:
        raise GuardError(
            f"the policy {policy} names no VPC, and these must be in one: {', '.join(inside)}",
            where=_where(spec, inside[0]),
            hint=f"Write `vpc: {{id: vpc-..., subnets: [...]}}` into stacks/{policy}.yaml.",
        )


def _where(spec: Spec, name: str) -> Where | None:
    line = spec.lines.get(f"backend.{name}")
    return Where(spec.file, line) if line else None
