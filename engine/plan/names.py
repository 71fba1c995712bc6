"""Physical names: fixed, so that a creation cut short by a crash is found again instead of left behind."""

from __future__ import annotations

import hashlib


def physical_name(app: str, environment: str, account: str, region: str) -> str:
    """A name that fits a bucket (at most 63 of ``[a-z0-9-]``), unique over all accounts and regions."""
    return f"wl-{_part(app, 20)}-{_part(environment, 20)}-{_digest(app, environment, account, region)}"


def resource_name(app: str, environment: str, account: str, region: str, kind: str, name: str) -> str:
    """The name of one of several resources of a ``kind``: at most 63 of ``[a-z0-9-]``, unique as well.

    Two environments never share one by accident: the digest is of all that tells them apart.
    """
    digest = _digest(app, environment, account, region, kind, name)
    return f"wl-{_part(app, 12)}-{_part(environment, 12)}-{_part(name or kind, 20)}-{digest}"


def _part(text: str, length: int) -> str:
    return text[:length].strip("-")


def _digest(*identity: str) -> str:
    return hashlib.sha256("/".join(identity).encode()).hexdigest()[:10]
