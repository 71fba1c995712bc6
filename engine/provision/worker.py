"""The process that runs one stack operation: ``python -m engine.provision.worker``.

It reads a :class:`Request` as the first line of stdin and writes JSON lines to stdout: ``{"event": ...}``
for resources, at the end one ``{"result": ...}`` or ``{"error": ...}``. A later line ``cancel`` interrupts
the CLI gracefully, ``kill`` ends it, and so does the end of stdin: when the engine dies, even of SIGKILL, the
CLI is asked to finish what it has begun and to write its state, so that nothing is orphaned.

Why a process: the SDK reads ``os.environ``, changes loggers, keeps module state and blocks; here it may.
"""

from __future__ import annotations

import dataclasses
import gc
import json
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from engine.errors import GuardError
from engine.plan.changes import guard
from engine.provision.adopt import adopt
from engine.provision.command import Command, FailedCommandError, InterruptedOperationError
from engine.provision.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi.automation import PulumiCommand, Stack

    from engine.events import ResourceChanged
    from engine.plan.changes import Change
    from engine.provision.engine_events import Collector

_HIDDEN = "[secret]"  # what an event says in the place of a secret
_PARALLEL = 16


def main() -> int:
    """Run the operation that stdin asks for."""
    request = Request.from_json(sys.stdin.readline())
    command = Command(request.pulumi)
    threading.Thread(target=_load, args=(request,), daemon=True).start()
    threading.Thread(target=_obey, args=(command,), daemon=True).start()
    try:
        _write_project(request)
        if not request.exists:
            _create_stack(request, command)
        with _provider(request) as environment:
            _say({"result": _Operation(request, command, environment).run()})
    except InterruptedOperationError:
        _say({"error": {"kind": "cancelled", "message": "cancelled", "details": []}})
    except GuardError as error:
        _say({"error": {"kind": "guard", **error.to_json()}})
    except _OperationError as error:
        _say({"error": {"kind": "failed", "message": str(error), "details": error.details}})
    except FailedCommandError as error:
        _say({"error": {"kind": "failed", "message": "Pulumi failed", "details": _tail(str(error))}})
    return 0


class _OperationError(Exception):
    def __init__(self, message: str, details: list[str]) -> None:
        super().__init__(message)
        self.details = details


