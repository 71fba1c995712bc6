"""A command that serves or watches, and so never ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.doctor.managers import script_of
from engine.doctor.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.calls import Call
    from engine.doctor.project import Project

_SERVES = re.compile(
    r"^(?:\w+=\S+\s+)*(?:npx\s+|cross-env\s+(?:\w+=\S+\s+)*)?(?:"
    r"vite(?:\s+(?:dev|serve|preview))?(?:\s+--?(?!mode\b)\S+(?:\s+[\w.]+)?)*"
    r"|(?:next|nuxt|nuxi|astro|remix|react-router|vinxi)\s+(?:dev|start|preview)\b.*"
    r"|(?:react-scripts|react-app-rewired|craco|docusaurus|expo|gulp|quasar)\s+(?:start|dev|serve)\b.*"
    r"|gatsby\s+(?:develop|serve)\b.*|ng\s+serve\b.*|vue-cli-service\s+serve\b.*"
    r"|webpack(?:-dev-server|\s+serve|\s+.*--watch)\b.*|eleventy\s+.*--(?:serve|watch)\b.*"
    r"|hugo\s+serve(?:r)?\b.*|(?:bundle exec )?jekyll\s+serve\b.*|mkdocs\s+serve\b.*|flask\s+run\b.*"
    r"|(?:nodemon|live-server|http-server|serve)\b.*"
    r")$"
)
_BACKGROUND = re.compile(r"(?<![&>])&(?![&>\d])")


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        for call in app.calls:
            text = _runs(project, call)
            if _SERVES.match(text) and not _BACKGROUND.search(call.step.command):
                shown = " ".join(call.words)
                said = f"`{shown}` never ends" + (f": it runs `{text}`" if text != shown else "")
                yield Finding(said, call.where, RULE.fix)


def _runs(project: Project, call: Call) -> str:
    """The command, or the script behind it."""
    words = call.words
    name = script_of(words) or (
        words[1] if words[0] in ("npm", "yarn", "pnpm") and words[1:] == ("start",) else ""
    )
    package = project.package(call.folder) if name and call.folder is not None else None
    return (package.scripts.get(name, "") if package else " ".join(words)).strip()


RULE = Rule(
    name="endless-command",
    severity="warning",
    what="A command starts a development server or watches files.",
    why="It waits for requests until the build's time is over, and nothing is published.",
    fix="Run the command that builds, such as `npm run build`; to test against a server, end the line with "
    "`&`.",
    look=_look,
)
