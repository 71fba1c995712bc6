"""``aws:cloudfront/cachePolicy:CachePolicy``.

https://www.pulumi.com/registry/packages/aws/api-docs/cloudfront/cachepolicy/ . The id is the one that AWS
gives. Nothing forces a replacement, the name neither: UpdateCachePolicy replaces the whole configuration,
and AWS::CloudFront::CachePolicy has no createOnlyProperties in CloudFormation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.api import from_api, to_api
from engine.local.provider.fields import Field, block, flag, items, text, whole
from engine.local.provider.resource import Found, Resource

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

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


def _create(cloud: Cloud, inputs: Values) -> str:
    answer = cloud.cloudfront.create_cache_policy(CachePolicyConfig=to_api(_INPUTS, inputs))
    return str(answer["CachePolicy"]["Id"])


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    answer = cloud.cloudfront.get_cache_policy(Id=identity)
    outputs = {"arn": cloud.arn(f"cache-policy/{identity}"), "etag": answer["ETag"]}
    return Found(from_api(_INPUTS, answer["CachePolicy"]["CachePolicyConfig"]), outputs)


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    etag = cloud.cloudfront.get_cache_policy(Id=identity)["ETag"]
    cloud.cloudfront.update_cache_policy(Id=identity, IfMatch=etag, CachePolicyConfig=to_api(_INPUTS, inputs))


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    etag = cloud.cloudfront.get_cache_policy(Id=identity)["ETag"]
    cloud.cloudfront.delete_cache_policy(Id=identity, IfMatch=etag)


CACHE_POLICY = Resource(
    type="aws:cloudfront/cachePolicy:CachePolicy",
    inputs=_INPUTS,
    outputs=("arn", "etag"),
    stable=("arn",),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
