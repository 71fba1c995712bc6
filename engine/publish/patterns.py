"""Globs of header rules as regular expressions that Python and JavaScript read alike."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\[\]/]*\]|[{},]|[\s\S]")
_SPECIAL = re.compile(r"[\\^$.*+?()\[\]{}|]")
_WILD = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_BRACES = {"{": "(?:", "}": ")", ",": "|"}


def glob_expression(pattern: str) -> str:
    """The regular expression of a glob, to be searched for in a path that begins with ``/``.

    ``*`` and ``?`` stay inside a folder, ``**`` does not, ``[a-z]``, ``[!a-z]`` and ``{a,b}`` choose. A
    pattern without ``/`` (``*.json``) matches in every folder; one with ``/`` from the root, with or without
    the first ``/``. A name that begins with a dot is a name like any other, and ``/`` may follow at the end.
    https://docs.aws.amazon.com/amplify/latest/userguide/custom-header-YAML-format.html gives these forms but
    not their meaning, which is taken from the glob libraries of the frameworks.
    """
    rooted = pattern if "/" in pattern else f"**/{pattern}"
    tokens = _TOKEN.findall(rooted.removeprefix("./").removeprefix("/"))
    depths = _depths(tokens)
    return f"^/{''.join(map(_expression, tokens, depths))}/?$"


def matches(pattern: str, path: str) -> bool:
    """Whether the glob matches ``path``, a file or URL path with or without its first ``/``."""
    return re.search(glob_expression(pattern), f"/{path.removeprefix('/')}") is not None


def literal(text: str) -> str:
    """``text`` as a regular expression that matches itself, escaping no more than needed."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _expression(token: str, depth: int) -> str:
    if token in _WILD:
        return _WILD[token]
    if len(token) > 1:
        return _character_class(token)
    return _BRACES[token] if depth and token in _BRACES else literal(token)


def _character_class(token: str) -> str:
    negated = token.startswith("[!")
    inside = re.sub(r"[\\\[\]^]", r"\\\g<0>", token[1 + negated : -1])
    expression = f"[^/{inside}]" if negated else f"[{inside}]"
    try:
        re.compile(expression)
    except re.error:
        return literal(token)
    return expression


def _depths(tokens: list[str]) -> list[int]:
    """In how many braces each token is, its own included; all 0 where they do not pair up."""
    depths, depth = [], 0
    for token in tokens:
        depth += token == "{"  # noqa: S105
        depths.append(depth)
        depth -= token == "}"  # noqa: S105
    return depths if depth == 0 and 0 not in _closing(tokens, depths) else [0] * len(tokens)


def _closing(tokens: list[str], depths: list[int]) -> list[int]:
    return [depth for token, depth in zip(tokens, depths, strict=True) if token == "}"]  # noqa: S105
