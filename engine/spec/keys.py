"""Keys that the models do not know: never passed over in silence.

An unknown key is an error, with what was likely meant. The table has those that are better explained: a
warning where real Amplify files carry the key (Amplify passes over it), an error where Windlass will know it
later. A new rule is one entry; the first that matches wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel

from engine.spec import limits, pattern, suggest
from engine.spec.node import Keys, Node, dotted, problem, short, without

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.errors import Problem


@dataclass(frozen=True, slots=True)
class Foreign:
    """``at``: patterns (:mod:`engine.spec.pattern`) of the key inside its application."""

    at: str
    message: str
    hint: str
    severity: str = "warning"
    rule: str = "foreign-key"


_PASSED = "is passed over, as Amplify does"
_SECTION = "backend|frontend|test"
_ENV = "env|environment|environmentVariables|environment_variables"
_RULES = "redirects|customRedirects|customRules|rewrites|redirectsAndRewrites"
_NODE = "nodeVersion|node_version|node|nodejs"

FOREIGN = (
    Foreign(
        f"{_ENV} {_SECTION}.{_ENV} {_SECTION}.phases.*.{_ENV}",
        f"{_PASSED}: these variables are NOT set",
        "Write them under `env:` -> `variables:`, beside `frontend:`.",
    ),
    Foreign(
        "environments.*.env",
        "is no known key",
        "Write `variables:` right below the environment's name. Secrets are asked for in `env:` at the top.",
        severity="error",
        rule="unknown-key",
    ),
    Foreign(
        f"{_RULES} frontend.{_RULES}",
        f"{_PASSED}: these rules do NOT apply",
        "Write them under `redirects:` at the top of the file, each with source, target and status.",
    ),
    Foreign(
        f"{_SECTION}.phases.install|deploy|preDeploy|postDeploy",
        "is no phase: its commands do NOT run, as in Amplify",
        "Move them to `preBuild`, `build` or `postBuild`.",
    ),
    Foreign(
        f"{_SECTION}.runtime-versions {_SECTION}.phases.*.runtime-versions {_NODE} frontend.{_NODE}",
        _PASSED,
        "Name the version in `.nvmrc`, or under `engines` in package.json.",
    ),
    Foreign(
        f"{_SECTION}.phases.*.finally|on-failure|run-as",
        f"is CodeBuild's; it {_PASSED}",
        "Write it into the commands.",
    ),
    Foreign(
        "framework|platform frontend.framework|platform|type|name",
        f"{_PASSED}: the framework is found from the app itself",
        "Take it out.",
    ),
    Foreign(
        "frontend.path|root|rootDirectory|directory",
        _PASSED,
        "Write the folder as `appRoot:` in an entry of `applications:`.",
    ),
    Foreign(
        "frontend.buildSettings",
        _PASSED,
        "Write commands under `phases:`. Nothing needs excluding: only `artifacts` is published.",
    ),
    Foreign("repository frontend.repository", _PASSED, "Take it out: git knows the repository."),
    Foreign(
        "backend.artifacts|cache|customHeaders",
        f"{_PASSED}: only the frontend has it",
        "Write it under `frontend:`, or take it out.",
    ),
    Foreign(
        "frontend|test.artifacts.secondary-artifacts frontend|test.secondary-artifacts",
        "is CodeBuild's and Amplify documents no such key: these files are NOT published",
        "An app has one `artifacts`: name all that is to be published under its `files:`.",
    ),
    Foreign(
        "frontend|test.artifacts.name|exclude-paths|enable-symlinks|s3-prefix",
        f"is CodeBuild's; it {_PASSED}",
        "Take it out, or name what to publish under `files:`.",
    ),
    Foreign("frontend.cache.*", f"{_PASSED}: nothing of it is cached", "Did you mean `paths`?"),
)

# Where a key belongs that stands in the wrong section.
HOMES = {
    "phases": "`frontend:`, `backend:` or `test:`",
    "commands": "a phase, such as `frontend:` -> `phases:` -> `build:`",
    "preBuild": "`phases:`",
    "build": "`phases:`",
    "postBuild": "`phases:`",
    "artifacts": "`frontend:`",
    "baseDirectory": "`artifacts:`",
    "files": "`artifacts:`",
    "cache": "`frontend:`",
    "paths": "`cache:`",
    "buildPath": "`frontend:`",
    "variables": "`env:`",
    "appRoot": "an entry of `applications:`",
    "env": "the top of the file or an entry of `applications:`",
    "environments": "the top of the file",
    "check": "the top of the file",
}


def without_unknown(root: Node, model: type[BaseModel]) -> tuple[Node, list[Problem]]:
    """``root`` without the keys that ``model`` does not know, and a problem for each."""
    unknown = dict(_unknown(root, model, ()))
    told = [path for path in unknown if not _holds_anchors(path)]
    found = [_told(root, path, unknown[path], guess=i < limits.PROBLEMS) for i, path in enumerate(told)]
    return without(root, unknown.keys()), found


def allowed(model: type[BaseModel], path: Keys) -> tuple[str, ...]:
    """The keys that ``model`` knows at ``path``."""
    here: type[BaseModel] | None = model
    for step in path:
        if here and step in _annotations(here):
            here = _inner(_annotations(here)[str(step)])
    return tuple(_annotations(here)) if here else ()


def inside(path: Keys) -> Keys:
    """``path`` without the ``applications[n]`` it may begin with."""
    return path[2:] if len(path) > 2 and path[0] == "applications" else path


def _told(root: Node, path: Keys, known: tuple[str, ...], *, guess: bool) -> Problem:
    node, key, shown = root.nearest(path), str(path[-1]), dotted(path)
    meant = suggest.same_but_case(key, known)
    if meant and meant != key:
        hint = f"Did you mean `{meant}`? Keys are case-sensitive."
        return problem("wrong-case", node, path, f"`{shown}` is no known key", hint)
    if entry := next((entry for entry in FOREIGN if pattern.matches(entry.at, inside(path))), None):
        said = f"`{shown}` {entry.message}"
        return problem(entry.rule, node, path, said, entry.hint, severity=entry.severity)
    home = f"`{short(key)}` belongs under {HOMES[key]}." if key in HOMES else ""
    hint = home or (suggest.hint(key, known) if guess else "")
    return problem("unknown-key", node, path, f"`{shown}` is no known key", hint)


def _unknown(node: Node, model: type[BaseModel], path: Keys) -> Iterator[tuple[Keys, tuple[str, ...]]]:
    annotations = _annotations(model)
    for key, child in node.mapping.items():
        if key not in annotations:
            yield (*path, key), tuple(annotations)
        elif (inner := _inner(annotations[key])) and not getattr(inner, "free_keys", False):
            for below, holder in _holders(child, annotations[key], (*path, key)):
                yield from _unknown(holder, inner, below)


def _holders(node: Node, annotation: Any, path: Keys) -> Iterator[tuple[Keys, Node]]:
    """The nodes that are models themselves: the node, its items or its entries, as the annotation says."""
    if get_origin(annotation) in (dict, tuple):
        yield from (((*path, step), child) for step, child in node.children())
    else:
        yield path, node


def _annotations(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _inner(arg))), None)


def _holds_anchors(path: Keys) -> bool:
    """``x-...`` and ``.name`` at the top hold anchors for aliases and mean nothing themselves."""
    return len(path) == 1 and str(path[0]).startswith(("x-", "."))
