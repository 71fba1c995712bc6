"""What must hold among the redirects of a file, and between them and its environments."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from engine.spec.node import Keys, Node, dotted, problem, short
from engine.spec.sections import GLOB, each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.errors import Problem

_EVERYTHING = ("/<*>", "</.*/>", "</^.*$/>", "</^/.*$/>")
_NARROW = ("condition", "environments")
_ALIKE = 0.8  # of difflib: `stagging` is staging, `prod-eu` is not prod
_KNOWN = ("prod", "staging", "dev", "preview")


def _rules_are_reached(root: Node) -> Iterator[Problem]:
    """The first rule that matches decides, so nothing comes after one that matches everything."""
    for path, redirects in each(root, "redirects"):
        wide: Node | None = None
        for number, rule in enumerate(redirects.items):
            if wide:
                said = (
                    f"`{short(rule.nearest(('source',)).text)}` is never reached: the rule on line "
                    f"{wide.where.line} matches everything, and the first that matches decides"
                )
                where = (*path, number)
                yield problem("redirect-unreachable", rule, where, said, "Move it up.", severity="warning")
            elif _matches_everything(rule):
                wide = rule


def _matches_everything(rule: Node) -> bool:
    source, target = (rule.nearest((key,)).text.strip() for key in ("source", "target"))
    return source in _EVERYTHING and source != target and not any(rule.child(key) for key in _NARROW)


def _environments_are_meant(root: Node) -> Iterator[Problem]:
    """Any name may be that of a preview's branch; one that is nearly that of an environment is not."""
    declared = [name for _, node in each(root, "environments") for name in node.mapping]
    known = (*declared, *_KNOWN)
    for path, rule in _limited(root):
        for name in _named(rule):
            meant = [] if name in known or GLOB & set(name) else get_close_matches(name, known, 1, _ALIKE)
            if meant:
                said = f"`{dotted(path)}`: no environment is called `{short(name)}`"
                hint = f"Did you mean `{meant[0]}`?"
                yield problem("rule-environment", rule, path, said, hint, severity="warning")


def _limited(root: Node) -> Iterator[tuple[Keys, Node]]:
    for section in ("redirects", "customHeaders"):
        for path, rules in each(root, section):
            for number, rule in enumerate(rules.items):
                if rule.child("environments"):
                    yield (*path, number, "environments"), rule


def _named(rule: Node) -> list[str]:
    node = rule.nearest(("environments",))
    return [item.text for item in node.items] or [node.text]


REDIRECT_RULES: tuple[Callable[[Node], Iterator[Problem]], ...] = (
    _rules_are_reached,
    _environments_are_meant,
)
