"""The story of each verb, and nothing else.

spec -> environment -> plan -> provision -> build -> bundle -> release -> activate -> verify
"""

from __future__ import annotations

import asyncio
import copy
import dataclasses
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import inspect
from engine.check import check
from engine.context import Context, Settings
from engine.environment.model import PullRequest
from engine.environment.resolve import Choice
from engine.errors import GuardError, UsageError
from engine.results import BuiltBundle, ChangedDeployments, Deployment, PlanPreview
from engine.run import Run
from engine.steps.attached import attached
from engine.steps.changed import compared, of_application, untouched
from engine.steps.deployment import deploying, logged_events
from engine.steps.destroy import destroyed
from engine.steps.functions import packaged
from engine.steps.gate import gated
from engine.steps.link import linked
from engine.steps.phases import checked_phases
from engine.steps.provision import operate, provisioned
from engine.steps.publish import activated, bucket_of, output, pruned, published, rollback_target, verified
from engine.steps.resolve import opened
from engine.steps.secrets import with_known_secrets, with_secrets
from engine.steps.skip import skipped
from engine.steps.unchanged import built_already, live_already, remember_sources, sources_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence

    from engine.cancel import Cancel
    from engine.errors import Problem
    from engine.events import Emit
    from engine.invoke import Invocation
    from engine.logs.model import LogEntry
    from engine.permissions import RolePermissions
    from engine.publish.manifest import Manifest
    from engine.publish.upload import Published
    from engine.reference.model import KeyHere
    from engine.results import (
        DomainStatus,
        Drift,
        Explanation,
        GivenValues,
        ImportedRoutes,
        ListedRoute,
        Releases,
        ResourceInfo,
        SecretChange,
        Secrets,
        Status,
        TestedRoutes,
        Verification,
    )


