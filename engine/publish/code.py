"""The code of the edge function, as CloudFront gets it."""

from __future__ import annotations

import re
from importlib.resources import files

from engine.publish.fingerprint import FINGERPRINTED, NOT_FINGERPRINTED

# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions
LIMIT = 10_240


def function_code() -> str:
    """``programs/edge.js`` without comments and indentation: at most :data:`LIMIT` bytes."""
    source = (files("programs") / "edge.js").read_text(encoding="utf-8")
    lines = (line.strip() for line in source.splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"
    code = code.replace("@fingerprinted@", _literal(FINGERPRINTED))
    return code.replace("@not-fingerprinted@", _literal(NOT_FINGERPRINTED))


def _literal(expression: str) -> str:
    return re.sub(r"(?<!\\)/", r"\/", expression)
