"""``aws:cloudfront/cachePolicy:CachePolicy``.

https://www.pulumi.com/registry/packages/aws/api-docs/cloudfront/cachepolicy/ . The id is the one that AWS
gives. Nothing forces a replacement, the name neither: UpdateCachePolicy replaces the whole configuration,
and AWS::CloudFront::CachePolicy has no createOnlyProperties in CloudFormation.
"""

from __future__ import annotations

from engine.local.provider.fields import Field, block, flag, items, text, whole
from engine.local.provider.resources.edge_part import edge_part

_BEHAVIORS = ("none", "whitelist", "allExcept", "all")


def _names() -> Field:
    return block({"items": items(text(), api="")})


_PARAMETERS = {
    "cookiesConfig": block(
        {"cookieBehavior": text(required=True, choices=_BEHAVIORS), "cookies": _names()}, required=True
    ),
    "headersConfig": block(
        {"headerBehavior": text(default="none", choices=("none", "whitelist")), "headers": _names()},
        required=True,
    ),
    "queryStringsConfig": block(
        {"queryStringBehavior": text(required=True, choices=_BEHAVIORS), "queryStrings": _names()},
        required=True,
    ),
    "enableAcceptEncodingBrotli": flag(default=False),
    "enableAcceptEncodingGzip": flag(default=False),
}

_INPUTS = {
    "name": text(unique=True, autoname=True, limit=128),
    "comment": text(limit=128),
    "defaultTtl": whole(default=86_400, api="DefaultTTL"),
    "maxTtl": whole(default=31_536_000, api="MaxTTL"),
    "minTtl": whole(default=0, api="MinTTL"),
    "parametersInCacheKeyAndForwardedToOrigin": block(_PARAMETERS, required=True),
}

CACHE_POLICY = edge_part("CachePolicy", _INPUTS)
