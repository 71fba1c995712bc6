"""Which page of the documentation tells more of a key. A key goes by the nearest entry above it."""

from __future__ import annotations

_OF = {
    "": "",
    "appRoot": "monorepos.md",
    "applications": "monorepos.md",
    "backend": "backend.md",
    "backend.phases": "builds.md",
    "check": "reference/checks.md",
    "customHeaders": "routing.md",
    "env": "environments.md",
    "environments": "environments.md",
    "environments.*.basic_auth": "routing.md",
    "environments.*.domain": "domains.md",
    "environments.*.www": "domains.md",
    "environments.*.zone": "domains.md",
    "frontend": "builds.md",
    "policy": "reference/policies.md",
    "policy.basic_auth": "routing.md",
    "policy.cache": "builds.md",
    "policy.isolation": "builds.md",
    "policy.limits": "builds.md",
    "policy.pull_request_secrets": "environments.md",
    "policy.variables": "environments.md",
    "policy.zone": "domains.md",
    "redirects": "routing.md",
    "test": "builds.md",
    "trailing_slash": "routing.md",
}


def guide(key: str) -> str:
    """The page for the dotted ``key``, as a path below ``docs/``; "" where only the reference has it."""
    while key not in _OF:
        key = key.rpartition(".")[0]
    return _OF[key]
