"""``ssm:GetParameters`` is allowed or not by each parameter that it names; ministack looks at none of them.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
"""

from __future__ import annotations

import json
from typing import Any

_ACTION = "ssm:GetParameters"
_TARGET = "AmazonSSM.GetParameters"
_BETWEEN = "\n"


def naming_each(extract: Any) -> Any:
    """ministack's ``iam_actions.extract_resource_arn``, which then gives all of their ARNs in one text."""

    def extract_each(
        service: str, method: str, path: str, headers: Any, body: bytes, query: Any, region: str, account: str
    ) -> Any:
        if service == "ssm" and headers.get("x-amz-target") == _TARGET:
            place = f"arn:aws:ssm:{region}:{account}:parameter"
            return _BETWEEN.join(f"{place}/{name.lstrip('/')}" for name in _names(body)) or "*"
        return extract(service, method, path, headers, body, query, region, account)

    return extract_each


def allowing_each(enforce: Any) -> Any:
    """ministack's ``iam_evaluator.enforce``, which then looks at each of such a text's ARNs."""

    def enforce_each(
        key: str, action: str, service: str, region: str, resource_arn: str = "*", service_context: Any = None
    ) -> Any:
        every = resource_arn.split(_BETWEEN) if action == _ACTION else [resource_arn]
        denials = (enforce(key, action, service, region, one, service_context) for one in every)
        return next(filter(None, denials), None)

    return enforce_each


def _names(body: bytes) -> list[str]:
    try:
        names = json.loads(body or b"{}").get("Names", [])
    except (ValueError, AttributeError):
        return []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
