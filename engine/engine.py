"""The story of each verb, and nothing else.

spec -> environment -> plan -> provision -> build -> bundle -> release -> activate -> verify
"""

from __future__ import annotations

import dataclasses
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from engine import inspect
from engine.check import check
from engine.context import Context, Settings
from engine.environment.model import PullRequest
from engine.environment.resolve import Choice
from engine.errors import GuardError, UsageError
from engine.results import Deployment, PlanPreview
from engine.run import Run
from engine.steps.build import built, built_backend
from engine.steps.deployment import deploying
from engine.steps.destroy import destroyed
from engine.steps.provision import operate, provisioned
from engine.steps.publish import activated, output, pruned, published, rollback_target, verified
from engine.steps.resolve import opened
from engine.steps.unchanged import live_already, remember_sources, sources_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.cancel import Cancel
    from engine.errors import Problem
    from engine.events import Emit
    from engine.publish.manifest import Manifest
    from engine.results import Explanation, Releases, ResourceInfo, Status


class Engine:
    """The verbs of Windlass for one project folder, as a library.

    ``project`` is the folder of ``amplify.yml``. ``target`` "local" means the embedded AWS, None what the
    policy says. ``stacks`` is the platform team's folder of policies, ``state`` the URL of the state backend,
    ``pulumi`` a CLI to use, ``app_root`` the application of a monorepo. ``variables`` and ``secrets`` are
    given to the build; the values of secrets are masked wherever they are printed. ``host`` is the
    environment to go by, a copy of ``os.environ`` by default.

    An engine has no state of its own: any number may live in one process, and a verb may run several times
    at once. Verbs that change something give a :class:`engine.Run`, the others a value.
    """

    def __init__(
        self,
        project: str | Path = ".",
        *,
        target: str | None = None,
        stacks: str | Path | None = None,
        state: str | None = None,
        pulumi: str | Path | None = None,
        app_root: str | None = None,
        variables: Mapping[str, str] | None = None,
        secrets: Mapping[str, str] | None = None,
        host: Mapping[str, str] | None = None,
    ) -> None:
        if target not in (None, "aws", "local"):
            raise UsageError(f"there is no target {target!r}", hint="Targets: aws, local.")
        self.settings = Settings(
            project=Path(project).resolve(),
            host=dict(os.environ if host is None else host),
            target=target,
            app_root=app_root,
            stacks=Path(stacks).resolve() if stacks else None,
            state=state,
            pulumi=Path(pulumi).resolve() if pulumi else None,
            variables=dict(variables or {}),
            secrets=dict(secrets or {}),
        )

    def deploy(
        self,
        branch: str = "",
        *,
        pull_request: int | None = None,
        environment: str = "",
        refresh: bool = False,
        rebuild: bool = False,
        allow_replace: bool = False,
        on_event: Emit | None = None,
    ) -> Run[Deployment]:
        """Provision, build, publish, activate, verify. Of what has not changed, nothing is done again:
        ``refresh`` provisions and ``rebuild`` builds all the same. ``allow_replace`` lets stateful
        resources be replaced or deleted.
        """

        async def work(emit: Emit, cancel: Cancel) -> Deployment:
            began = time.monotonic()
            async with deploying(await opened(self.settings, choice, emit, cancel)) as context:
                if not (refresh or rebuild) and (done := await live_already(context)):
                    return _timed(done, began)
                await built_backend(context, "backend-build")
                context = await provisioned(context, refresh=refresh, allow_replace=allow_replace)
                await built_backend(context, "backend-post")
                sources = await sources_of(context)
                bundle = await built(context)
                cancel.check()
                context, release = await published(context, bundle)
                done = await self._made_live(context, release.manifest, "deploy")
                await remember_sources(context, sources, release.manifest.release)
            moved = dataclasses.replace(done, uploaded=release.uploaded, bytes=release.bytes)
            return _timed(moved, began)

        choice = _choice(branch, pull_request, environment)
        return Run(work, on_event)

    def rollback(
        self,
        release: str | None = None,
        branch: str = "",
        *,
        pull_request: int | None = None,
        environment: str = "",
        on_event: Emit | None = None,
    ) -> Run[Deployment]:
        """Make an earlier release live again, by default the one that was live before; nothing is built."""

        async def work(emit: Emit, cancel: Cancel) -> Deployment:
            began = time.monotonic()
            context = await opened(self.settings, choice, emit, cancel)
            output(context, "bucket")  # nothing is remembered of an environment that is not deployed
            async with deploying(context) as context:
                manifest = await rollback_target(context, release)
                return _timed(await self._made_live(context, manifest, "rollback"), began)

        choice = _choice(branch, pull_request, environment)
        return Run(work, on_event)

    def destroy(
        self,
        branch: str = "",
        *,
        pull_request: int | None = None,
        environment: str = "",
        on_event: Emit | None = None,
    ) -> Run[bool]:
        """Empty and remove an environment with its stack, its backups and all that is remembered of it.

        Gives False where there was nothing. Raises GuardError for a protected environment that was not
        named by ``environment``.
        """

        async def work(emit: Emit, cancel: Cancel) -> bool:
            context = await opened(self.settings, choice, emit, cancel)
            if context.environment.policy.protect and not environment:
                name = context.environment.name
                raise GuardError(
                    f"environment {name} is protected", hint=f"If it is to go: windlass destroy --env {name}"
                )
            return await destroyed(context)

        choice = _choice(branch, pull_request, environment)
        return Run(work, on_event)

    def plan(
        self,
        branch: str = "",
        *,
        pull_request: int | None = None,
        environment: str = "",
        refresh: bool = False,
        on_event: Emit | None = None,
    ) -> Run[PlanPreview]:
        """What ``deploy`` would create, change, replace and delete at AWS; nothing is touched."""

        async def work(emit: Emit, cancel: Cancel) -> PlanPreview:
            context = await opened(self.settings, choice, emit, cancel)
            done = await operate(context, "preview", refresh=refresh)
            changes = tuple(change for change in done.changes if change.operation != "same")
            plan = context.plan
            return PlanPreview(
                plan.app, plan.environment, plan.stack, context.target.kind, plan.digest, changes
            )

        choice = _choice(branch, pull_request, environment)
        return Run(work, on_event)

    def check(self) -> tuple[Problem, ...]:
        """Everything that is wrong, or worth a warning, in the spec and the policies."""
        return check(self.settings.project, self.settings.stacks)

    def status(
        self, branch: str = "", *, pull_request: int | None = None, environment: str = ""
    ) -> tuple[Status, ...]:
        """Every environment of the app in this state, or the one that is named."""
        return inspect.status(self.settings, _choice(branch, pull_request, environment))

    def releases(
        self, branch: str = "", *, pull_request: int | None = None, environment: str = ""
    ) -> Releases:
        """The releases of an environment and when each was live. Raises NotFoundError."""
        return inspect.releases(self.settings, _choice(branch, pull_request, environment))

    def resources(
        self, branch: str = "", *, pull_request: int | None = None, environment: str = ""
    ) -> tuple[ResourceInfo, ...]:
        """The resources of an environment that exist, each with the reason why. Raises NotFoundError."""
        return inspect.resources(self.settings, _choice(branch, pull_request, environment))

    def outputs(
        self, branch: str = "", *, pull_request: int | None = None, environment: str = ""
    ) -> dict[str, str]:
        """The outputs of the environment's stack, and its ``url``. Raises NotFoundError."""
        return inspect.outputs(self.settings, _choice(branch, pull_request, environment))

    def explain(
        self, branch: str = "", *, pull_request: int | None = None, environment: str = ""
    ) -> tuple[Explanation, ...]:
        """What was resolved, and from which line of which file each value came."""
        return inspect.explain(self.settings, _choice(branch, pull_request, environment))

    def logs(self, deployment: str | None = None) -> tuple[str, list[str]]:
        """The id and the events (JSON lines) of a deployment from this folder, by default of the last."""
        return inspect.logs(self.settings, deployment)

    async def _made_live(self, context: Context, manifest: Manifest, kind: str) -> Deployment:
        context, previous = await activated(context, manifest, kind)
        checks = await verified(context, manifest, previous)
        context = await pruned(context)
        return Deployment(
            id=context.deployment,
            app=context.environment.app,
            environment=context.environment.name,
            url=context.url,
            release=manifest.release,
            previous=previous,
            checks=checks,
        )


def _choice(branch: str, pull_request: int | None, environment: str) -> Choice:
    request = PullRequest(pull_request, source=branch) if pull_request is not None else None
    return Choice(branch=branch, pull_request=request, name=environment)


def _timed(deployment: Deployment, began: float) -> Deployment:
    return dataclasses.replace(deployment, seconds=round(time.monotonic() - began, 3))
