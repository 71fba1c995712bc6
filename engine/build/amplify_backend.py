"""Commands that deploy an Amplify backend: found before anything runs, explained, and left out.

``amplifyPush`` and the Gen 1 CLI, and ``ampx`` of Gen 2, work on an Amplify app with its service role
(https://docs.amplify.aws/react/reference/cli-commands/). There is none here, so they could only fail oddly.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.build.model import SECTIONS
from engine.build.steps import steps_of, where_of
from engine.errors import BuildError
from engine.events import Warned

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from engine.build.steps import Step
    from engine.events import Emit
    from engine.spec.model import Spec

_BEGIN = r"(?:^|[;&|({]|\b(?:then|else|do|exec|sudo|time)\b)\s*(?:\w+=\S*\s+)*"
_BY = r"(?:(?:npx|bunx|npm|pnpm|yarn|bun)\s+(?:(?:exec|dlx|x|run)\s+)?(?:-\S+\s+(?:[\w./@-]+\s+)?)*?)?"
_CALL = re.compile(
    rf"{_BEGIN}(?P<call>amplifyPush\b|{_BY}ampx(?:@\S+)?\s+(?:pipeline-deploy|sandbox|generate)\b"
    rf"|{_BY}(?:amplify|@aws-amplify/cli(?:@\S+)?)\s+(?:push|pull|publish|init|env)\b)",
    re.MULTILINE,
)
_LONGER = re.compile(r"[;&|\n`]|\$\(")  # more than one simple command

_OUTPUTS = ("amplify_outputs", "aws-exports", "amplifyconfiguration")
_PLACES = tuple(
    f"{folder}{name}"
    for folder in ("", "src/", "lib/")
    for name in (
        *("amplify_outputs.json", "amplify_outputs.dart", "aws-exports.js", "aws-exports.ts"),
        *("amplifyconfiguration.json", "amplifyconfiguration.dart"),
    )
)
_SOURCES = ("js", "jsx", "mjs", "ts", "tsx", "vue", "svelte", "astro", "dart", "html")

_INSTEAD = (
    "the backend goes on being deployed where it is; commit the {outputs} it wrote, or write it in a command "
    "from `--var` values. AMPLIFY_SKIP_BACKEND_BUILD=true (`env.variables` or --var) says that this is "
    "meant; or remove the line"
)


@dataclass(frozen=True, slots=True)
class BackendDeploy:
    """A command that deploys an Amplify backend, or asks one; ``alone`` says that it does nothing else."""

    step: Step
    call: str
    alone: bool


def backend_deploys(spec: Spec, *, skip_backend: bool = False) -> tuple[BackendDeploy, ...]:
    """Those of ``spec``; without the backend's phases if they are skipped anyway."""
    sections = [s for s in SECTIONS if not (skip_backend and s.startswith("backend"))]
    steps = (step for section in sections for step in steps_of(spec, section))
    return tuple(
        BackendDeploy(step, " ".join(found["call"].split()), not _LONGER.search(step.command.strip()))
        for step in steps
        if (found := _CALL.search(_without_comments(step.command)))
    )


def without_backend_deploys(
    spec: Spec, app: Path, host: Mapping[str, str], emit: Emit, *, skip_backend: bool = False
) -> Spec:
    """``spec`` with every such command turned into a comment, each told in a Warned event.

    A call inside of a longer command is only told. Raises BuildError where the sources in ``app`` read what
    the backend's deployment writes and it is not there, because no build could succeed; not so with
    ``skip_backend``, where the user says that the build does without.
    """
    found = backend_deploys(spec, skip_backend=skip_backend)
    if not found:
        return spec
    written = skip_backend or any((app / place).is_file() for place in _PLACES)
    if not written and (reader := _reader(app, host)):
        raise _impossible(spec, found[0], reader)
    for deploy in found:
        emit(_warning(spec, deploy))
        if deploy.alone:
            spec = _commented(spec, deploy.step)
    return spec


def _without_comments(command: str) -> str:
    return re.sub(r"(?m)^\s*#.*$", "", command)


def _outputs(deploy: BackendDeploy) -> str:
    return "amplify_outputs.json" if "ampx" in deploy.call else "src/aws-exports.js"


def _impossible(spec: Spec, deploy: BackendDeploy, reader: str) -> BuildError:
    return BuildError(
        f"`{deploy.call}` needs an Amplify app, which there is not here, and `{reader}` reads what it writes",
        where=where_of(spec, deploy.step.key),
        hint=_INSTEAD.format(outputs=_outputs(deploy)),
    )


def _warning(spec: Spec, deploy: BackendDeploy) -> Warned:
    done = "is left out" if deploy.alone else "will fail if the command comes to it"
    return Warned(
        f"`{deploy.call}` {done}: it needs an Amplify app, which there is not here",
        hint=_INSTEAD.format(outputs=_outputs(deploy)),
        where=str(where_of(spec, deploy.step.key) or ""),
    )


def _reader(app: Path, host: Mapping[str, str]) -> str:
    """A source below ``app`` that names the outputs of a backend; "" where git knows of none."""
    names = [
        "-e",
        "|".join(_OUTPUTS),
        "--",
        *(f"*.{kind}" for kind in _SOURCES),
        ":!amplify/",
        ":!**/amplify/**",
    ]
    try:
        done = subprocess.run(
            ["git", "-C", str(app), "grep", "-lIE", "--untracked", *names],
            capture_output=True,
            text=True,
            env={k: host[k] for k in ("PATH", "HOME") if k in host} | {"GIT_OPTIONAL_LOCKS": "0"},
            timeout=20,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return next(iter(done.stdout.splitlines()), "") if done.returncode == 0 else ""


def _commented(spec: Spec, step: Step) -> Spec:
    """``spec`` with the command of ``step`` as a comment, so that every other one keeps its place."""
    names = {"preBuild": "pre_build", "build": "build", "postBuild": "post_build"}
    names |= {"preTest": "pre_test", "test": "test", "postTest": "post_test"}
    section = getattr(spec, step.section)
    phase = getattr(section.phases, names[step.phase])
    commands = list(phase.commands)
    commands[step.index] = f"# left out: {step.command.strip()}"
    phase = phase.model_copy(update={"commands": tuple(commands)})
    phases = section.phases.model_copy(update={names[step.phase]: phase})
    return spec.model_copy(update={step.section: section.model_copy(update={"phases": phases})})
