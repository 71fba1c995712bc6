"""Branch or pull request -> exactly one environment, by rule.

1. A pull request is always ``pr-<number>``, whatever its branches or the settings say, so that it is found
   again when it closes.
2. The spec's ``environments``: a literal branch first, then the globs in the order of the file.
3. Where no entry of ``environments`` has a branch or takes pull requests: main, master -> prod; staging ->
   staging; develop, dev -> dev.
4. Everything else is a preview, named after its branch.
"""

from __future__ import annotations

import fnmatch
import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from engine.domain.names import Domain, domain_of
from engine.environment.model import Environment, PullRequest
from engine.environment.policy import resolve_policy
from engine.environment.variables import is_glob
from engine.errors import NotFoundError, UsageError
from engine.spec.model import EnvironmentRule
from engine.spec.names import slug

if TYPE_CHECKING:
    from engine.environment.policy import Policies, Policy
    from engine.spec.model import Spec

_DEFAULT_BRANCHES = {
    "main": "prod",
    "master": "prod",
    "staging": "staging",
    "develop": "dev",
    "dev": "dev",
}
_PREVIEW = "preview"
_NAME_LIMIT = 40
_HASHED = re.compile(r"-[0-9a-f]{6}$")
_PULL_REQUEST = re.compile(r"pr-(\d+)")


@dataclass(frozen=True, slots=True)
class Choice:
    """What names the environment: a branch, a pull request, or its own name (in this order of weakness)."""

    branch: str = ""
    pull_request: PullRequest | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    policy: str
    branch: str
    rule: str
    kind: str
    pull_request: PullRequest | None = None


def resolve(spec: Spec, policies: Policies, choice: Choice, *, local: bool = False) -> Environment:
    """The one environment that ``choice`` means. ``local`` lays the policy ``local`` over its own.

    Raises UsageError where nothing names an environment, NotFoundError for a name that no rule gives,
    SpecError for a policy file that is wrong.
    """
    found = _find(spec, policies, choice)
    if found.policy not in policies.names():
        raise NotFoundError(
            f"environment {found.name!r} wants the policy {found.policy!r}, and there is no such file",
            hint=f"Policies: {', '.join(sorted(policies.names()))}. Add stacks/{found.policy}.yaml.",
        )
    resolved = resolve_policy(policies, found.policy, "local" if local else None)
    origins = {f"policy.{key}": origin for key, origin in resolved.origins.items()}
    rule = spec.environments.get(found.kind)
    origins |= _claimed(spec, found.kind)
    return Environment(
        app=spec.app,
        name=found.name,
        branch=found.branch,
        policy_name=found.policy,
        policy=resolved.policy,
        pull_request=found.pull_request,
        domain=_domain(found.name, rule, resolved.policy),
        rule=found.rule,
        kind=found.kind,
        basic_auth=(rule and rule.basic_auth) or resolved.policy.basic_auth,
        lender=rule.backend.lender if rule and rule.backend else "",
        origins=origins,
    )


def kinds(spec: Spec) -> tuple[str, ...]:
    """The names of the environments that the spec or the defaults make; ``preview`` is all previews that no
    rule of the spec makes.
    """
    defaults = () if _routes(spec) else _DEFAULT_BRANCHES.values()
    rules = spec.environments.values()
    all_ruled = any(r.branch == "*" for r in rules) and any(r.pull_requests for r in rules)
    return tuple(dict.fromkeys((*defaults, *spec.environments, *([] if all_ruled else [_PREVIEW]))))


def branches_of(spec: Spec, kind: str) -> str:
    """Which branches go to the environments of ``kind``, in words."""
    rule = spec.environments.get(kind)
    if rule and rule.branch:
        return f"`{rule.branch}`"
    defaults = [branch for branch, name in _DEFAULT_BRANCHES.items() if name == kind]
    if defaults and not _routes(spec):
        return ", ".join(f"`{branch}`" for branch in defaults)
    return "any other branch" if kind == _PREVIEW and not (rule and rule.pull_requests) else "none"


def preview_name(branch: str, reserved: frozenset[str]) -> str:
    """The name of a branch's own environment: its slug, with a short hash of the branch wherever another
    branch, or an environment of a fixed name, could have the same one.
    """
    name = slug(branch, _NAME_LIMIT)
    plain = name == branch and name not in reserved
    if plain and not _HASHED.search(name) and not _PULL_REQUEST.fullmatch(name):
        return name
    digest = hashlib.sha256(branch.encode()).hexdigest()[:6]
    return f"{slug(branch, _NAME_LIMIT - 7)}-{digest}"