class _Operation:
    """One operation on one stack, as a short script of CLI calls."""

    def __init__(self, request: Request, command: Command, environment: dict[str, str]) -> None:
        self.request = request
        self.command = command
        self.environment = environment

    def run(self) -> dict[str, Any]:
        operations = {
            "up": self._up,
            "preview": self._preview,
            "refresh": self._refresh,
            "destroy": self._destroy,
        }
        return operations[self.request.operation]()

    def _up(self) -> dict[str, Any]:
        stack = self._stack()
        if self.request.recover:
            self._finish_what_was_interrupted(stack)
        if self.request.exists:
            guard(self._previewed(stack), allow_replace=self.request.allow_replace)
        collector = self._collector()
        with self._diagnosed(collector):
            stack.up(
                parallel=_PARALLEL,
                color="never",
                on_event=collector,
                suppress_outputs=True,
                suppress_progress=True,
                show_secrets=False,
                refresh=self.request.refresh or None,
            )
        return {"changes": _plain(collector.changes), "outputs": self._outputs(stack, collector)}

    def _preview(self) -> dict[str, Any]:
        return {"changes": _plain(self._previewed(self._stack())), "outputs": {}}

    def _refresh(self) -> dict[str, Any]:
        collector = self._collector()
        with self._diagnosed(collector):
            self._stack().refresh(
                parallel=_PARALLEL,
                color="never",
                on_event=collector,
                show_secrets=False,
                suppress_progress=True,
            )
        return {"changes": _plain(collector.changes), "outputs": {}}

    def _destroy(self) -> dict[str, Any]:
        stack = self._stack()
        if self.request.recover:
            self._finish_what_was_interrupted(stack)
        if self.request.plan.site.protect:
            self._cli("state", "unprotect", "--all", "--yes", "--stack", stack.name)
        collector = self._collector()
        with self._diagnosed(collector):
            stack.destroy(
                parallel=_PARALLEL,
                color="never",
                on_event=collector,
                show_secrets=False,
                suppress_progress=True,
            )
        # The SDK's remove_stack cannot remove the backups (`--remove-backups`, CLI 3.188).
        self._cli("stack", "rm", "--yes", "--remove-backups", "--stack", stack.name)
        return {"changes": _plain(collector.changes), "outputs": {}}

    def _previewed(self, stack: Stack) -> tuple[Change, ...]:
        collector = self._collector(planned=True)
        with self._diagnosed(collector):
            stack.preview(
                parallel=_PARALLEL,
                color="never",
                on_event=collector,
                suppress_progress=True,
                refresh=self.request.refresh or None,
            )
        return collector.changes

    def _finish_what_was_interrupted(self, stack: Stack) -> None:
        """Take what a killed run created into the state, and forget what it did not come to create."""
        ids = dict(self.request.found)
        export = json.loads(self._cli("stack", "export", "--stack", stack.name))
        file = Path(self.request.work_dir) / "export.json"  # its secrets stay encrypted
        file.write_text(json.dumps(adopt(export, ids)))
        self._cli("stack", "import", "--file", str(file), "--stack", stack.name)
        if ids:
            targets = [flag for urn in ids for flag in ("--target", urn)]
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

    def _collector(self, *, planned: bool = False) -> Collector:
        from engine.provision.engine_events import Collector

        return Collector(_report, planned=planned)

    @contextmanager
    def _diagnosed(self, collector: Collector) -> Iterator[None]:
        try:
            yield
        except FailedCommandError as error:
            details = collector.errors or _tail(str(error))
            raise _OperationError(f"Pulumi could not {self.request.operation} the stack", details) from None


@contextmanager
def _provider(request: Request) -> Iterator[dict[str, str]]:
    """The environment that attaches the embedded AWS's provider, while it serves; {} for the real AWS."""
    if request.endpoint is None:
        yield {}
        return
    from engine.local.provider.server import serve
    from engine.target import Target

    serving = serve(Target(kind="local", region=request.plan.region, endpoint=request.endpoint))
    try:
        yield {
            "PULUMI_DEBUG_PROVIDERS": f"aws:{serving.port}",
            # Else every operation tries to download the provider that the state names.
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        }
    finally:
        serving.stop()


def _load(request: Request) -> None:
    # Takes as long as the CLI needs to start, so do it meanwhile. Destroy and refresh run no program.
    import engine.provision.workspace

    if request.operation in ("up", "preview"):
        import programs.app  # noqa: F401
    if request.endpoint is not None:
        import engine.local.provider.servicer  # noqa: F401


def _write_project(request: Request) -> None:
    # JSON is YAML.
    settings = {
        "name": request.plan.app,
        "runtime": "python",
        "main": request.work_dir,
        "description": "made by Windlass",
    }
    Path(request.work_dir, "Pulumi.yaml").write_text(json.dumps(settings))


def _create_stack(request: Request, command: Command) -> None:
    provider = request.secrets_provider
    command.run(["stack", "init", request.plan.stack, "--secrets-provider", provider], request.work_dir, {})


def _obey(command: Command) -> None:
    for line in sys.stdin:
        command.interrupt(now=line.strip() == "kill")
    command.interrupt()


def _report(event: ResourceChanged) -> None:
    _say({"event": dataclasses.asdict(event)})


_stdout_lock = threading.Lock()


def _say(message: dict[str, Any]) -> None:
    try:
        with _stdout_lock:
            print(json.dumps(message), flush=True)
    except BrokenPipeError:
        Path("/dev/null").open("w").close()  # the engine is gone; the operation still ends in order


def _plain(changes: tuple[Change, ...]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(change) for change in changes]


def _tail(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()][-30:]


if __name__ == "__main__":
    code = main()
    gc.freeze()  # to look at exit for garbage in all that is loaded takes 0.2 s
    raise SystemExit(code)
