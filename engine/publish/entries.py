"""A bundle as entries of the KeyValueStore: all that the edge function knows about a release.

=============== ==========================================================================================
``live``        ``{"r": release, "c": n, "h": n, "i": n}``, n being how many there are of the following, and
                where there are any ``"b": n, "d": depths``, ``"s": trailing_slash``; ``"g"`` is the gate
                (:mod:`engine.publish.gate`), which is the environment's
``<id>/c<k>``   redirect rules, a JSON array of :meth:`engine.publish.edge_rule.EdgeRule.to_json`, in order
``<id>/b<k>``   a bucket of redirect rules, see :mod:`engine.publish.rule_index`
``<id>/h<k>``   header rules, one JSON array ``[[expression, {name: value}], ...]`` cut into pieces
``<id>/i<k>``   a bucket of the file index, see :mod:`engine.publish.index`
=============== ==========================================================================================

Limits: a value 1 KB, the store 5 MB.
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine.errors import Problem, PublishError, SpecError
from engine.publish.edge_rule import EdgeRule, RuleError
from engine.publish.environments import Names, applies
from engine.publish.headers import compile_headers, header_problems
from engine.publish.index import file_index
from engine.publish.proxies import MOST, is_proxy
from engine.publish.redirects import compile_redirect, problem
from engine.publish.rule_index import VALUE_LIMIT, rule_index, value_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.bundle.model import Bundle
    from engine.spec.model import HeaderRule, Redirect

RELEASE_LIMIT = 2_000_000  # bytes, so that two releases fit into a store
HEADERS_LIMIT = 20  # values, all of which the edge reads for every response
_PAGE = "404.html"
_NOT_FOUND_PAGE = EdgeRule("404", "", (_PAGE,))

# What Amplify inserts for a new app, except that a missing file with an extension stays missing.
_SINGLE_PAGE_APP = EdgeRule("404-200", "^.*/[^/.]*$", ("index.html",))


@dataclass(frozen=True)
class Entries:
    """``keys`` are written before the release is activated, ``live`` is the value that activates it.

    ``not_found_copies`` are paths of the bundle that the publisher stores a second time, below ``~404/`` of
    the release and with the metadata ``windlass-status: 404``, which the edge turns into the status.
    """

    keys: dict[str, str]
    live: str
    not_found_copies: tuple[str, ...] = ()


def compile_entries(bundle: Bundle, release: str, names: Names = frozenset()) -> Entries:
    """The entries that make ``bundle`` live as ``release`` in the environment that ``names`` names.

    A bundle without redirects for every environment gets Amplify's default: where it has a ``404.html`` that
    answers for what is missing, else ``index.html`` does (a single page app). With redirects, ``404.html``
    comes after them.

    :raises SpecError: redirects or headers that the edge cannot follow; all of them are named.
    :raises PublishError: too much for the KeyValueStore, or a file name that cannot be.
    """
    if problems := rule_problems(bundle.redirects, bundle.headers):
        raise SpecError(problems)
    rules = list(_rules(bundle, names))
    index = rule_index(rules)
    headers = [compile_headers(rule) for rule in bundle.headers if applies(rule, names)]
    values = {
        "c": index.listed,
        "h": _pieces(headers),
        "i": file_index(bundle.files),
        "b": index.buckets,
    }
    keys = {f"{release}/{kind}{k}": text for kind, texts in values.items() for k, text in enumerate(texts)}
    _refuse_too_much(keys)
    counts = {kind: len(texts) for kind, texts in values.items() if texts or kind != "b"}
    more = {"d": index.depths, "s": bundle.trailing_slash}
    live = {"r": release, **counts, **{key: value for key, value in more.items() if value}}
    return Entries(keys, _json(live), _copies(rules))


def rule_problems(redirects: Iterable[Redirect], headers: Iterable[HeaderRule]) -> tuple[Problem, ...]:
    """All the edge cannot follow; ``key`` is ``redirects[<n>]`` or ``customHeaders[<n>]``, n from 0."""
    found: list[Problem] = []
    proxies = 0
    for position, redirect in enumerate(redirects):
        proxies += is_proxy(redirect)
        try:
            _refuse_too_long(compile_redirect(redirect))
            _refuse_too_many(redirect, proxies)
        except RuleError as error:
            found.append(problem(error, redirect, position))
    for position, rule in enumerate(headers):
        found.extend(header_problems(rule, position))
    return tuple(found)


def _rules(bundle: Bundle, names: Names) -> Iterator[EdgeRule]:
    files = {file.path for file in bundle.files}
    for number, redirect in enumerate(bundle.redirects):
        rule = compile_redirect(redirect, number)
        if not applies(redirect, names):
            continue
        if rule.status != "404":
            yield rule
        elif page := _page(rule, files):
            yield replace(rule, target=(page,))
    last = len(bundle.redirects)
    if _PAGE in files:
        yield replace(_NOT_FOUND_PAGE, number=last)
    elif all(redirect.environments for redirect in bundle.redirects) and "index.html" in files:
        yield replace(_SINGLE_PAGE_APP, number=last)


def _page(rule: EdgeRule, files: set[str]) -> str | None:
    path = "".join(map(str, rule.target))
    names = (path, f"{path}.html".removeprefix("/"), f"{path.rstrip('/')}/index.html".removeprefix("/"))
    return next((name for name in names if name in files), None)


def _copies(rules: Iterable[EdgeRule]) -> tuple[str, ...]:
    return tuple(sorted({str(rule.target[0]) for rule in rules if rule.status == "404"}))


def _pieces(headers: list[tuple[str, dict[str, str]]]) -> list[str]:
    text = json.dumps(headers, separators=(",", ":")) if headers else ""  # ASCII: may be cut anywhere
    if len(text) > HEADERS_LIMIT * VALUE_LIMIT:
        raise PublishError(
            f"the custom headers take {len(text)} bytes, more than {HEADERS_LIMIT * VALUE_LIMIT}",
            hint="use fewer patterns, or shorter values",
        )
    return [text[start : start + VALUE_LIMIT] for start in range(0, len(text), VALUE_LIMIT)]


def _refuse_too_long(rule: EdgeRule) -> None:
    if rule.status == "404" and any(isinstance(part, int) for part in rule.target):
        raise RuleError(
            "redirect-placeholder", "a page for status 404 must be one file", "name the file in the target"
        )
    size = value_size([rule])
    if size > VALUE_LIMIT:
        raise RuleError(
            "redirect-too-long",
            f"the rule takes {size} bytes, more than the {VALUE_LIMIT} of one entry of a KeyValueStore",
            "shorten it, or make several rules of it",
        )


def _refuse_too_many(redirect: Redirect, proxies: int) -> None:
    if is_proxy(redirect) and proxies > MOST:
        raise RuleError(
            "redirect-proxy",
            f"CloudFront has room for {MOST} reverse proxies",
            "make one of several, with <*>",
        )


def _refuse_too_much(keys: dict[str, str]) -> None:
    size = sum(_size(key) + _size(value) for key, value in keys.items())
    if size > RELEASE_LIMIT:
        raise PublishError(
            f"redirects and file index take {size} bytes, more than the {RELEASE_LIMIT} a release may take",
            hint="publish fewer files, or replace redirects by fewer with placeholders",
        )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _size(text: str) -> int:
    return len(text.encode())