class Engine:
    """The verbs of Windlass for one project folder, as a library.

    ``project`` is the folder of ``amplify.yml``. ``target`` "local" means the embedded AWS, None what the
    policy says. ``stacks`` is the platform team's folder of policies, ``state`` the URL of the state backend,
    ``pulumi`` a CLI to use, ``app_root`` the application of a monorepo. ``variables`` and ``secrets`` are
    given to the build; the values of secrets are masked wherever they are printed. ``isolation`` (none,
    bubblewrap) is what builds are kept apart with, where the policy does not demand more; without ``cache``
    they start from nothing that earlier ones kept. ``fork`` says whether a pull request comes from a fork,
    and so is given no secrets; None: what the CI system says. ``host`` is the environment to go by, a copy
    of ``os.environ`` by default.

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
        isolation: str | None = None,
        cache: bool = True,
        fork: bool | None = None,
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
            isolation=isolation,
            cache=cache,
            fork=fork,
        )

    def deploy(
        self,
        branch: str = "",
        *,
        pull_request: int | None = None,
        environment: str = "",
        refresh: bool = False,
        rebuild: bool = False,
        no_skip: bool = False,
        allow_replace: bool = False,
        on_event: Emit | None = None,
    ) -> Run[Deployment]:
        """Provision, build, publish, activate, verify. Of what has not changed, nothing is done again:
        ``refresh`` provisions and ``rebuild`` builds all the same. A commit whose message ends with
        ``[skip-cd]`` is not deployed, except with ``rebuild`` or ``no_skip``. ``allow_replace`` lets
        stateful resources be replaced or deleted.
        """

        async def work(emit: Emit, cancel: Cancel) -> Deployment:
            began = time.monotonic()
            if not (rebuild or no_skip) and (nothing := await skipped(self.settings, choice, emit)):
                return _timed(nothing, began)
            async with deploying(await gated(await opened(self.settings, choice, emit, cancel))) as context:
                context = await with_secrets(context)
                builds = rebuild or not self.settings.cache
                if not (refresh or builds) and (
                    done := await live_already(context) or await untouched(context)
                ):
                    return _timed(done, began)
                from engine.steps.build import built, built_backend  # the most to load, and seldom needed

                context = checked_phases(context)
                await built_backend(context, "backend-build")
                context = await provisioned(context, refresh=refresh, allow_replace=allow_replace)
                await linked(context)
                await built_backend(context, "backend-post")
                sources = await sources_of(context)
                if not builds and (done := await built_already(context, sources)):
                    return _timed(done, began)
                async with built(context) as bundle:
                    cancel.check()
                    context, release = await published(context, bundle)
                    done = await self._made_live(context, release.manifest, "deploy")
                await remember_sources(context, sources, release.manifest.release)
            return _timed(_moved(done, release), began)

        choice = _choice(branch, pull_request, environment)
        return Run(work, on_event)

    def deploy_changed(
        self,
        since: str,
        branch: str = "",
        *,
        pull_request: int | None = None,
        environment: str = "",
        refresh: bool = False,
        rebuild: bool = False,
        no_skip: bool = False,
        allow_replace: bool = False,
        on_event: Emit | None = None,
    ) -> Run[ChangedDeployments]:
        """Deploy every application of the file whose files, or packages of the repository that it needs,
        changed since ``since`` (a branch, tag or commit), one after another; or the one that is named, if it
        did. The rest is as for :meth:`deploy`.
        """

        async def work(emit: Emit, cancel: Cancel) -> ChangedDeployments:
            decisions = await compared(self.settings, since, emit)
            done = []
            for decision in (decision for decision in decisions if decision.deploys):
                engine = copy.copy(self)
                engine.settings = of_application(self.settings, decision)
                run = engine.deploy(
                    branch,
                    pull_request=pull_request,
                    environment=environment,
                    refresh=refresh,
                    rebuild=rebuild,
                    no_skip=no_skip,
                    allow_replace=allow_replace,
                )
                done.append(await run.within(emit, cancel))
                cancel.check()
            return ChangedDeployments(decisions, tuple(done))

        return Run(work, on_event)

    def build(
        self,
        branch: str = "",
        *,
        pull_request: int | None = None,
        environment: str = "",
        output: str | Path | None = None,
        on_event: Emit | None = None,
    ) -> Run[BuiltBundle]:
        """Make a bundle without deploying it: no AWS is reached, no emulator started.

        The build is told what is remembered of the environment. The bundle goes to ``output``, a folder or a
        file that ends with ``.tar.zst``, else below ``.windlass/bundles`` of the project.
        """

        async def work(emit: Emit, cancel: Cancel) -> BuiltBundle:
            from engine.bundle.save import refuse_other
            from engine.steps.build import built, built_backend
            from engine.steps.bundle import saved, unreached

            began = time.monotonic()
            path = Path(output).resolve() if output else None
            if path:
                refuse_other(path)
            context = await unreached(self.settings, choice, emit, cancel)
            with logged_events(context) as emit:
                context = await with_secrets(dataclasses.replace(context, emit=emit))
                context = checked_phases(context)
                await built_backend(context, "backend-build")
                await linked(context)
                await built_backend(context, "backend-post")
                async with built(context) as bundle:
                    done = await saved(context, bundle, path)
            return dataclasses.replace(done, seconds=round(time.monotonic() - began, 3))

        choice = _choice(branch, pull_request, environment)
        return Run(work, on_event)

    def deploy_bundle(
        self,
        bundle: str | Path,
        branch: str = "",
        *,
        pull_request: int | None = None,
        environment: str = "",
        refresh: bool = False,
        allow_replace: bool = False,
        allow_inlined: bool = False,
        on_event: Emit | None = None,
    ) -> Run[Deployment]:
        """Provision, then publish, activate and verify the very bundle that :meth:`build` made; no command of
        the spec runs. Raises GuardError where values of another environment are inlined in it, except with
        ``allow_inlined``. The rest is as for :meth:`deploy`.
        """

        async def work(emit: Emit, cancel: Cancel) -> Deployment:
            from engine.steps.bundle import of_commit, stored
            from engine.steps.leaks import refuse_leaks
            from engine.steps.origin import refuse_foreign

            began = time.monotonic()
            context = await gated(await opened(self.settings, choice, emit, cancel))
            async with stored(context, Path(bundle).resolve()) as found:
                refuse_foreign(context, found.origin, allow_inlined=allow_inlined)
                context = await with_known_secrets(context)
                await refuse_leaks(context, found)
                context = of_commit(context, found.origin.commit if found.origin else "")
                async with deploying(context) as context:
                    context = await provisioned(context, refresh=refresh, allow_replace=allow_replace)
                    cancel.check()
                    context, release = await published(context, found)
                    done = await self._made_live(context, release.manifest, "deploy")
            return _timed(_moved(done, release), began)

        choice = _choice(branch, pull_request, environment)
        return Run(work, on_event)

    def promote(
        self,
        source: str,
        to: str,
        *,
        refresh: bool = False,
        allow_replace: bool = False,
        allow_inlined: bool = False,
        on_event: Emit | None = None,
    ) -> Run[Deployment]:
        """Make the very release that is live in the environment ``source`` live in ``to``: nothing is built.

        ``to`` is provisioned as :meth:`deploy` does. The files are copied inside S3 where both are in one
        account, else through this machine. Raises GuardError where values of ``source`` are inlined in it,
        except with ``allow_inlined``.
        """

        async def work(emit: Emit, cancel: Cancel) -> Deployment:
            from engine.steps.bundle import of_commit
            from engine.steps.leaks import refuse_leaks_in_release
            from engine.steps.origin import refuse_foreign
            from engine.steps.promote import live_release

            began = time.monotonic()
            found = await live_release(self.settings, source, to, emit, cancel)
            context = await gated(await opened(self.settings, Choice(name=to), emit, cancel))
            refuse_foreign(context, found.manifest.origin, allow_inlined=allow_inlined)
            context = await with_known_secrets(context)
            await refuse_leaks_in_release(context, bucket_of(found.source), found.manifest)
            async with deploying(of_commit(context, found.manifest.commit)) as context:
                context = await provisioned(context, refresh=refresh, allow_replace=allow_replace)
                cancel.check()
                with found.content(context) as content:
                    context, release = await published(context, found.bundle, content)
                done = await self._made_live(context, release.manifest, "promote")
            return _timed(_moved(done, release), began)

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
            context = await opened(self.settings, choice, emit, cancel, deploys=False)
            output(context, "bucket")  # nothing is remembered of an environment that is not deployed
            context = await gated(context)
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
        delete_data: bool = False,
        on_event: Emit | None = None,
    ) -> Run[bool]:
        """Empty and remove an environment with its stack, its backups and all that is remembered of it.

        What its policy retains stays, to be taken in by the next deployment, except with ``delete_data``,
        which deletes it even after the environment is gone. Gives False where there was nothing. Raises
        GuardError for a protected environment, and for ``delete_data``, that was not named by
        ``environment``.
        """

        async def work(emit: Emit, cancel: Cancel) -> bool:
            context = await opened(self.settings, choice, emit, cancel, deploys=False)
            if (context.environment.policy.protect or delete_data) and not environment:
                name, target = context.environment.name, context.target.kind
                raise GuardError(
                    f"environment {name} is protected"
                    if not delete_data
                    else f"data of {name} is deleted by name",
                    hint=f"If it is to go: windlass destroy --env {name} --target {target}",
                )
            return await destroyed(context, delete_data=delete_data)

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
            await packaged(context)
            done = await operate(context, "preview", refresh=refresh)
            changes = tuple(change for change in done.changes if change.operation != "same")
            plan = context.plan
            return PlanPreview(
                plan.app, plan.environment, plan.stack, context.target.kind, plan.digest, changes
            )

        choice = _choice(branch, pull_request, environment)
        return Run(work, on_event)

    def verify(
        self,
        branch: str = "",
        *,
        pull_request: int | None = None,
        environment: str = "",
        on_event: Emit | None = None,
    ) -> Run[Verification]:
        """Look at a deployed environment as its visitors do, and use its backend as a user of its own making,
        who is removed again. Raises VerifyError where a check does not pass; what is live stays as it is.
        """

        async def work(emit: Emit, cancel: Cancel) -> Verification:
            from engine.steps.verify import verified_in_use

            return await verified_in_use(self.settings, choice, emit, cancel)

        choice = _choice(branch, pull_request, environment)
        return Run(work, on_event)

    def drift(
        self,
        branch: str = "",
        *,
        pull_request: int | None = None,
        environment: str = "",
        on_event: Emit | None = None,
    ) -> Run[Drift]:
        """What at AWS is not as it was deployed, by resource and property; nothing is changed."""

        async def work(emit: Emit, cancel: Cancel) -> Drift:
            from engine.steps.drift import drifted

            return await drifted(await opened(self.settings, choice, emit, cancel, deploys=False))

        choice = _choice(branch, pull_request, environment)
        return Run(work, on_event)

    def invoke(
        self,
        function: str,
        payload: Any = None,
        branch: str = "",
        *,
        pull_request: int | None = None,
        environment: str = "",
        on_event: Emit | None = None,
    ) -> Run[Invocation]:
        """Call a function of the spec with ``payload`` (JSON values) and wait for its answer. That it failed
        is told in the answer. Raises NotFoundError for one that is not deployed, AwsError where AWS refuses.
        """

        async def work(emit: Emit, cancel: Cancel) -> Invocation:
            from engine.invoke import invoke
            from engine.steps.live import live_environment

            live = await live_environment(self.settings, choice, emit)
            return await asyncio.to_thread(invoke, live, function, payload)

        choice = _choice(branch, pull_request, environment)
        return Run(work, on_event)

    async def tail(
        self,
        name: str,
        branch: str = "",
        *,
        pull_request: int | None = None,
        environment: str = "",
        since: float = 600.0,
        follow: bool = False,
        everything: bool = False,
    ) -> AsyncIterator[LogEntry]:
        """What the function ``name`` of the spec writes, or for ``api.rest`` a line for each request: those
        of the last ``since`` seconds by time, and with ``follow`` those to come, until the iteration ends.

        ``everything``: also what Lambda writes itself. Raises NotFoundError, AwsError.
        """
        from engine.events import ignore
        from engine.logs.tail import tail
        from engine.steps.live import live_environment

        live = await live_environment(self.settings, _choice(branch, pull_request, environment), ignore)
        async for entry in tail(live, name, since=since, follow=follow, everything=everything):
            yield entry

    def test_routes(
        self,
        urls: Sequence[str],
        branch: str = "",
        *,
        pull_request: int | None = None,
        environment: str = "",
        bundle: str | Path | None = None,
        live: bool = False,
        country: str = "",
        host: str = "",
        method: str = "GET",
        on_event: Emit | None = None,
    ) -> Run[TestedRoutes]:
        """What would happen to requests for ``urls`` (paths, or addresses with a host), and which rule does
        it: by the rules of the spec over the output folder as it is, or those of ``bundle``, or with ``live``
        those of the release that is live. Nothing is deployed.
        """

        async def work(emit: Emit, cancel: Cancel) -> TestedRoutes:
            from engine.routes.model import question
            from engine.steps.routes import rules_here, rules_live, tested

            asked = [question(url, host=host, country=country, method=method) for url in urls]
            if live:
                rules = await rules_live(self.settings, choice, emit, cancel)
            else:
                rules = await rules_here(self.settings, choice, Path(bundle) if bundle else None)
            return await tested(self.settings, rules, asked)

        choice = _choice(branch, pull_request, environment)
        return Run(work, on_event)

    def routes(
        self, branch: str = "", *, pull_request: int | None = None, environment: str = ""
    ) -> tuple[ListedRoute, ...]:
        """The redirects of the spec that are for an environment, in order."""
        from engine.steps.routes import listed

        return listed(self.settings, _choice(branch, pull_request, environment))

    def import_routes(self, text: str, *, write: bool = True) -> ImportedRoutes:
        """Translate the rules of an Amplify app (JSON ``text``: ``aws amplify get-app``, or its list
        ``customRules``), and ``write`` those that are not there yet at the end of the spec's ``redirects``.
        """
        from engine.steps.routes import imported

        return imported(self.settings, text, write=write)

    def domain(
        self,
        branch: str = "",
        *,
        pull_request: int | None = None,
        environment: str = "",
        on_event: Emit | None = None,
    ) -> Run[DomainStatus]:
        """How it stands with the environment's domain, and what is left to do; nothing is touched.

        Raises NotFoundError for an environment without one, GuardError where something else has it.
        """

        async def work(emit: Emit, cancel: Cancel) -> DomainStatus:
            from engine.steps.domain_status import domain_status

            return await domain_status(self.settings, choice, emit)

        choice = _choice(branch, pull_request, environment)
        return Run(work, on_event)

    def check(self) -> tuple[Problem, ...]:
        """Everything that is wrong, or worth a warning, in the spec, the policies and the app."""
        return check(self.settings.project, self.settings.stacks, self.settings.host).problems

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

    def permissions(
        self, branch: str = "", *, pull_request: int | None = None, environment: str = ""
    ) -> tuple[RolePermissions, ...]:
        """What each role of an environment may do, and who takes it on. Raises NotFoundError."""
        return inspect.permissions_of(self.settings, _choice(branch, pull_request, environment))

    def outputs(
        self, branch: str = "", *, pull_request: int | None = None, environment: str = ""
    ) -> dict[str, str]:
        """The outputs of the environment's stack, and its ``url``. Raises NotFoundError."""
        return inspect.outputs(self.settings, _choice(branch, pull_request, environment))

    def amplify_outputs(
        self, branch: str = "", *, pull_request: int | None = None, environment: str = ""
    ) -> dict[str, Any]:
        """What ``amplify_outputs.json`` of the environment holds. Raises NotFoundError."""
        return inspect.amplify_outputs_of(self.settings, _choice(branch, pull_request, environment))

    def public_variables(
        self, branch: str = "", *, pull_request: int | None = None, environment: str = ""
    ) -> dict[str, str]:
        """The outputs that a browser may know, as the variables that the app's bundler lets through.

        Raises NotFoundError.
        """
        return inspect.public_variables_of(self.settings, _choice(branch, pull_request, environment))

    def explain(
        self, branch: str = "", *, pull_request: int | None = None, environment: str = ""
    ) -> tuple[Explanation, ...]:
        """What was resolved, and from which line of which file each value came."""
        return inspect.explain(self.settings, _choice(branch, pull_request, environment))

    def describe(self, key: str) -> KeyHere:
        """What a key of ``amplify.yml`` or of a policy (``policy.region``) takes, and what this project has
        for it. Raises UsageError, naming what may be meant, where there is no such key.
        """
        from engine.reference.here import described

        return described(key, self.settings.project, self.settings.stacks)

    def variables(
        self, branch: str = "", *, pull_request: int | None = None, environment: str = ""
    ) -> GivenValues:
        """What builds and functions are given, where each value comes from and goes to, what it overrides;
        secrets by their names.
        """
        return inspect.variables(self.settings, _choice(branch, pull_request, environment))

    def environment_map(self) -> str:
        """The map of environments, variables, secrets and backends as Markdown, from the files alone."""
        return inspect.environment_map(self.settings)

    def set_secret(
        self,
        name: str,
        value: str,
        *,
        environment: str = "",
        shared: bool = False,
        on_event: Emit | None = None,
    ) -> Run[SecretChange]:
        """Keep ``value`` as the secret ``name`` of ``environment`` (``preview``: of all previews), or, if
        ``shared``, of all environments. Raises UsageError for a name or value that cannot be one.
        """

        async def work(emit: Emit, cancel: Cancel) -> SecretChange:
            from engine.steps.keep_secrets import secret_set
            from engine.steps.secret_place import place_of

            place = await asyncio.to_thread(place_of, self.settings, environment, shared=shared, emit=emit)
            return await secret_set(place, name, value, emit)

        return Run(work, on_event)

    def remove_secret(
        self, name: str, *, environment: str = "", shared: bool = False, on_event: Emit | None = None
    ) -> Run[SecretChange | None]:
        """Remove a secret that :meth:`set_secret` has kept; None where there is none."""

        async def work(emit: Emit, cancel: Cancel) -> SecretChange | None:
            from engine.steps.keep_secrets import secret_removed
            from engine.steps.secret_place import place_of

            place = await asyncio.to_thread(place_of, self.settings, environment, shared=shared, emit=emit)
            return await secret_removed(place, name, emit)

        return Run(work, on_event)

    def secrets(self, environment: str = "", *, on_event: Emit | None = None) -> Run[Secrets]:
        """The secrets of the application that are set, or those that ``environment`` is given; never a
        value.
        """

        async def work(emit: Emit, cancel: Cancel) -> Secrets:
            from engine.steps.keep_secrets import secrets_listed
            from engine.steps.secret_place import place_of

            everything = not environment
            place = await asyncio.to_thread(
                place_of, self.settings, environment, shared=everything, emit=emit
            )
            return await secrets_listed(place, environment, emit)

        return Run(work, on_event)

    def logs(self, deployment: str | None = None) -> tuple[str, list[str]]:
        """The id and the events (JSON lines) of a deployment from this folder, by default of the last."""
        return inspect.logs(self.settings, deployment)

    async def _made_live(self, context: Context, manifest: Manifest, kind: str) -> Deployment:
        context, previous = await activated(context, manifest, kind)
        checks = await verified(context, manifest, previous)
        context = await attached(context)
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


def _moved(deployment: Deployment, release: Published) -> Deployment:
    return dataclasses.replace(deployment, uploaded=release.uploaded, bytes=release.bytes)


def _timed(deployment: Deployment, began: float) -> Deployment:
    return dataclasses.replace(deployment, seconds=round(time.monotonic() - began, 3))
