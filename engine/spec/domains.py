"""What must hold between the domains of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.spec.node import Keys, Node, problem, short
from engine.spec.sections import GLOB, each, repeated, true

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.errors import Problem

_HTTPS = "https://"
_REDIRECTS = ("", "301", "302")  # a status that is not given is 302


def _domains_are_claimed_once(root: Node) -> Iterator[Problem]:
    fixed = [
        (domain.text.lower(), (*path, "domain"), domain)
        for path, _, domain in _domains(root)
        if not domain.text.startswith("*.")
    ]
    for name, where, node, first in repeated(fixed):
        said = f"domain `{name}` is taken; the first that has it is on line {first.where.line}"
        yield problem("same-domain", node, where, said, "A domain leads to exactly one environment.")


def _many_environments_have_a_wildcard(root: Node) -> Iterator[Problem]:
    for path, node, domain in _domains(root):
        if _many(node) and not domain.text.startswith("*."):
            said = f"`{short(domain.text)}` can lead to one environment, not all of `{short(str(path[-1]))}`"
            hint = f"Write `domain: '*.{short(domain.text)}'`: each gets a name below it."
            yield problem("domain-of-many", domain, (*path, "domain"), said, hint)


def _wildcards_have_no_www(root: Node) -> Iterator[Problem]:
    for path, node, domain in _domains(root):
        www = node.child("www")
        if www and true(www) and domain.text.startswith("*."):
            said = "a name below a wildcard domain has no `www.` of its own"
            yield problem("www-of-many", www, (*path, "www"), said, "Take `www` out.")


def _no_redirect_leads_back(root: Node) -> Iterator[Problem]:
    """Amplify adds a redirect from the apex to www; with `domain: example.com` it would never end."""
    domains = {
        domain.text.lower()
        for _, node, domain in _domains(root)
        if not (www := node.child("www")) or true(www)
    }
    for path, redirects in each(root, "redirects"):
        for number, rule in enumerate(redirects.items):
            source, target = _host(rule, "source"), _host(rule, "target")
            redirected = rule.nearest(("status",)).text if rule.child("status") else ""
            if source in domains and target == _other(source) and redirected in _REDIRECTS:
                said = f"{short(target)} redirects to `domain: {short(source)}`, and this leads back to it"
                hint = f"Take the rule out; or write `domain: {short(target)}` if that is the name to show."
                yield problem("domain-loop", rule, (*path, number), said, hint)


def _domains(root: Node) -> Iterator[tuple[Keys, Node, Node]]:
    """The path, the node and the domain of each environment that has one."""
    for path, environments in each(root, "environments"):
        for name, node in environments.mapping.items():
            if domain := node.child("domain"):
                yield (*path, name), node, domain


def _host(rule: Node, key: str) -> str:
    node = rule.child(key)
    text = node.text.lower() if node else ""
    return text.removeprefix(_HTTPS).partition("/")[0].partition("<")[0] if text.startswith(_HTTPS) else ""


def _other(name: str) -> str:
    return name.removeprefix("www.") if name.startswith("www.") else f"www.{name}"


def _many(environment: Node) -> bool:
    """Whether more than one environment can come of a rule."""
    branch = environment.child("branch")
    by_branch = bool(branch and GLOB & set(branch.text))
    return by_branch or bool((pulls := environment.child("pull_requests")) and true(pulls))


DOMAIN_RULES: tuple[Callable[[Node], Iterator[Problem]], ...] = (
    _domains_are_claimed_once,
    _many_environments_have_a_wildcard,
    _wildcards_have_no_www,
    _no_redirect_leads_back,
)
