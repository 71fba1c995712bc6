"""The commands that bring a function's packages into its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.spec.backend.functions import Function

# Lock file -> all packages, then only those that the function needs when it runs.
_NODE = {
    "package-lock.json": ("npm ci --no-audit --no-fund", "npm prune --omit=dev --no-audit --no-fund"),
    "npm-shrinkwrap.json": ("npm ci --no-audit --no-fund", "npm prune --omit=dev --no-audit --no-fund"),
    # Lambda's archive keeps no links, which pnpm makes unless it hoists.
    "pnpm-lock.yaml": (
        "pnpm install --frozen-lockfile --config.node-linker=hoisted",
        "CI=true pnpm install --prod --frozen-lockfile --config.node-linker=hoisted",
    ),
    "yarn.lock": ("yarn install --frozen-lockfile", "yarn install --production --frozen-lockfile"),
}
# Amazon Linux 2, with glibc 2.26; all later ones are on Amazon Linux 2023, with 2.34.
# https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
_ON_AMAZON_LINUX_2 = ("python3.10", "python3.11")
_MACHINES = {"x86_64": "x86_64", "arm64": "aarch64"}


def commands_for(name: str, function: Function, folder: Path) -> tuple[str, ...]:
    """Everything to run in a copy of the function's ``folder``, its own ``commands`` included.

    Raises BuildError where packages are wanted and no lock file pins them.
    """
    steps = _node(name, function, folder) if function.language == "node" else _python(function, folder)
    return tuple(steps)


def _node(name: str, function: Function, folder: Path) -> Iterator[str]:
    lock = next((lock for lock in _NODE if (folder / lock).is_file()), None)
    if lock is None and _wants_packages(folder):
        raise BuildError(
            f"function {name} has a package.json with dependencies and no lock file",
            hint=f"Run `npm install` in {function.source} and commit package-lock.json.",
        )
    if lock is not None:
        yield _NODE[lock][0]
    yield from function.commands
    if lock is not None:
        yield _NODE[lock][1]


def _wants_packages(folder: Path) -> bool:
    import json

    try:
        package = json.loads((folder / "package.json").read_text())
    except (OSError, ValueError):
        return False
    return isinstance(package, dict) and bool(package.get("dependencies"))


def _python(function: Function, folder: Path) -> Iterator[str]:
    if (folder / "requirements.txt").is_file():
        version = function.runtime.removeprefix("python")
        # Wheels for Lambda's system, whatever this machine is; a package without one cannot run there.
        yield (
            "python3 -m pip install --quiet --disable-pip-version-check --no-compile --target . --upgrade"
            f" --implementation cp --python-version {version} {_platforms(function)}"
            " --only-binary=:all: --requirement requirements.txt"
        )
    yield from function.commands


def _platforms(function: Function) -> str:
    """Of every glibc that Lambda's is good for, the newest first: pip takes a tag for itself alone."""
    newest = 26 if function.runtime in _ON_AMAZON_LINUX_2 else 34
    tags = (*(f"manylinux_2_{minor}" for minor in range(newest, 16, -1)), "manylinux2014")
    return " ".join(f"--platform {tag}_{_MACHINES[function.architecture]}" for tag in tags)
