"""Which folder a build writes: what detection says of the app, where the commands do nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.detection.output import NOUN
from engine.doctor.configs import configs

if TYPE_CHECKING:
    from engine.doctor.project import App

# Their output depends on an argument or a setting that detection does not read.
_UNSURE = frozenset(("html", "vitepress", "webpack", "parcel", "quasar"))
# What moves the output, or says in a way that nobody reads here where it goes.
_MOVES = re.compile(
    r"--out-?(?:dir|put)|--out\b|--dest|--dist-dir|--site-dir|--output-path|-[od]\s|BUILD_PATH"
    r"|\b(?:mv|cp|rsync|ln|deploy|craco)\b|rewired",
    re.IGNORECASE,
)
# In a configuration: a root that Vite counts from and an expression makes.
_SAID_ELSEHOW = re.compile(r"\broot\s*(?:,|:\s*[^\s\"'`])")


@dataclass(frozen=True, slots=True)
class Output:
    """``tool`` writes ``folder``, counted from where the commands run."""

    tool: str
    folder: str


def output_of(app: App) -> Output | None:
    """The static site that the build of ``app`` writes; None where that cannot be told."""
    found, framework = app.detection, app.framework
    if framework is None or framework.id in _UNSURE or found.rendering == "server" or not found.output:
        return None
    elsewhere = any(call.folder != app.working for call in app.calls if call.step.section == "frontend")
    if elsewhere or any(_MOVES.search(text) for text in app.scripts) or not _is_called(app, framework.build):
        return None
    if any(_SAID_ELSEHOW.search(config.text) for config in configs(app, *framework.config)):
        return None
    return None if framework.id == "angular" and _is_guessed(app) else Output(framework.name, found.output)


def _is_guessed(app: App) -> bool:
    """Whether no configuration says it: Angular's folder has the name of a project in it."""
    return any(e.noun == NOUN and e.why.startswith("where ") for e in app.detection.evidence)


def _is_called(app: App, build: str) -> bool:
    """Whether the commands, or the scripts that they run, call ``{run} vite build`` or the like."""
    program, *verb = build.removeprefix("{run} ").removeprefix("bundle exec ").split()
    words = " ".join([program, *(word for word in verb[:1] if not word.startswith("-"))])
    # A project that is named after it is another than the one that detection took.
    pattern = rf"(?<![\w/-]){re.escape(words)}(?![\w:-])" + (r"(?! +\w)" if program == "ng" else "")
    return any(re.search(pattern, text) for text in app.scripts)