def _find(spec: Spec, policies: Policies, choice: Choice) -> _Found:
    if choice.name:
        return _by_name(spec, policies, choice.name)
    if choice.pull_request:
        return _of_pull_request(spec, choice.pull_request)
    if choice.branch:
        return _by_branch(spec, policies, choice.branch)
    raise UsageError(
        "which environment? This folder is on no git branch",
        hint="Say --branch NAME, --pr NUMBER or --env NAME.",
    )


def _by_name(spec: Spec, policies: Policies, name: str) -> _Found:
    if match := _PULL_REQUEST.fullmatch(name):
        return _of_pull_request(spec, PullRequest(int(match[1])))
    if rule := spec.environments.get(name):
        literal = rule.branch if rule.branch and not is_glob(rule.branch) else ""
        return _ruled(spec, name, rule, literal if _routes(spec) else _default_branch(name))
    if not _routes(spec) and name in _DEFAULT_BRANCHES.values():
        return _Found(name, name, _default_branch(name), f"--env {name}", name)
    if name == slug(name, _NAME_LIMIT):
        return _Found(name, _PREVIEW, "", f"--env {name}", _PREVIEW)
    raise NotFoundError(
        f"{name!r} cannot be the name of an environment",
        hint=f"Did you mean --branch {name}? Names: {', '.join(sorted(_reserved(spec, policies)))}.",
    )


def _of_pull_request(spec: Spec, pull_request: PullRequest) -> _Found:
    ruled = next(((n, r) for n, r in spec.environments.items() if r.pull_requests), None)
    kind = ruled[0] if ruled else _PREVIEW
    policy = (ruled[1].policy or kind) if ruled else _policy_of(spec, kind)
    place = f"{_place(spec, f'environments.{kind}')}" if ruled else "default: pull requests are previews"
    name = f"pr-{pull_request.number}"
    return _Found(name, policy, pull_request.source, place, kind, pull_request=pull_request)


def _by_branch(spec: Spec, policies: Policies, branch: str) -> _Found:
    rules = spec.environments.items()
    for name, rule in rules:
        if rule.branch == branch:
            return _ruled(spec, name, rule, branch)
    for name, rule in rules:
        if rule.branch and is_glob(rule.branch) and fnmatch.fnmatchcase(branch, rule.branch):
            found = _ruled(spec, name, rule, branch)
            own = preview_name(branch, _reserved(spec, policies))
            return replace(found, name=own)
    if not _routes(spec) and branch in _DEFAULT_BRANCHES:
        name = _DEFAULT_BRANCHES[branch]
        found = _ruled(spec, name, spec.environments.get(name, EnvironmentRule()), branch)
        return replace(found, rule=f"default: branch {branch} is {name}")
    name = preview_name(branch, _reserved(spec, policies))
    policy = _policy_of(spec, _PREVIEW)
    return _Found(name, policy, branch, "default: any other branch is a preview", _PREVIEW)


def _ruled(spec: Spec, name: str, rule: EnvironmentRule, branch: str) -> _Found:
    place = _place(spec, f"environments.{name}")
    return _Found(name, rule.policy or name, branch, place, name)


def _domain(name: str, rule: EnvironmentRule | None, policy: Policy) -> Domain | None:
    if rule is None or rule.domain is None:
        return None
    return domain_of(rule.domain, name, www=rule.www, zone=rule.zone or policy.zone or "")


def _claimed(spec: Spec, kind: str) -> dict[str, str]:
    """Which lines of the spec say under what names the environment is reached, and whose backend it has."""
    rule = spec.environments.get(kind)
    keys = [key for key in ("domain", "www", "zone", "backend") if rule and getattr(rule, key) is not None]
    return {key: _place(spec, f"environments.{kind}.{key}") for key in keys}


def _routes(spec: Spec) -> bool:
    """Whether the ``environments`` say what goes where, rather than only how those of the defaults are."""
    return any(rule.branch or rule.pull_requests for rule in spec.environments.values())


def _default_branch(name: str) -> str:
    return next((branch for branch, found in _DEFAULT_BRANCHES.items() if found == name), "")


def _policy_of(spec: Spec, kind: str) -> str:
    rule = spec.environments.get(kind)
    return (rule.policy if rule else None) or kind


def _reserved(spec: Spec, policies: Policies) -> frozenset[str]:
    return frozenset(spec.environments) | policies.names() | frozenset(_DEFAULT_BRANCHES.values())


def _place(spec: Spec, key: str) -> str:
    line = spec.lines.get(key)
    return f"{spec.file}:{line}" if line else f"{spec.file}: {key}"
