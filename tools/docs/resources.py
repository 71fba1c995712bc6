"""What Windlass creates in an account, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.plan.why import BACKEND_WHY, DOMAIN_WHY, WHY
from tools.docs.markdown import code, prose, table

if TYPE_CHECKING:
    from collections.abc import Mapping


def resources() -> str:
    """The resources of every environment."""
    return _table(WHY)


def domain_resources() -> str:
    """The resources that a ``domain`` asks for; ``*`` is the host name."""
    return _table(DOMAIN_WHY)


def backend_resources() -> str:
    """The resources that the ``backend`` section asks for; ``*`` is the name in the spec."""
    return _table(BACKEND_WHY)


def _table(why: Mapping[str, str]) -> str:
    return table(("resource", "why it exists"), [(code(name), prose(text)) for name, text in why.items()])
