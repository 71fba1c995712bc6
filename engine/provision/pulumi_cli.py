"""Find the Pulumi CLI of the pinned version, or get it. Needs nothing but the standard library.

Looked for in this order: an explicit path; PATH, if the version fits; the user's cache; the official
installer; and where that is out of reach but Go is there, a build of the tool that ``tools/pulumi/go.mod``
pins. ``python3 -m engine.provision.pulumi_cli`` does the same from a shell, before anything is installed.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import PrerequisiteError
from engine.events import Emit, Event, Progress
from engine.folders import cache_folder
from engine.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VERSION = "3.259.0"
_STEP = "pulumi"
_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
_VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
_INSTALLER_HOST = "get.pulumi.com"
_HINT = (
    f"Install Pulumi {VERSION} (https://www.pulumi.com/docs/install/versions/) or Go (https://go.dev/dl/), "
    "or name a binary with WINDLASS_PULUMI."
)


def find_pulumi(host: Mapping[str, str], emit: Emit, explicit: Path | None = None) -> Path:
    """The absolute path of a Pulumi CLI of version :data:`VERSION`; installs or builds one if it must.

    ``host`` are the environment variables to go by (``WINDLASS_PULUMI``, ``PATH``, ``HOME``,
    ``XDG_CACHE_HOME``). Raises PrerequisiteError that says how to get it.
    """
    if named := explicit or _path(host.get("WINDLASS_PULUMI")):
        return _checked(named, host)
    on_path = shutil.which("pulumi", path=host.get("PATH"))
    if on_path and version(Path(on_path), host) == VERSION:
        return Path(on_path)
    cached = cache_folder(host) / "pulumi" / VERSION / "pulumi"
    return cached if cached.is_file() else _obtain(cached, host, emit)


def version(pulumi: Path, host: Mapping[str, str]) -> str:
    """What ``pulumi version`` says, without the ``v``; "" if it does not run."""
    environment = {"PATH": host.get("PATH", ""), "PULUMI_SKIP_UPDATE_CHECK": "true", "HOME": str(Path.home())}
    try:
        done = subprocess.run(
            [pulumi, "version"], capture_output=True, text=True, env=environment, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip().removeprefix("v")


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _checked(pulumi: Path, host: Mapping[str, str]) -> Path:
    found = version(pulumi, host)
    if found != VERSION:
        says = f"is version {found}" if found else "does not run"
        raise PrerequisiteError(f"{pulumi} {says}; Windlass needs Pulumi {VERSION}", hint=_HINT)
    return pulumi.resolve()


def _obtain(cached: Path, host: Mapping[str, str], emit: Emit) -> Path:
    cached.parent.mkdir(parents=True, exist_ok=True)
    with _alone(cached.parent / "lock"):
        if not cached.is_file() and not (_reachable() and _download(cached, emit)):
            _build(cached, host, emit)
    return cached


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _reachable() -> bool:
    try:
        socket.create_connection((_INSTALLER_HOST, 443), timeout=3).close()
    except OSError:
        return False
    return True


def _download(cached: Path, emit: Emit) -> bool:
    """Run the official installer; False where it is out of reach or fails."""
    emit(Progress(step=_STEP, done=0, total=0, message=f"installing Pulumi {VERSION} from {_INSTALLER_HOST}"))
    with tempfile.TemporaryDirectory(dir=cached.parent) as scratch:
        script = (
            "import sys; from pulumi.automation import PulumiCommand; "
            "PulumiCommand.install(root=sys.argv[1])"  # runs the vendor's script, so in a child of its own
        )
        try:
            subprocess.run(
                [sys.executable, "-c", script, scratch], check=True, capture_output=True, timeout=600
            )
        except (OSError, subprocess.SubprocessError):
            return False
        (Path(scratch) / "bin" / "pulumi").replace(cached)
    return True


def _build(cached: Path, host: Mapping[str, str], emit: Emit) -> None:
    go = shutil.which("go", path=host.get("PATH"))
    if go is None:
        raise PrerequisiteError(
            f"Pulumi {VERSION} is not here, {_INSTALLER_HOST} is out of reach, and no Go to build it",
            hint=_HINT,
        )
    environment = {k: v for k, v in host.items() if not k.startswith(("AWS_", "PULUMI_"))}
    environment |= {"CGO_ENABLED": "0", "GOFLAGS": "-buildvcs=false", "GOWORK": "off"}
    with tempfile.TemporaryDirectory(dir=cached.parent) as scratch:
        _compile(go, Path(scratch) / "pulumi", environment, emit)
        (Path(scratch) / "pulumi").replace(cached)


def _compile(go: str, output: Path, environment: dict[str, str], emit: Emit) -> None:
    def run(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [go, *arguments],
            cwd=shipped("tools/pulumi"),
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    message = f"building Pulumi {VERSION} with Go; once, some minutes"
    emit(Progress(step=_STEP, done=0, total=0, message=f"{message}: downloading modules"))
    total = len([line for line in _lines(run("list", "-deps", _PACKAGE)) if not line.startswith("go:")])
    flags = f"-s -w -X {_VERSION_VARIABLE}=v{VERSION}"
    build = run("build", "-v", "-ldflags", flags, "-o", str(output), _PACKAGE)
    for done, _ in enumerate(_lines(build), start=1):
        emit(Progress(step=_STEP, done=min(done, total), total=total, unit="packages", message=message))


def _lines(process: subprocess.Popen[str]) -> Iterator[str]:
    """The output of ``process`` line by line; PrerequisiteError if it fails, and it never outlives us."""
    tail: list[str] = []
    try:
        for line in process.stdout or ():
            tail = [*tail[-19:], line.rstrip()]
            yield line
    finally:
        if process.poll() is None and sys.exc_info()[0] is not None:
            process.kill()
        code = process.wait()
    if code != 0:
        raise PrerequisiteError("Pulumi could not be built with Go", hint=_HINT, details=tuple(tail))


def main() -> int:
    """``python3 -m engine.provision.pulumi_cli``: find or get the CLI, with progress; prints its path."""
    shown = [-1]

    def show(event: Event) -> None:
        if (
            isinstance(event, Progress)
            and (percent := int(100 * event.done / (event.total or 1))) // 10 > shown[0]
        ):
            shown[0] = percent // 10
            print(f"pulumi: {event.message} {percent}%", file=sys.stderr, flush=True)

    try:
        if "--unless-downloadable" in sys.argv and _reachable():
            print(
                "pulumi: the official installer is in reach; it runs once the library is there",
                file=sys.stderr,
            )
            return 0
        print(find_pulumi(dict(os.environ), show))
    except PrerequisiteError as error:
        print(f"pulumi: {error}\n{chr(10).join(error.details)}\n{error.hint}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
