"""A secret in a .env file that git keeps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.doctor.rule import Finding, Rule
from engine.spec.public import public_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.doctor.dotenv import Entry
    from engine.doctor.project import Project

_PLACEHOLDER = re.compile(
    r"|.{0,7}|.*(?:your|change|replace|example|placeholder|dummy|xxx|todo|<|\$\{|\.\.\.|localhost|secret|password|test).*",
    re.IGNORECASE,
)


def _look(project: Project) -> Iterator[Finding]:
    for app in project.apps:
        for entry in app.dotenv:
            if project.is_tracked(entry.file) and _is_secret(entry):
                said = f"`{entry.name}` looks like a secret, and git keeps {entry.file}"
                yield Finding(said, project.where(entry.file, entry.line), RULE.fix)


def _is_secret(entry: Entry) -> bool:
    from engine.build.variables import secret_values
    from engine.bundle.lookalikes import lookalikes

    if any(lookalikes(entry.value.encode())):
        return True
    named = bool(secret_values({entry.name: entry.value})) and not public_prefix(entry.name)
    return named and not _PLACEHOLDER.fullmatch(entry.value)


RULE = Rule(
    name="secret-committed",
    severity="warning",
    what="A .env file that is committed holds what looks like a secret.",
    why="Everyone who can read the repository, or ever could, has it; so have its forks and every build of "
    "a pull request.",
    fix="Take it out, let git ignore the file, and replace the secret by a new one: the old one stays in "
    "the history.",
    look=_look,
    source="https://docs.github.com/en/code-security/secret-scanning",
)
