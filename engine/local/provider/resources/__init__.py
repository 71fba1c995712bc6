"""The resource types that exist on the local target: one declarative entry each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.resources.bucket import BUCKET
from engine.local.provider.resources.bucket_object import BUCKET_OBJECT
from engine.local.provider.resources.bucket_ownership_controls import BUCKET_OWNERSHIP_CONTROLS
from engine.local.provider.resources.bucket_policy import BUCKET_POLICY
from engine.local.provider.resources.bucket_public_access_block import BUCKET_PUBLIC_ACCESS_BLOCK
from engine.local.provider.resources.cache_policy import CACHE_POLICY
from engine.local.provider.resources.distribution import DISTRIBUTION
from engine.local.provider.resources.function import FUNCTION
from engine.local.provider.resources.key_value_store import KEY_VALUE_STORE
from engine.local.provider.resources.origin_access_control import ORIGIN_ACCESS_CONTROL
from engine.local.provider.resources.queue import QUEUE
from engine.local.provider.resources.response_headers_policy import RESPONSE_HEADERS_POLICY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.local.provider.resource import Resource

RESOURCES: Mapping[str, Resource] = {
    resource.type: resource
    for resource in (
        BUCKET,
        BUCKET_OBJECT,
        BUCKET_OWNERSHIP_CONTROLS,
        BUCKET_POLICY,
        BUCKET_PUBLIC_ACCESS_BLOCK,
        CACHE_POLICY,
        DISTRIBUTION,
        FUNCTION,
        KEY_VALUE_STORE,
        ORIGIN_ACCESS_CONTROL,
        QUEUE,
        RESPONSE_HEADERS_POLICY,
    )
}
