"""One operation on one stack, as a short script of CLI calls."""

from __future__ import annotations

import dataclasses
import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from engine.plan.changes import guard, loses_data
from engine.provision.adopt import adopt, with_retained
from engine.provision.command import Command, FailedCommandError
from engine.provision.protection import kept, refused, released
from engine.provision.retained import retained
from engine.provision.unprotect import empty_buckets, unprotect
from engine.target import Target

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from pulumi.automation import PulumiCommand, Stack

    from engine.events import ResourceChanged
    from engine.plan.changes import Change
    from engine.provision.engine_events import Collector
    from engine.provision.protection import Export
    from engine.provision.request import Request

_HIDDEN = "[secret]"  # what an event says in the place of a secret
_SPOKEN: dict[str, Any] = {"parallel": 16, "color": "never", "suppress_progress": True}
_FAILED = {
    "up": "could not provision the stack",
    "preview": "could not foresee what would change",
    "refresh": "could not look at the stack",
    "drift": "could not compare the stack with AWS",
    "destroy": "could not destroy the stack",
}


class OperationError(Exception):
    """Pulumi could not do it; ``details`` are its own words."""

    def __init__(self, message: str, details: list[str]) -> None:
        super().__init__(message)
        self.details = details


class Operation:
    """One operation on one stack, as a short script of CLI calls."""

    def __init__(
        self,
        request: Request,
        command: Command,
        environment: dict[str, str],
        report: Callable[[ResourceChanged], None],
    ) -> None:
        self.request = request
        self.command = command
        self.environment = environment
        self._report = report
        self._before: Export | None = None  # the state, where it was changed for a look ahead

    def run(self) -> dict[str, Any]:
        """What became of it: ``changes`` and ``outputs``, as plain JSON values.

        Raises OperationError where Pulumi failed, GuardError where data would be lost.
        """
        operations = {
            "up": self._up,
            "preview": self._preview,
            "refresh": self._refresh,
            "drift": self._drift,
            "destroy": self._destroy,
        }
        return operations[self.request.operation]()

    def _up(self) -> dict[str, Any]:
        stack = self._stack()
        if self.request.recover:
            self._finish_what_was_interrupted(stack)
        if self.request.exists or self._retains:
            self._guard(stack)
        collector = self._collector()
        with self._diagnosed(collector):
            stack.up(
                **_SPOKEN,
                on_event=collector,
                suppress_outputs=True,
                show_secrets=False,
                refresh=self.request.refresh or None,
            )
        return {"changes": _plain(collector.changes), "outputs": self._outputs(stack, collector)}

    def _preview(self) -> dict[str, Any]:
        return {"changes": _plain(self._previewed(self._stack()).changes), "outputs": {}}

    def _refresh(self) -> dict[str, Any]:
        collector = self._collector()
        with self._diagnosed(collector):
            self._stack().refresh(**_SPOKEN, on_event=collector, show_secrets=False)
        return {"changes": _plain(collector.changes), "outputs": {}}

    def _drift(self) -> dict[str, Any]:
        """A refresh that changes neither AWS nor the state."""
        from engine.provision.drift import Differences

        collector = Differences()
        with self._diagnosed(collector):
            self._stack().preview_refresh(
                **_SPOKEN, on_event=collector, show_secrets=False, run_program=False
            )
        found = [dataclasses.asdict(difference) for difference in collector.differences]
        return {"changes": [], "outputs": {}, "differences": found}

    def _destroy(self) -> dict[str, Any]:
        stack = self._stack()
        if self.request.recover:
            self._finish_what_was_interrupted(stack)
        collector = self._collector(kept=self._without_protection(stack))
        with self._diagnosed(collector):
            stack.destroy(**_SPOKEN, on_event=collector, show_secrets=False)
        # The SDK's remove_stack cannot remove the backups (`--remove-backups`, CLI 3.188).
        self._cli("stack", "rm", "--yes", "--remove-backups", "--stack", stack.name)
        return {"changes": _plain(collector.changes), "outputs": {}}

    def _without_protection(self, stack: Stack) -> frozenset[str]:
        """Lift every protection, but of what outlives the stack; the URNs of that."""
        plan = self.request.plan
        if not (plan.site.protect or plan.backend):
            return frozenset()
        export = self._export(stack)
        if self.request.delete_data:
            export = self._with_all_data(stack, export)
        stays = kept(export)
        every = {resource["urn"] for resource in export["deployment"].get("resources") or []}
        unprotect(self._target(), export, every - stays)
        empty_buckets(self._target(), export, every - stays)
        self._cli("state", "unprotect", "--all", "--yes", "--stack", stack.name)
        return stays

    def _with_all_data(self, stack: Stack, export: Export) -> Export:
        """The state with what was left behind and what is retained, to be deleted like the rest."""
        if not kept(export):  # else it is in the state already
            while self._take_in(stack, self._previewed(stack)):
                pass
            export = self._export(stack)
        export = released(export, kept(export))
        self._import(stack, export)
        return export

    def _guard(self, stack: Stack) -> None:
        """Refuse to lose data; where that is allowed, let go of what would be kept all the same."""
        try:
            seen = self._previewed_past_protection(stack)
            while self._retains and self._take_in(stack, seen):
                seen = self._previewed_past_protection(stack)
            changes = seen.changes
            guard(changes, allow_replace=self.request.allow_replace)
        except BaseException:
            if self._before is not None:
                self._import(stack, self._before)
            raise
        if urns := {change.urn for change in changes if loses_data(change)}:
            self._let_go(stack, urns)

    @property
    def _retains(self) -> bool:
        return bool(self.request.plan.backend and self.request.plan.backend.retain)

    def _take_in(self, stack: Stack, seen: Collector) -> bool:
        """Take what would be created, and was left behind, into the state; whether there was anything."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            found = retained(self._target(), seen.created, self.request.plan.tags)
        except (BotoCoreError, ClientError) as error:
            raise OperationError("AWS does not say what is there already", [str(error)]) from error
        if found:
            self._import(stack, with_retained(self._export(stack), found))
            self._read(stack, [one.planned.urn for one in found])
        return bool(found)

    def _previewed_past_protection(self, stack: Stack) -> Collector:
        lifted: frozenset[str] = frozenset()
        while True:
            try:
                return self._previewed(stack)
            except OperationError as error:
                found = refused(error.details)
                if found <= lifted:
                    raise
            self._before = self._before or self._export(stack)
            lifted |= found
            self._import(stack, released(self._before, lifted))

    def _let_go(self, stack: Stack, urns: Collection[str]) -> None:
        export = self._export(stack)
        unprotect(self._target(), export, urns)
        self._import(stack, released(export, urns))

    def _target(self) -> Target:
        endpoint = self.request.endpoint
        return Target("local" if endpoint else "aws", self.request.plan.region, endpoint)

    def _export(self, stack: Stack) -> dict[str, Any]:
        return dict(json.loads(self._cli("stack", "export", "--stack", stack.name)))

    def _import(self, stack: Stack, export: dict[str, Any]) -> None:
        file = Path(self.request.work_dir) / "export.json"  # its secrets stay encrypted
        file.write_text(json.dumps(export))
        self._cli("stack", "import", "--file", str(file), "--stack", stack.name)

    def _previewed(self, stack: Stack) -> Collector:
        collector = self._collector(planned=True)
        with self._diagnosed(collector):
            stack.preview(**_SPOKEN, on_event=collector, refresh=self.request.refresh or None)
        return collector

    def _finish_what_was_interrupted(self, stack: Stack) -> None:
        """Take what a killed run created into the state, and forget what it did not come to create."""
        ids = dict(self.request.found)
        self._import(stack, adopt(self._export(stack), ids))
        if ids:
            self._read(stack, ids)

    def _read(self, stack: Stack, urns: Iterable[str]) -> None:
        """Read from AWS what these resources are like."""
        targets = [flag for urn in urns for flag in ("--target", urn)]
        self._cli("refresh", "--yes", "--skip-preview", "--stack", stack.name, *targets)

    def _outputs(self, stack: Stack, collector: Collector) -> dict[str, Any]:
        """As the events told them; the CLI is asked, which takes a while, only for secret ones."""
        if collector.outputs is not None and _HIDDEN not in json.dumps(collector.outputs):
            return collector.outputs
        printed = self._cli("stack", "output", "--json", "--show-secrets", "--stack", stack.name)
        return dict(json.loads(printed or "{}"))

    def _cli(self, *arguments: str) -> str:
        done = self.command.run(list(arguments), self.request.work_dir, self.environment)
        return str(done.stdout)

    def _stack(self) -> Stack:
        from pulumi.automation._stack import StackInitMode  # not exported; the constructor wants it

        from engine.provision.workspace import LeanStack, LeanWorkspace
        from programs.app import app

        plan = self.request.plan
        workspace = LeanWorkspace(
            work_dir=self.request.work_dir,
            program=lambda: app(plan),
            env_vars=self.environment,
            secrets_provider=self.request.secrets_provider,
            pulumi_command=cast("PulumiCommand", self.command),
        )
        return LeanStack(plan.stack, workspace, StackInitMode.SELECT)

    def _collector(self, *, planned: bool = False, kept: frozenset[str] = frozenset()) -> Collector:
        from engine.provision.engine_events import Collector

        return Collector(self._report, planned=planned, kept=kept)

    @contextmanager
    def _diagnosed(self, collector: Collector) -> Iterator[None]:
        try:
            yield
        except FailedCommandError as error:
            details = collector.errors or tail(str(error))
            raise OperationError(f"Pulumi {_FAILED[self.request.operation]}", details) from None


def _plain(changes: tuple[Change, ...]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(change) for change in changes]


def tail(text: str) -> list[str]:
    """The last lines of a text that say anything."""
    return [line for line in text.splitlines() if line.strip()][-30:]
