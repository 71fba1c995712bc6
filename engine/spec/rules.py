"""What must hold between several keys of a file. A new rule is one function and its line in ``RULES``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spec.backend.references import references_to_nothing
from engine.spec.backend.together import resources_that_do_not_fit
from engine.spec.cache_paths import cache_paths_that_leave
from engine.spec.domains import DOMAIN_RULES
from engine.spec.env_rules import ENV_RULES
from engine.spec.fields import folder
from engine.spec.node import Node, dotted, problem, short
from engine.spec.sections import GLOB, each, entries, repeated, true

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.errors import Problem

_SECTIONS = ("frontend", "backend", "test")


def broken(root: Node) -> list[Problem]:
    """The problems of the whole file ``root``."""
    return [found for rule in RULES for found in rule(root)]


def _one_form(root: Node) -> Iterator[Problem]:
    if not root.get(("applications",)):
        return
    for section in _SECTIONS:
        if node := root.get((section,)):
            said = f"`{section}` stands beside `applications:`, which replaces it"
            hint = "Move it into an entry of `applications:`, or take `applications:` out."
            yield problem("two-forms", node, (section,), said, hint)


def _applications_are_some(root: Node) -> Iterator[Problem]:
    node = root.get(("applications",))
    if node and not node.items and not node.mapping and not node.text:
        hint = "Write `- appRoot: folder` and the application's sections below it, or take the line out."
        yield problem("no-applications", node, ("applications",), "`applications` has no entry", hint)


def _applications_have_a_folder(root: Node) -> Iterator[Problem]:
    for path, node in entries(root):
        if not node.child("appRoot"):
            said = f"`{dotted(path)}` has no `appRoot`; the project folder is taken"
            yield problem("no-app-root", node, path, said, "Write `appRoot: folder`.", severity="warning")


def _applications_are_told_apart(root: Node) -> Iterator[Problem]:
    roots = [(_root(node), path, node.nearest(("appRoot",))) for path, node in entries(root)]
    for name, path, node, first in repeated(roots):
        said = f"appRoot `{name or '/'}` is taken; the first is on line {first.where.line}"
        yield problem("same-app-root", node, path, said, "Give each application its own `appRoot`.")


def _names_are_own(root: Node) -> Iterator[Problem]:
    listed = entries(root)
    shared = root.get(("app",))
    if shared and len(listed) > 1:
        said = "`app` names one application, and here are several"
        hint = "Write `app:` in each entry of `applications:`."
        yield problem("shared-app", shared, ("app",), said, hint)
    named = [(own.text, (*path, "app"), own) for path, node in listed if (own := node.child("app"))]
    for name, path, node, first in repeated(named):
        said = f"app `{name}` is taken; the first is on line {first.where.line}"
        yield problem("same-app", node, path, said, "Give each application its own name.")


def _branches_are_claimed_once(root: Node) -> Iterator[Problem]:
    for path, environments in each(root, "environments"):
        literal = [
            (branch.text, (*path, name, "branch"), branch)
            for name, node in environments.mapping.items()
            if (branch := node.child("branch")) and branch.text and not GLOB & set(branch.text)
        ]
        for name, where, node, first in repeated(literal):
            said = (
                f"branch `{name}` is taken; the first environment that has it is on line {first.where.line}"
            )
            yield problem("same-branch", node, where, said, "A branch goes to exactly one environment.")


def _pull_requests_have_one_rule(root: Node) -> Iterator[Problem]:
    for path, environments in each(root, "environments"):
        takers = [
            (name, node.nearest(("pull_requests",)))
            for name, node in environments.mapping.items()
            if true(node.nearest(("pull_requests",)))
        ]
        for name, node in takers[1:]:
            said = f"pull requests go by `{short(takers[0][0])}`; `{short(name)}` gets none"
            hint = "Say `pull_requests: true` once."
            where = (*path, name, "pull_requests")
            yield problem("pull-requests-twice", node, where, said, hint, severity="warning")


def _something_is_published(root: Node) -> Iterator[Problem]:
    for path, node in entries(root) or [((), root)]:
        frontend = node.child("frontend")
        if not frontend:
            said, key, where = "there is no `frontend`: nothing is published", path, node
        elif not frontend.nearest(("artifacts", "baseDirectory")).text:
            said = "`artifacts.baseDirectory` is missing: nothing says which folder is published"
            key, where = (*path, "frontend"), frontend
        else:
            continue
        hint = "Write `frontend:` -> `artifacts:` -> `baseDirectory: dist`, the folder the build leaves."
        yield problem("nothing-published", where, key, said, hint, severity="warning")


def _root(entry: Node) -> str:
    named = entry.child("appRoot")
    text = named.text if named else ""
    try:
        return folder(text)
    except ValueError:  # told by the field's own rule
        return text


RULES: tuple[Callable[[Node], Iterator[Problem]], ...] = (
    _one_form,
    _applications_are_some,
    _applications_have_a_folder,
    _applications_are_told_apart,
    _names_are_own,
    _branches_are_claimed_once,
    _pull_requests_have_one_rule,
    *DOMAIN_RULES,
    *ENV_RULES,
    _something_is_published,
    cache_paths_that_leave,
    references_to_nothing,
    resources_that_do_not_fit,
)
