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
from typing import TYPE_CHECKING, Any

from engine.errors import GuardError
from engine.provision.command import Command, FailedCommandError, InterruptedOperationError
from engine.provision.operation import Operation, OperationError, tail
from engine.provision.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.events import ResourceChanged


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
            _say({"result": Operation(request, command, environment, _report).run()})
    except InterruptedOperationError:
        _say({"error": {"kind": "cancelled", "message": "cancelled", "details": []}})
    except GuardError as error:
        _say({"error": {"kind": "guard", **error.to_json()}})
    except OperationError as error:
        _say({"error": {"kind": "failed", "message": str(error), "details": error.details}})
    except FailedCommandError as error:
        _say({"error": {"kind": "failed", "message": "Pulumi failed", "details": tail(str(error))}})
    return 0


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


if __name__ == "__main__":
    code = main()
    gc.freeze()  # to look at exit for garbage in all that is loaded takes 0.2 s
    raise SystemExit(code)
