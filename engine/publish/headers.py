"""Header rules as the edge reads them: a regular expression and the headers, names in lower case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.errors import Problem
from engine.publish.patterns import glob_expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.spec.model import HeaderRule

# CloudFront answers 502 where a function adds one of these, or changes what is read-only.
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
_REFUSED = re.compile(
    "connection|expect|keep-alive|proxy-authenticate|proxy-authorization|proxy-connection|trailer|upgrade"
    "|x-accel-.*|x-amz-cf-.*|x-amzn-.*|x-cache.*|x-edge-.*|x-forwarded-proto|x-real-ip"
    "|content-encoding|content-length|transfer-encoding|warning|via"
    "|set-cookie|x-windlass-release"
)

CompiledHeaders = tuple[str, dict[str, str]]


def compile_headers(rule: HeaderRule) -> CompiledHeaders:
    """The rule compiled. Of a name given twice, the last counts."""
    return glob_expression(rule.pattern), {header.key.lower(): header.value for header in rule.headers}


def header_problems(rule: HeaderRule, position: int) -> Iterator[Problem]:
    """What is wrong with the rule at ``position`` (from 0) of the spec's ``customHeaders``."""
    for header in rule.headers:
        if _REFUSED.fullmatch(header.key.lower()):
            message = f"header rule {rule.pattern}: CloudFront does not let {header.key} be set"
            hint = f"Remove {header.key}."
            yield Problem("header-refused", message, hint=hint, key=f"customHeaders[{position}]")
