"""The configuration of the provider itself: ``aws:region``, ``aws:defaultTags`` and the like."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine.local.provider.check import Failure, did_you_mean
from engine.local.provider.values import UNKNOWN, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

# The inputs of pulumi_aws.ProviderArgs, and those that the engine adds by itself.
_KNOWN = frozenset(
    {
        "accessKey",
        "allowedAccountIds",
        "assumeRoleWithWebIdentity",
        "assumeRoles",
        "customCaBundle",
        "defaultTags",
        "ec2MetadataServiceEndpoint",
        "ec2MetadataServiceEndpointMode",
        "endpoints",
        "forbiddenAccountIds",
        "httpProxy",
        "httpsProxy",
        "ignoreTags",
        "insecure",
        "maxRetries",
        "noProxy",
        "profile",
        "region",
        "retryMode",
        "s3UsEast1RegionalEndpoint",
        "s3UsePathStyle",
        "secretKey",
        "sharedConfigFiles",
        "sharedCredentialsFiles",
        "skipCredentialsValidation",
        "skipMetadataApiCheck",
        "skipRegionValidation",
        "skipRequestingAccountId",
        "stsRegion",
        "tagPolicyCompliance",
        "token",
        "tokenBucketRateLimiterCapacity",
        "useDualstackEndpoint",
        "useFipsEndpoint",
        "userAgents",
        "version",
        "pluginDownloadURL",
        "__internal",
        "__pluginDownloadURL",
        "__version",
    }
)


@dataclass(frozen=True, slots=True)
class Config:
    """What of the configuration matters locally; who is asked and with which keys does not."""

    region: str
    default_tags: dict[str, str] = field(default_factory=dict)


def config_failures(values: Values) -> Iterator[Failure]:
    """The inputs of the provider that the official one does not have, and those of a wrong type."""
    for name in values:
        if name not in _KNOWN:
            yield Failure(name, f'unknown provider input "{name}"{did_you_mean(name, _KNOWN)}')
    if not isinstance(values.get("region", ""), str) and values["region"] is not UNKNOWN:
        yield Failure("region", "expected a string")
    if not isinstance(_plain(values.get("defaultTags")) or {}, dict):
        yield Failure("defaultTags", "expected an object with tags")


def read_config(values: Values, region: str) -> Config:
    """The configuration in ``values``; ``region`` is where the target is."""
    tags = (_plain(values.get("defaultTags")) or {}).get("tags") or {}
    return Config(region=values.get("region") or region, default_tags=tags)


def _plain(value: Any) -> Any:
    """The SDKs send nested provider inputs as JSON texts."""
    if value is UNKNOWN:
        return {}
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
