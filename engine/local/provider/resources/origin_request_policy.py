"""``aws:cloudfront/originRequestPolicy:OriginRequestPolicy``.

https://www.pulumi.com/registry/packages/aws/api-docs/cloudfront/originrequestpolicy/ . The id is the one that
AWS gives. Nothing forces a replacement, the name neither: UpdateOriginRequestPolicy replaces the whole
configuration, and AWS::CloudFront::OriginRequestPolicy has no createOnlyProperties in CloudFormation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.api import from_api, to_api
from engine.local.provider.fields import block, items, text
from engine.local.provider.resource import Found, Resource

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

_NAMES = block({"items": items(text(), api="")})
_HEADERS = ("none", "whitelist", "allViewer", "allViewerAndWhitelistCloudFront", "allExcept")
_OTHERS = ("none", "whitelist", "all", "allExcept")

_INPUTS = {
    "name": text(unique=True, required=True, limit=128),
    "comment": text(limit=128),
    "cookiesConfig": block(
        {"cookieBehavior": text(required=True, choices=_OTHERS), "cookies": _NAMES}, required=True
    ),
    "headersConfig": block({"headerBehavior": text(choices=_HEADERS), "headers": _NAMES}, required=True),
    "queryStringsConfig": block(
        {"queryStringBehavior": text(required=True, choices=_OTHERS), "queryStrings": _NAMES}, required=True
    ),
}


def _create(cloud: Cloud, inputs: Values) -> str:
    answer = cloud.cloudfront.create_origin_request_policy(OriginRequestPolicyConfig=to_api(_INPUTS, inputs))
    return str(answer["OriginRequestPolicy"]["Id"])


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    answer = cloud.cloudfront.get_origin_request_policy(Id=identity)
    outputs = {"arn": cloud.arn(f"origin-request-policy/{identity}"), "etag": answer["ETag"]}
    return Found(from_api(_INPUTS, answer["OriginRequestPolicy"]["OriginRequestPolicyConfig"]), outputs)


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    etag = cloud.cloudfront.get_origin_request_policy(Id=identity)["ETag"]
    cloud.cloudfront.update_origin_request_policy(
        Id=identity, IfMatch=etag, OriginRequestPolicyConfig=to_api(_INPUTS, inputs)
    )


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    etag = cloud.cloudfront.get_origin_request_policy(Id=identity)["ETag"]
    cloud.cloudfront.delete_origin_request_policy(Id=identity, IfMatch=etag)


ORIGIN_REQUEST_POLICY = Resource(
    type="aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
    inputs=_INPUTS,
    outputs=("arn", "etag"),
    stable=("arn",),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
