"""``aws:cloudfront/originAccessControl:OriginAccessControl``.

https://www.pulumi.com/registry/packages/aws/api-docs/cloudfront/originaccesscontrol/ . The id is the one
that AWS gives. Nothing forces a replacement: UpdateOriginAccessControl replaces the whole configuration,
and AWS::CloudFront::OriginAccessControl has no createOnlyProperties in CloudFormation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.local.provider.api import from_api, to_api
from engine.local.provider.fields import text
from engine.local.provider.resource import Found, Resource

if TYPE_CHECKING:
    from engine.local.provider.cloud import Cloud
    from engine.local.provider.values import Values

_INPUTS = {
    "name": text(unique=True, autoname=True, limit=64),
    "description": text(default="Managed by Pulumi", limit=256),
    "originAccessControlOriginType": text(
        required=True, choices=("lambda", "mediapackagev2", "mediastore", "s3")
    ),
    "signingBehavior": text(required=True, choices=("always", "never", "no-override")),
    "signingProtocol": text(required=True, choices=("sigv4",)),
}


def _create(cloud: Cloud, inputs: Values) -> str:
    config = to_api(_INPUTS, inputs)
    answer = cloud.cloudfront.create_origin_access_control(OriginAccessControlConfig=config)
    return str(answer["OriginAccessControl"]["Id"])


def _read(cloud: Cloud, identity: str, inputs: Values) -> Found:
    answer = cloud.cloudfront.get_origin_access_control(Id=identity)
    outputs = {"arn": cloud.arn(f"origin-access-control/{identity}"), "etag": answer["ETag"]}
    found = from_api(_INPUTS, answer["OriginAccessControl"]["OriginAccessControlConfig"])
    # An empty description is not the default one.
    return Found({"description": "", **found}, outputs)


def _update(cloud: Cloud, identity: str, inputs: Values) -> None:
    etag = cloud.cloudfront.get_origin_access_control(Id=identity)["ETag"]
    cloud.cloudfront.update_origin_access_control(
        Id=identity, IfMatch=etag, OriginAccessControlConfig=to_api(_INPUTS, inputs)
    )


def _delete(cloud: Cloud, identity: str, inputs: Values) -> None:
    etag = cloud.cloudfront.get_origin_access_control(Id=identity)["ETag"]
    cloud.cloudfront.delete_origin_access_control(Id=identity, IfMatch=etag)


ORIGIN_ACCESS_CONTROL = Resource(
    type="aws:cloudfront/originAccessControl:OriginAccessControl",
    inputs=_INPUTS,
    outputs=("arn", "etag"),
    stable=("arn",),
    create=_create,
    read=_read,
    update=_update,
    delete=_delete,
)
