"""From a choice of branch, pull request or name to everything a verb works with."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from engine.clients import Clients
from engine.context import Context, account_of, deployment_id, record_of, state_of
from engine.environment.fork import fork_of_ci
from engine.environment.git import Checkout, checkout, pull_request_of_ci
from engine.environment.model import PullRequest
from engine.environment.policy import policies
from engine.environment.resolve import Choice, resolve
from engine.errors import NotFoundError, PrerequisiteError, SpecError, UsageError
from engine.events import ApplicationChosen, Emit, Warned
from engine.monorepo.choose import Wanted, wanted
from engine.plan.make import make_plan
from engine.spec import load_spec
from engine.state.record import environments
from engine.steps.backend import planned_backend, with_secret_paths
from engine.steps.borrow import borrowed
from engine.steps.domain import looked_up
from engine.steps.rules import edge_problems
from engine.target import Target

if TYPE_CHECKING:
    from engine.cancel import Cancel
    from engine.context import Settings
    from engine.environment.model import Environment
    from engine.spec.load import Loaded
    from engine.spec.model import Spec
    from engine.state.backend import StateBackend


@dataclass(frozen=True)
class Resolved:
    """What can be known without AWS: the spec, the checkout, the environment and where its state is."""

    spec: Spec
    checkout: Checkout
    environment: Environment
    state: StateBackend
    application: str = ""  # who says which application of the file it is


def resolved(settings: Settings, choice: Choice, emit: Emit) -> Resolved:
    """Read the spec and the policies and find the one environment; warnings are emitted."""
    said = wanted(settings.app_root, settings.variables, settings.host, settings.app_root_origin)
    loaded = _loaded(settings, said, emit)
    if wrong := edge_problems(loaded.spec):
        raise SpecError(wrong)
    for problem in loaded.warnings:
        where = str(problem.where) if problem.where else ""
        emit(Warned(message=problem.message, hint=problem.hint, where=where))
    found = checkout(settings.project, settings.host)
    environment = resolve(
        loaded.spec,
        policies(settings.project, settings.stacks),
        _completed(choice, found, settings),
        local=settings.target == "local",
    )
    environment = _with_fork(environment, settings)
    if settings.target not in (None, environment.policy.target):
        raise UsageError(
            f"the policy {environment.policy_name} is for the target {environment.policy.target}",
            hint=f"Leave out --target {settings.target}, or change `target` in the policy.",
        )
    origin = said.origin if loaded.applications else "the file has no `applications`"
    return Resolved(loaded.spec, found, environment, state_of(settings, environment), origin)


def _with_fork(environment: Environment, settings: Settings) -> Environment:
    request = environment.pull_request
    if request is None:
        return environment
    fork = settings.fork if settings.fork is not None else fork_of_ci(settings.host, request.number)
    return replace(environment, pull_request=replace(request, fork=fork))


def _loaded(settings: Settings, said: Wanted, emit: Emit) -> Loaded:
    try:
        loaded = load_spec(settings.project, app_root=said.app_root)
    except UsageError as error:
        if said.app_root is not None:
            error.hint = f"It is named by {said.origin}. {error.hint}"
        raise
    if loaded.applications:
        emit(ApplicationChosen(loaded.spec.app, loaded.spec.app_root, said.origin))
    return loaded


async def opened(
    settings: Settings, choice: Choice, emit: Emit, cancel: Cancel, *, deploys: bool = True
) -> Context:
    """Resolve, reach the target (starting the embedded AWS if that is it) and make the plan.

    Where it ``deploys``, an environment that only a name given by hand makes up is refused (NotFoundError),
    and a checkout that is not what it is deployed as is warned of; a backend that it may not borrow is
    refused (GuardError), and a secret that the backend needs must be set (PrerequisiteError).
    """
    from engine.publish.code import function_code
    from engine.publish.proxies import proxies_of

    found = await asyncio.to_thread(resolved, settings, choice, emit)
    environment = found.environment
    if deploys:
        await asyncio.to_thread(refuse_made_up, found, choice)
        _warn_of_another_checkout(found, emit)
    lent = await asyncio.to_thread(borrowed, settings, found) if deploys else None
    target = await reach(settings, environment, emit)
    account = await account_of(target, environment)
    backend = await asyncio.to_thread(
        planned_backend, found.spec, environment, target, settings if deploys else None
    )
    proxies = proxies_of(found.spec.redirects, environment.names)
    function = function_code(proxy.pattern for proxy in proxies)
    record = await asyncio.to_thread(record_of, found.state, environment)
    clients = Clients()
    domain = await looked_up(environment, target, record, clients) if deploys else None
    names = domain.plan if domain else None
    context = Context(
        settings=settings,
        spec=found.spec,
        environment=environment,
        checkout=found.checkout,
        target=target,
        state=found.state,
        plan=make_plan(environment, account, function, found.checkout, backend, proxies, names),
        record=record,
        deployment=deployment_id(),
        emit=emit,
        cancel=cancel,
        clients=clients,
        domain=domain,
        lent=lent,
    )
    return await with_secret_paths(context) if deploys else context


def refuse_made_up(found: Resolved, choice: Choice) -> None:
    """Raise NotFoundError where only a name given by hand makes the environment up."""
    environment = found.environment
    if environment.rule != f"--env {choice.name}" or environment.policy_name == environment.name:
        return
    known = environments(found.state, environment.app)
    if environment.name not in known:
        names = [*found.spec.environments, *("prod", "staging", "dev"), *known]
        close = get_close_matches(environment.name, names, 1)
        meant = f"Did you mean --env {close[0]}? " if close else ""
        raise NotFoundError(
            f"there is no environment {environment.name}",
            hint=f"{meant}A new one is made by its branch: `windlass deploy --branch NAME` (or --pr NUMBER).",
        )


def _warn_of_another_checkout(found: Resolved, emit: Emit) -> None:
    here, there = found.checkout.branch, found.environment.branch
    if here and there and here != there:
        emit(Warned(message=f"the checkout is on {here}; it is deployed as branch {there}"))
    if found.checkout.dirty:
        emit(Warned(message=f"the checkout has changes that are not in commit {found.checkout.commit[:9]}"))


async def reach(settings: Settings, environment: Environment, emit: Emit) -> Target:
    """The target of an environment; the embedded AWS is started if it does not run."""
    policy = environment.policy
    if policy.target == "aws":
        host = settings.host
        keys = {name: value for name, value in host.items() if name.startswith("AWS_")}
        return Target(
            "aws", policy.region, profile=policy.profile or host.get("AWS_PROFILE"), credentials=keys
        )
    try:
        from engine.local.emulator import start
    except ImportError as error:
        raise PrerequisiteError(
            f"the local target is not installed ({error})", hint="install Windlass with its extra `local`"
        ) from error
    return await start(settings.project, emit=emit)


def _completed(choice: Choice, found: Checkout, settings: Settings) -> Choice:
    """What the caller chose, else the pull request or branch of the CI system or of git."""
    if choice.name or choice.pull_request or choice.branch:
        return choice
    number = pull_request_of_ci(settings.host)
    pull_request = PullRequest(number, source=found.branch) if number is not None else None
    return Choice(branch=found.branch, pull_request=pull_request)
