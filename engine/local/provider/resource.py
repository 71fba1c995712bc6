"""What an entry of ``resources/`` is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.local.provider.check import Failure
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.fields import Fields
    from engine.local.provider.values import Values


@dataclass(frozen=True, slots=True)
class Found:
    """What AWS has: the inputs that describe it, and the outputs that only AWS knows.

    ``identity`` is its id where an import names it by another.
    """

    inputs: Values
    outputs: Values
    identity: str | None = None


def _nothing_to_settle(cloud: Cloud, identity: str, inputs: Values) -> None:
    """For a resource that one call creates whole."""


def _nothing_more(inputs: Values) -> Iterable[Failure]:
    """For a resource whose inputs do not depend on one another."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One resource type. The functions take plain values and may raise botocore's ClientError.

    ``create`` makes one call and gives the id, ``settle`` does what is left after it (tags, publishing):
    if that fails, Pulumi knows the id and nothing is orphaned. ``update`` brings an existing resource to
    the inputs, whatever it is like now. ``read`` gives None, or lets a "not found" pass, where the
    resource is gone; it gets the last known inputs (empty on import). ``delete`` may let a "not found"
    pass too. ``outputs`` are named in camelCase; those in ``stable`` do not change by an update.
    ``check`` finds what is wrong with inputs that are right one by one; it must bear unknown values.
    """

    type: str
    inputs: Fields
    outputs: tuple[str, ...]
    stable: tuple[str, ...]
    create: Callable[[Cloud, Values], str]
    read: Callable[[Cloud, str, Values], Found | None]
    update: Callable[[Cloud, str, Values], None]
    delete: Callable[[Cloud, str, Values], None]
    settle: Callable[[Cloud, str, Values], None] = _nothing_to_settle
    check: Callable[[Values], Iterable[Failure]] = _nothing_more
