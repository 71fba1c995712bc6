"""What must hold between several keys of a file. A new rule is one function and its line in ``RULES``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spec.backend.references import references_to_nothing
from engine.spec.cache_paths import cache_paths_that_leave
from engine.spec.fields import folder
from engine.spec.node import Keys, Node, dotted, problem, short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from engine.errors import Problem

_SECTIONS = ("frontend", "backend", "test")
_GLOB = frozenset("*?[")


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
    for path, node in _entries(root):
        if not node.child("appRoot"):
            said = f"`{dotted(path)}` has no `appRoot`; the project folder is taken"
            yield problem("no-app-root", node, path, said, "Write `appRoot: folder`.", severity="warning")


def _applications_are_told_apart(root: Node) -> Iterator[Problem]:
    roots = [(_root(node), path, node.nearest(("appRoot",))) for path, node in _entries(root)]
    for name, path, node, first in _repeated(roots):
        said = f"appRoot `{name or '/'}` is taken; the first is on line {first.where.line}"
        yield problem("same-app-root", node, path, said, "Give each application its own `appRoot`.")


def _names_are_own(root: Node) -> Iterator[Problem]:
    entries = _entries(root)
    shared = root.get(("app",))
    if shared and len(entries) > 1:
        said = "`app` names one application, and here are several"
        hint = "Write `app:` in each entry of `applications:`."
        yield problem("shared-app", shared, ("app",), said, hint)
    named = [(own.text, (*path, "app"), own) for path, node in entries if (own := node.child("app"))]
    for name, path, node, first in _repeated(named):
        said = f"app `{name}` is taken; the first is on line {first.where.line}"
        yield problem("same-app", node, path, said, "Give each application its own name.")


def _branches_are_claimed_once(root: Node) -> Iterator[Problem]:
    for path, environments in _each(root, "environments"):
        literal = [
            (branch.text, (*path, name, "branch"), branch)
            for name, node in environments.mapping.items()
            if (branch := node.child("branch")) and branch.text and not _GLOB & set(branch.text)
        ]
        for name, where, node, first in _repeated(literal):
            said = (
                f"branch `{name}` is taken; the first environment that has it is on line {first.where.line}"
            )
            yield problem("same-branch", node, where, said, "A branch goes to exactly one environment.")


def _pull_requests_have_one_rule(root: Node) -> Iterator[Problem]:
    for path, environments in _each(root, "environments"):
        takers = [
            (name, node.nearest(("pull_requests",)))
            for name, node in environments.mapping.items()
            if _true(node.nearest(("pull_requests",)))
        ]
        for name, node in takers[1:]:
            said = f"pull requests go by `{short(takers[0][0])}`; `{short(name)}` gets none"
            hint = "Say `pull_requests: true` once."
            where = (*path, name, "pull_requests")
            yield problem("pull-requests-twice", node, where, said, hint, severity="warning")


def _domains_are_claimed_once(root: Node) -> Iterator[Problem]:
    for path, environments in _each(root, "environments"):
        claims = [
            (domain.text.lower(), (*path, name, "domain"), domain)
            for name, node in environments.mapping.items()
            if (domain := node.child("domain")) and not domain.text.startswith("*.")
        ]
        for name, where, node, first in _repeated(claims):
            said = (
                f"domain `{name}` is taken; the first environment that has it is on line {first.where.line}"
            )
            yield problem("same-domain", node, where, said, "A domain leads to exactly one environment.")


def _many_environments_have_a_wildcard(root: Node) -> Iterator[Problem]:
    for path, environments in _each(root, "environments"):
        for name, node in environments.mapping.items():
            domain = node.child("domain")
            if domain and _many(node) and not domain.text.startswith("*."):
                said = (
                    f"many environments go by `{short(name)}`, and only one can have `{short(domain.text)}`"
                )
                hint = f"Write `domain: '*.{short(domain.text)}'`: each gets a name below it."
                yield problem("domain-of-many", domain, (*path, name, "domain"), said, hint)


def _wildcards_have_no_www(root: Node) -> Iterator[Problem]:
    for path, environments in _each(root, "environments"):
        for name, node in environments.mapping.items():
            www = node.child("www")
            if www and _true(www) and node.nearest(("domain",)).text.startswith("*."):
                said = "a name below a wildcard domain has no `www.` of its own"
                yield problem("www-of-many", www, (*path, name, "www"), said, "Take `www` out.")


def _something_is_published(root: Node) -> Iterator[Problem]:
    for path, node in _entries(root) or [((), root)]:
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


def _repeated(
    named: Iterable[tuple[str, Keys, Node]],
) -> Iterator[tuple[str, Keys, Node, Node]]:
    """Each that has the name of an earlier one, with the first of that name."""
    first: dict[str, Node] = {}
    for name, path, node in named:
        if name in first:
            yield short(name), path, node, first[name]
        first.setdefault(name, node)


def _many(environment: Node) -> bool:
    """Whether more than one environment can come of a rule."""
    branch = environment.child("branch")
    by_branch = bool(branch and _GLOB & set(branch.text))
    return by_branch or bool((pulls := environment.child("pull_requests")) and _true(pulls))


def _true(node: Node) -> bool:
    return node.text.lower() in ("true", "yes", "on", "1", "y", "t")


def _root(entry: Node) -> str:
    named = entry.child("appRoot")
    text = named.text if named else ""
    try:
        return folder(text)
    except ValueError:  # told by the field's own rule
        return text


def _each(root: Node, section: str) -> Iterator[tuple[Keys, Node]]:
    for path, node in [((), root), *_entries(root)]:
        if found := node.child(section):
            yield (*path, section), found


def _entries(root: Node) -> list[tuple[Keys, Node]]:
    applications = root.child("applications")
    items = applications.items if applications else ()
    return [(("applications", number), node) for number, node in enumerate(items)]


RULES: tuple[Callable[[Node], Iterator[Problem]], ...] = (
    _one_form,
    _applications_are_some,
    _applications_have_a_folder,
    _applications_are_told_apart,
    _names_are_own,
    _branches_are_claimed_once,
    _pull_requests_have_one_rule,
    _domains_are_claimed_once,
    _many_environments_have_a_wildcard,
    _wildcards_have_no_www,
    _something_is_published,
    cache_paths_that_leave,
    references_to_nothing,
)
