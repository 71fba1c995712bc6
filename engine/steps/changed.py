"""Deploy only what changed: the applications of a file since a commit, one application since its release."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.errors import UsageError
from engine.events import ApplicationCompared
from engine.monorepo.changed import changed_between, changed_since
from engine.monorepo.choose import wanted
from engine.monorepo.decide import Decision, decide
from engine.results import Deployment
from engine.spec import load_spec, load_specs
from engine.steps.phases import controls_of
from engine.steps.publish import history_of
from engine.steps.workspace import packages_of, workspace_of

if TYPE_CHECKING:
    from engine.context import Context, Settings
    from engine.events import Emit
    from engine.spec.model import Spec


async def compared(settings: Settings, since: str, emit: Emit) -> tuple[Decision, ...]:
    """Which applications of the file changed since ``since`` (a branch, tag or commit), and why.

    Only one is looked at where one is named (see :func:`engine.monorepo.choose.wanted`). Each decision is
    emitted. Raises UsageError where git cannot compare, SpecError.
    """
    decisions = await asyncio.to_thread(_decisions, settings, since)
    for app, decision in decisions:
        emit(ApplicationCompared(app, decision.app_root, decision.deploys, decision.reason))
    return tuple(decision for _, decision in decisions)


async def untouched(context: Context) -> Deployment | None:
    """Where AMPLIFY_DIFF_DEPLOY is on: the deployment, if nothing of the application changed since the commit
    that is live; else None. Each way the reason is emitted.
    """
    controls = controls_of(context)
    if not controls.diff_deploy or context.record.digest != context.plan.digest:
        return None
    decision = await asyncio.to_thread(_since_live, context, controls.diff_root)
    environment = context.environment
    context.emit(
        ApplicationCompared(environment.app, context.spec.app_root, decision.deploys, decision.reason)
    )
    if decision.deploys:
        return None
    live = history_of(context).activations[-1].release
    return Deployment(
        id=context.deployment,
        app=environment.app,
        environment=environment.name,
        url=context.url,
        release=live,
        previous=live,
        checks=(),
        unchanged=True,
        skipped=decision.reason,
    )


def _decisions(settings: Settings, since: str) -> list[tuple[str, Decision]]:
    specs, packages = _meant(settings), packages_of(settings.project)
    changed = changed_since(settings.project, since, settings.host)
    return [
        (spec.app, decide(spec.app_root, workspace_of(settings, spec, packages), changed, since))
        for spec in specs
    ]


def _meant(settings: Settings) -> tuple[Spec, ...]:
    said = wanted(settings.app_root, settings.variables, settings.host)
    every = load_specs(settings.project)
    if said.app_root is None and every:
        return every
    return (load_spec(settings.project, app_root=said.app_root).spec,)


def _since_live(context: Context, root: str) -> Decision:
    history, app_root = history_of(context), context.spec.app_root
    live = history.activations[-1].release if history.activations else ""
    commit = next((record.commit for record in history.releases if record.id == live), "")
    if not commit:
        return Decision(app_root, True, "no commit is live yet that it could be compared with")
    since = f"{commit[:12]}, which is live"
    try:
        changed = changed_between(context.settings.project, commit, context.settings.host)
    except UsageError:
        return Decision(app_root, True, f"this checkout does not have {since}, to compare with")
    return decide(app_root, workspace_of(context.settings, context.spec), changed, since, root=root)


def of_application(settings: Settings, decision: Decision) -> Settings:
    """``settings`` for the application of ``decision``."""
    return replace(settings, app_root=decision.app_root, app_root_origin="--changed-since")
