"""Verbs that only look: at the spec, the policies and the state, never at AWS."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from engine.build.masking import MASK
from engine.environment.given import given_secrets, given_variables, masked
from engine.environment.map import EnvironmentMap
from engine.environment.policy import policies
from engine.environment.resolve import Choice
from engine.environment.variables import variables_of
from engine.errors import NotFoundError, UsageError
from engine.events import ignore
from engine.plan.why import why
from engine.provision.checkpoint import read_checkpoint
from engine.publish.history import History
from engine.results import Explanation, GivenValues, Releases, ResourceInfo, Status
from engine.secrets.access import withheld
from engine.spec.public import main_public_prefix, public_prefixes
from engine.state.lock import holder
from engine.state.record import environments, load
from engine.steps.borrow import borrowed
from engine.steps.deployment import log_of
from engine.steps.resolve import refuse_made_up, resolved
from engine.steps.workspace import workspace_of

if TYPE_CHECKING:
    from engine.context import Settings
    from engine.environment.lent import Lent
    from engine.permissions import RolePermissions
    from engine.state.record import EnvironmentRecord
    from engine.steps.resolve import Resolved


def status(settings: Settings, choice: Choice) -> tuple[Status, ...]:
    """See :meth:`engine.Engine.status`."""
    found = _resolved_leniently(settings, choice)
    app = found.environment.app
    named = choice != Choice()
    names = [found.environment.name] if named else environments(found.state, app)
    records = [(name, load(found.state, app, name)) for name in names]
    return tuple(_status(found, name, record) for name, record in records if record)


def releases(settings: Settings, choice: Choice) -> Releases:
    """See :meth:`engine.Engine.releases`."""
    history = _history(deployed(resolved(settings, choice, ignore)))
    live = history.activations[-1].release if history.activations else ""
    return Releases(live, history.releases, history.activations)


def resources(settings: Settings, choice: Choice) -> tuple[ResourceInfo, ...]:
    """See :meth:`engine.Engine.resources`."""
    found = resolved(settings, choice, ignore)
    checkpoint = read_checkpoint(found.state, found.environment.app, found.environment.name)
    if checkpoint is None:
        raise _not_deployed(found)
    return tuple(ResourceInfo(r.type, r.name, r.id, why(r.name)) for r in checkpoint.resources)


def permissions_of(settings: Settings, choice: Choice) -> tuple[RolePermissions, ...]:
    """See :meth:`engine.Engine.permissions`."""
    from engine.permissions import permissions

    found = resolved(settings, choice, ignore)
    checkpoint = read_checkpoint(found.state, found.environment.app, found.environment.name)
    if checkpoint is None:
        raise _not_deployed(found)
    return permissions(checkpoint.resources)


def outputs(settings: Settings, choice: Choice) -> dict[str, str]:
    """See :meth:`engine.Engine.outputs`."""
    found = resolved(settings, choice, ignore)
    record = deployed(found)
    return {"url": record.url, **_told(record, borrowed(settings, found))}


def amplify_outputs_of(settings: Settings, choice: Choice) -> dict[str, Any]:
    """See :meth:`engine.Engine.amplify_outputs`."""
    from engine.link.amplify_outputs import amplify_outputs

    found = resolved(settings, choice, ignore)
    record, backend, lent = deployed(found), found.spec.backend, borrowed(settings, found)
    urls = dict.fromkeys(url.rstrip("/") for url in (record.url, *backend.origins) if url)
    region = lent.region if lent else found.environment.policy.region
    return amplify_outputs(backend, region, _told(record, lent), urls)


def public_variables_of(settings: Settings, choice: Choice) -> dict[str, str]:
    """See :meth:`engine.Engine.public_variables`."""
    from engine.link.public import public_variables

    found = resolved(settings, choice, ignore)
    prefix = main_public_prefix(settings.project, found.spec.app_root)
    return public_variables(_told(deployed(found), borrowed(settings, found)), prefix)


def explain(settings: Settings, choice: Choice) -> tuple[Explanation, ...]:
    """See :meth:`engine.Engine.explain`."""
    found = resolved(settings, choice, ignore)
    needs = _explained_workspace(settings, found)
    variables = _explained_variables(settings, found)
    return (
        *_explained_environment(found),
        *_explained_domain(found),
        *_explained_backend(found),
        *_explained_policy(found),
        *_explained_spec(found),
        *variables,
        *needs,
    )


def variables(settings: Settings, choice: Choice) -> GivenValues:
    """See :meth:`engine.Engine.variables`."""
    found = resolved(settings, choice, ignore)
    refuse_made_up(found, choice)
    return GivenValues(
        app=found.environment.app,
        environment=found.environment.name,
        variables=given_variables(
            found.spec,
            found.environment,
            settings.variables,
            public_prefixes(settings.project, found.spec.app_root),
        ),
        secrets=given_secrets(found.spec, found.environment, settings.secrets),
        withheld=withheld(found.environment, settings.project),
    )


def environment_map(settings: Settings) -> str:
    """See :meth:`engine.Engine.environment_map`."""
    found = resolved(settings, Choice(name="preview"), ignore)
    every = policies(settings.project, settings.stacks)
    return EnvironmentMap(found.spec, every, settings.project).markdown()


def logs(settings: Settings, deployment: str | None) -> tuple[str, list[str]]:
    """See :meth:`engine.Engine.logs`."""
    return log_of(settings.project, deployment)


def _resolved_leniently(settings: Settings, choice: Choice) -> Resolved:
    """Resolve; outside of any branch, look from the state of a preview."""
    try:
        return resolved(settings, choice, ignore)
    except UsageError:
        return resolved(settings, Choice(name="preview"), ignore)


def deployed(found: Resolved) -> EnvironmentRecord:
    record = load(found.state, found.environment.app, found.environment.name)
    if record is None:
        raise _not_deployed(found)
    return record


def _told(record: EnvironmentRecord, lent: Lent | None) -> dict[str, str]:
    return {**record.told, **(lent.outputs if lent else {})}


def _not_deployed(found: Resolved) -> NotFoundError:
    known = environments(found.state, found.environment.app)
    there_is = (
        f"There are: {', '.join(known)} (--env NAME)."
        if known
        else f"Run `{found.environment.deploy_call}` first"
    )
    if not known and found.environment.policy.target == "aws":
        there_is += ", or say --target local if it is on this machine"
    return NotFoundError(
        f"environment {found.environment.name} of {found.environment.app} is not deployed",
        hint=f"{there_is.rstrip('.')}. State: {found.state.url}",
    )


def _history(record: EnvironmentRecord) -> History:
    return History.from_json(json.dumps(record.history)) if record.history else History()


def _status(found: Resolved, name: str, record: EnvironmentRecord) -> Status:
    history = _history(record)
    lock = holder(found.state, record.app, name)
    return Status(
        app=record.app,
        environment=name,
        branch=record.branch,
        policy=record.policy,
        url=record.url,
        live=history.activations[-1].release if history.activations else "",
        releases=len(history.releases),
        expires=record.expires,
        locked_by=str(lock) if lock else "",
        last=record.deployments[-1] if record.deployments else None,
    )


def _explained_environment(found: Resolved) -> list[Explanation]:
    environment, checkout = found.environment, found.checkout
    git = "git" if checkout.branch and checkout.branch == environment.branch else "the call"
    return [
        Explanation("app", environment.app, _place(found, "app", "the name of the repository or folder")),
        Explanation("environment", environment.name, environment.rule),
        Explanation("branch", environment.branch, git),
        Explanation("commit", checkout.commit or "none", "git"),
        Explanation("policy", environment.policy_name, environment.rule),
        Explanation("stack", f"organization/{environment.app}/{environment.name}", "app and environment"),
        Explanation("state", found.state.url, _state_origin(found)),
    ]


def _explained_domain(found: Resolved) -> list[Explanation]:
    environment = found.environment
    if environment.domain is None:
        return []
    domain, origins = environment.domain, environment.origins
    default = "default: by what the name is"
    zone = origins.get("zone") or origins.get("policy.zone", "default: the one that fits best")
    return [
        Explanation("domain", domain.name, origins["domain"]),
        Explanation("domain.redirects", domain.other or "none", origins.get("www", default)),
        Explanation("domain.zone", domain.zone or "looked up", zone),
    ]


def _explained_backend(found: Resolved) -> list[Explanation]:
    environment, names = found.environment, found.spec.backend.names
    if not names:
        return []
    if environment.lender:
        return [Explanation("backend", f"that of {environment.lender}", environment.origins["backend"])]
    return [Explanation("backend", f"its own: {', '.join(names)}", _place(found, "backend", ""))]


def _state_origin(found: Resolved) -> str:
    if found.environment.policy.state:
        return found.environment.origins.get("policy.state", "")
    local = found.environment.policy.target == "local"
    return (
        "default: beside the embedded AWS's data" if local else "--state, or default: the user's data folder"
    )


def _explained_policy(found: Resolved) -> list[Explanation]:
    values = found.environment.policy.model_dump()
    flat = {key: value for key, value in values.items() if not isinstance(value, dict)}
    flat |= {f"{k}.{n}": v for k, d in values.items() if isinstance(d, dict) for n, v in d.items()}
    origins = found.environment.origins
    return [
        Explanation(f"policy.{key}", value, origins.get(f"policy.{key}", "default"))
        for key, value in sorted(flat.items())
    ]


def _explained_spec(found: Resolved) -> list[Explanation]:
    spec = found.spec
    frontend = spec.frontend
    return [
        Explanation("spec", spec.digest[:12], spec.file),
        Explanation("application", spec.app_root or ".", found.application),
        Explanation("appRoot", spec.app_root or ".", _place(found, "appRoot", "default")),
        Explanation(
            "frontend.artifacts.baseDirectory",
            frontend.artifacts.base_directory or ".",
            _place(found, "frontend.artifacts.baseDirectory", "default"),
        ),
    ]


def _explained_variables(settings: Settings, found: Resolved) -> list[Explanation]:
    variables = variables_of(found.spec, found.environment, settings.variables)
    return [
        *(Explanation(f"variable {v.name}", masked(v.name, v.value), v.origin) for v in variables),
        *(Explanation(f"secret {secret.name}", MASK, secret.origin) for secret in given_secrets(found.spec)),
    ]


def _explained_workspace(settings: Settings, found: Resolved) -> list[Explanation]:
    """The packages of the repository that the application needs, and through which others."""
    needed = workspace_of(settings, found.spec).needed_by(found.spec.app_root) if found.spec.app_root else {}
    return [
        Explanation(f"needs {way[-1]}", folder, f"{found.spec.app_root}/package.json{_through(way[:-1])}")
        for folder, way in sorted(needed.items())
    ]


def _through(way: tuple[str, ...]) -> str:
    return f", through {', '.join(way)}" if way else ""


def _place(found: Resolved, key: str, otherwise: str) -> str:
    line = found.spec.lines.get(key)
    return f"{found.spec.file}:{line}" if line else otherwise


def age(seconds: float) -> str:
    """How long ago a time (seconds since the epoch) was, for people: ``5 minutes``."""
    passed = max(0.0, time.time() - seconds)
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if passed >= size:
            count = int(passed // size)
            return f"{count} {unit}{'s' * (count != 1)}"
    return f"{int(passed)} second{'s' * (int(passed) != 1)}"
