"""The code of the edge function, as CloudFront gets it."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

from engine.publish.fingerprint import FINGERPRINTED, NOT_FINGERPRINTED
from engine.publish.patterns import literal

if TYPE_CHECKING:
    from collections.abc import Iterable

# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions
LIMIT = 10_240
_NOTHING = r"[^\s\S]"


def function_code(proxied: Iterable[str] = ()) -> str:
    """``programs/edge.js``, made smaller by ``tools/edge.py``: at most :data:`LIMIT` bytes.

    ``proxied`` are the path patterns of the cache behaviors that lead to other hosts.
    """
    made = (files("programs") / "edge.min.js").read_text(encoding="utf-8")
    code = made.partition("\n")[2].replace("@fingerprinted@", _literal(FINGERPRINTED))
    code = code.replace("@not-fingerprinted@", _literal(NOT_FINGERPRINTED))
    return code.replace("@proxied@", _literal(_any_of(proxied)))


def _any_of(patterns: Iterable[str]) -> str:
    expressions = "|".join(map(_expression, dict.fromkeys(patterns)))
    return f"^(?:{expressions})" if expressions else _NOTHING


def _expression(pattern: str) -> str:
    """A pattern of CloudFront, in which ``*`` is any text, from the beginning of a path."""
    inner = literal(pattern.removesuffix("*")).replace(r"\*", r"[\s\S]*")
    return inner if pattern.endswith("*") else f"{inner}$"


def _literal(expression: str) -> str:
    return re.sub(r"(?<!\\)/", r"\/", expression)
