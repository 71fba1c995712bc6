"""The backend of another environment: who may borrow it, and what the borrower is told of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from engine.link.public import LINKED
from engine.spec.backend.backend import Backend

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.environment.model import Environment


@dataclass(frozen=True, slots=True)
class Lent:
    """The backend of ``lender``, in ``region``: the outputs of its stack that are about it."""

    lender: str
    region: str
    outputs: Mapping[str, str] = field(default_factory=dict)


def may_borrow(borrower: Environment, lender: Environment) -> bool:
    """Whether the policy of ``lender`` allows ``borrower`` its backend."""
    lend = lender.policy.lend
    if isinstance(lend, bool):
        return lend
    return any(fnmatchcase(name, pattern) for pattern in lend for name in borrower.names)


def about_the_backend(outputs: Mapping[str, str]) -> dict[str, str]:
    """Those of a stack's outputs that tell of its backend, and not of its site."""
    kinds = tuple(f"{kind}_" for kind in Backend.model_fields)
    return {name: value for name, value in outputs.items() if name.startswith(kinds)}


def missing_in(backend: Backend, outputs: Mapping[str, str]) -> list[str]:
    """What browsers need of ``backend`` and ``outputs`` tell nothing of: it was deployed without."""
    linked = (name for name in backend.names if name.partition(".")[0] in LINKED)
    names = ((name, f"{name}_".replace(".", "_").replace("-", "_")) for name in linked)
    return [name for name, prefix in names if not any(output.startswith(prefix) for output in outputs)]
